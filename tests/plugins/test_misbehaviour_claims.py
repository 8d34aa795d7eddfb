"""A plugin that takes what is another's or contradicts itself: a sentence names it."""

import json
from pathlib import Path
from types import ModuleType

import pytest
from support.misbehaving import AREA, REGISTER, Good, bad, commune, goes_on, read
from support.plugging import plugged

from cchc_flow import commands
from cchc_flow.hookspecs import Area
from cchc_flow.plugin_host import contributions, schemas
from cchc_flow.plugin_host.manager import Fault


class Broken(Good):
    """Lĩnh vực mượn mã"""


# Takes what is another's


def test_of_two_areas_with_one_code_the_first_stays_and_the_second_is_told(tmp_path: Path) -> None:
    world, site = commune(tmp_path, other=Broken())
    assert contributions.areas(world.ws.plugins) == [AREA]
    words = "Lĩnh vực «good» của trình cắm «other»: mã này đã là của trình cắm «good»."
    assert Fault("other", words) in commands.faults(world.ws)
    assert words in read(site, "areas/other")
    goes_on(site)


@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        (Area("other", "Khác", "LT", "#123456", ()), "tên tắt «LT» đã là của trình cắm «good»"),
        (Area("other", "Khác", "KH", "red;}body{display:none", ()), "không có dạng #rrggbb"),
        (Area("Lĩnh vực", "Khác", "KH", "#123456", ()), "mã phải là chữ thường"),
    ],
)
def test_an_area_that_cannot_be_is_told_with_its_plugin(area: Area, sentence: str) -> None:
    (fault,) = contributions.faults(plugged(good=Good(), zoo=bad("areas", lambda: [area])))
    assert fault.plugin == "zoo" and sentence in fault.words


def test_the_program_s_own_areas_come_first_whatever_the_names_of_others() -> None:
    known = plugged(good=Good(), another=Broken())
    known.about["another"] = known.about["another"].__class__("another", "Gói ngoài", "1", "goi-ngoai")
    assert {fault.plugin for fault in contributions.faults(known)} == {"another"}


# Does not agree with itself


@pytest.mark.parametrize(
    ("schema", "sentence"),
    [
        ('{"$defs": {"a/1/open": {"type": "object", "examples": [7]}}}', "ví dụ của a/1/open sai: 7 is not"),
        ('{"$defs": {"a/1/open": {"type": "object"}}}', "a/1/open không có ví dụ"),
        ('{"$defs": {"a/1/open": {"type": "objekt"}}}', "SchemaError"),
        ("{", "JSONDecodeError"),
        ("[]", "SchemaError"),
    ],
)
def test_a_schema_that_breaks_its_own_examples_is_told_with_its_plugin(
    tmp_path: Path, schema: str, sentence: str
) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "a.json").write_text(schema)
    plugin = ModuleType("bad", "Lĩnh vực hỏng")
    plugin.__path__ = [str(tmp_path)]
    (fault,) = schemas.faults(plugged(bad=plugin))
    assert fault.words.startswith("Lược đồ «a.json» của trình cắm «bad»: ") and sentence in fault.words


def test_a_schema_that_forgets_a_field_of_its_register_is_told_with_its_plugin(tmp_path: Path) -> None:
    entry = {"type": "object", "properties": {}, "examples": [{}]}
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "question.json").write_text(json.dumps({"$defs": {"question/1/open": entry}}))
    plugin = bad("workflows", lambda: [REGISTER])
    plugin.__path__ = [str(tmp_path)]
    assert [fault.words for fault in schemas.faults(plugged(bad=plugin))] == [
        "Lược đồ «question.json» của trình cắm «bad»: bước open không nói về «number»."
    ]
