"""The reform areas that are shipped, and one that is not: how a plan's words lead to them."""

import io
import re
from pathlib import Path

import pytest
from support.forms import send
from support.plugging import plugged
from support.visitors import Site
from support.world import World

from cchc_flow.hookspecs import Area, hookimpl
from cchc_flow.plan_import import Proposal, as_json, read_plan_bytes
from cchc_flow.plugin_host import contributions, loading
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.plugin_host.manager import Manager

PLAN = """KẾ HOẠCH

Cải cách hành chính xã Hòa Lạc năm 2026

I. NHIỆM VỤ

1. Chuyển đổi số

- Lắp mạng ở nhà văn hóa.

2. Công tác dân vận chính quyền

- Gặp dân mỗi tháng.

II. TỔ CHỨC THỰC HIỆN

1. Phòng Văn hóa - Xã hội

- Chủ trì công tác chuyển đổi số.

2. Ban Tiếp dân

- Là đầu mối tiếp xúc, đối thoại với Nhân dân.
"""


class Mobilising:
    """An eighth area, as an outside package would bring it."""

    @staticmethod
    @hookimpl
    def areas() -> list[Area]:
        return [
            Area(
                "mobilising",
                "Dân vận chính quyền",
                "DV",
                "#334155",
                ("dân vận",),
                ("đối thoại với nhân dân",),
            )
        ]


@pytest.fixture
def manager() -> Manager:
    return loading.load_manager()


@pytest.fixture
def shipped(manager: Manager) -> list[Area]:
    return contributions.areas(Plugins(manager))


@pytest.fixture
def with_eighth(manager: Manager) -> list[Area]:
    manager.register(Mobilising, name="mobilising")
    return contributions.areas(Plugins(manager))


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Cải cách thể chế", "institutional_reform"),
        ("CẢI CÁCH THỂ CHẾ", "institutional_reform"),
        ("Cai cach the che", "institutional_reform"),
        ("Về cải cách TTHC", "administrative_procedures"),
        ("Kiểm soát thủ tục hành chính", "administrative_procedures"),
        ("Cải cách tổ chức bộ máy hành chính nhà nước", "organisation"),
        ("Sắp xếp bộ máy tinh gọn", "organisation"),
        ("Cải cách chế độ công vụ", "civil_service"),
        ("Xây dựng, nâng cao chất lượng đội ngũ CBCCVC", "civil_service"),
        ("Cải cách tài chính công", "public_finance"),
        ("Chuyển đổi số trong cơ quan nhà nước", "digital_transformation"),
        ("Xây dựng và phát triển chính quyền điện tử, chính quyền số", "digital_transformation"),
        ("Hiện đại hóa hành chính", "digital_transformation"),
        ("Hiện đại hoá nền hành chính", "digital_transformation"),
        ("Công tác chỉ đạo, điều hành CCHC", "direction"),
        ("Chỉ đạo và điều hành", "direction"),
    ],
)
def test_a_heading_is_recognised_by_its_words(shipped: list[Area], heading: str, key: str) -> None:
    found = contributions.recognise_area(heading, shipped)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "heading", ["Dân vận chính quyền", "Nhiệm vụ trọng tâm", "", "Khó chế biến nông sản"]
)
def test_a_heading_without_such_words_is_no_area(shipped: list[Area], heading: str) -> None:
    assert contributions.recognise_area(heading, shipped) is None


def test_the_area_that_a_heading_names_first_is_meant(shipped: list[Area]) -> None:
    both = ("Cải cách thủ tục hành chính gắn với chuyển đổi số", "Chuyển đổi số trong thủ tục hành chính")
    found = [contributions.recognise_area(heading, shipped) for heading in both]
    assert [area.key for area in found if area] == ["administrative_procedures", "digital_transformation"]


def test_of_two_areas_named_at_one_place_the_longer_name_is_meant(shipped: list[Area]) -> None:
    health = Area("health", "Y tế số", "YT", "#111111", ("chuyển đổi số y tế",))
    for known in ([*shipped, health], [health, *shipped]):
        assert contributions.recognise_area("Chuyển đổi số y tế", known) == health


@pytest.mark.parametrize("name", ["key", "label", "colour", "title"])
def test_no_two_areas_share(shipped: list[Area], name: str) -> None:
    values = [getattr(area, name) for area in shipped]
    assert len(set(values)) == len(values) == 7


def test_every_area_can_be_recognised_by_its_own_title(shipped: list[Area]) -> None:
    assert [contributions.recognise_area(area.title, shipped) for area in shipped] == shipped
    assert all(re.fullmatch(r"#[0-9a-f]{6}", area.colour) and area.duties for area in shipped)


def read(known: list[Area]) -> Proposal:
    return read_plan_bytes("ke-hoach.txt", PLAN.encode(), known)


def test_an_area_that_nobody_knows_is_imported_without_a_topic(shipped: list[Area]) -> None:
    plan = as_json(read(shipped))
    assert [(area["topic"], len(area["tasks"])) for area in plan["areas"]] == [
        ("digital_transformation", 1), (None, 1),
    ]  # fmt: skip
    assert any("dân vận" in warning["message"] for warning in plan["warnings"])


def test_an_area_of_an_outside_plugin_is_recognised_and_gets_its_lead(with_eighth: list[Area]) -> None:
    plan = read(with_eighth)
    assert [area.topic for area in plan.areas] == ["digital_transformation", "mobilising"]
    assert {area.code: area.lead for area in plan.areas} == {
        "1": "Phòng Văn hóa - Xã hội",
        "2": "Ban Tiếp dân",
    }


def test_a_plan_read_by_an_app_with_its_own_plugin_recognises_that_plugins_area(tmp_path: Path) -> None:
    world = World(tmp_path / "data", plugins=plugged(mobilising=Mobilising())).settle()
    coordinator = Site(world.ws).visitor("hoa")
    document = io.BytesIO(PLAN.replace("2026", "2027").encode()), "ke-hoach.txt"
    answer = send(coordinator, "/xa-mau/plans", "/xa-mau/plan-readings", document=document)
    page = coordinator.get(answer.headers["Location"]).text
    suggestions = dict(re.findall(r'id="lead-(I\.\d)\.1"[^>]*>.*?<option selected>([^<]*)', page, re.DOTALL))
    assert suggestions["I.2"] == "Ban Tiếp dân"


def test_an_importer_that_knows_no_area_still_reads_the_tasks() -> None:
    plan = read([])
    assert [(area.topic, len(area.tasks)) for area in plan.areas] == [(None, 1), (None, 1)]


def test_figures_that_count_days_months_years_or_times_take_no_fraction() -> None:
    counted = ("ngày", "ngày làm việc", "tháng", "năm", "lần", "cuộc", "bậc")
    figures = [one for _, one in contributions.collect(loading.load_plugins()).figures if one.unit in counted]
    assert len(figures) > 15
    assert [one.key for one in figures if not one.whole] == []
