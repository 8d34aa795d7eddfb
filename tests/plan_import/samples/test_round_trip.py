"""A plan that was adopted is written as an official document, and reads back as the same plan."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from support.plan_samples.forms import render_as
from support.plan_samples.random_plans import plans
from support.plan_samples.reading import read_again
from support.plan_samples.rendering import render_source
from support.plan_samples.scoring import facts_of, names_of, normalize, tasks_of
from support.plan_samples.source import Source, load_sources
from support.plans import read_plan_bytes
from support.world import World

from cchc_flow.plan_import import Proposal, as_json
from cchc_flow.plan_import.extraction.areas import all_tasks

FORMS = ("docx", "pdf")
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
SOURCES = {source.name: source for kind in ("own", "held_out") for source in load_sources(kind)}
NAMES = list(SOURCES)
CASES = [(name, form) for form in FORMS for name in (NAMES if form == "docx" or IS_LONG else NAMES[::4])]
NOT_WRITTEN = {"row"}
"""The rows of an appendix are tasks or hints to tasks: the plan that is adopted has no appendix."""


def facts(proposal: Proposal) -> Counter[tuple[Any, ...]]:
    """What a plan says, with what it says of each task: who leads, who supports, the product, and when."""
    reading = as_json(proposal)
    said = Counter({fact: number for fact, number in facts_of(reading).items() if fact[0] not in NOT_WRITTEN})
    tasks = (task for area in reading["areas"] for task in tasks_of(area["tasks"]))
    return said + Counter(("of a task", normalize(task["text"]), *particulars(task)) for task in tasks)


def particulars(task: dict[str, Any]) -> Iterator[Any]:
    yield from (normalize(task[name] or "") for name in ("lead", "product", "due_text"))
    yield from (names_of(task["support"]), task["cadence"], task["before"])


def differences(first: Proposal, second: Proposal) -> list[Any]:
    one, other = facts(first), facts(second)
    return sorted(map(str, (one - other) + (other - one)))


@pytest.mark.parametrize(("name", "form"), CASES)
def test_an_adopted_plan_reads_back_from_its_document(new_world: World, name: str, form: str) -> None:
    proposal = read_plan_bytes(*render_source(SOURCES[name]))
    assert differences(proposal, read_again(new_world, proposal, form)) == []


@settings(max_examples=100 if IS_LONG else 5, derandomize=not IS_LONG)
@given(plans())
def test_a_random_plan_reads_back_from_its_document(source: Source) -> None:
    proposal = read_plan_bytes(*render_as(source, "one line a paragraph"))
    with tempfile.TemporaryDirectory() as folder:
        assert differences(proposal, read_again(World(Path(folder)), proposal, "docx")) == []


TARGET_TABLE = """KẾ HOẠCH
Cải cách hành chính xã Phú An năm 2026
I. CHỈ TIÊU
STT\tChỉ tiêu\tĐơn vị tính\tNăm 2026
1\tHồ sơ trả đúng hẹn\t%\t≥ 97
2\tThời gian chờ\tphút\tKhông quá 12
3\tVăn bản giấy so với năm 2025\t%\tGiảm 20
4\tVăn bản ký số\t%\t100
II. NHIỆM VỤ
1. Cải cách thể chế
- Rà soát văn bản:
+ Văn bản của xã cũ.
+ Văn bản của xã mới.
III. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế
- Bố trí kinh phí.
IV. CHẾ ĐỘ BÁO CÁO
- Các đơn vị báo cáo trước ngày 15 hằng tháng.
"""


@pytest.mark.parametrize("form", FORMS)
def test_targets_of_a_table_and_reporting_rules_read_back(new_world: World, form: str) -> None:
    proposal = read_plan_bytes("ke-hoach.txt", TARGET_TABLE.encode())
    again = read_again(new_world, proposal, form)
    assert differences(proposal, again) == []


THREE_LEVELS = """KẾ HOẠCH
Cải cách hành chính xã Phú An năm 2026
I. NHIỆM VỤ
1. Cải cách thể chế
- Rà soát văn bản của xã:
Đơn vị chủ trì: Phòng Kinh tế.
+ Văn bản của xã cũ:
* Văn bản về đất đai.
* Văn bản về xây dựng (Công an xã chủ trì, xong trong Quý III/2026).
+ Văn bản của xã mới.
Sản phẩm: Danh mục văn bản.
II. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế
- Bố trí kinh phí.
"""


@pytest.mark.parametrize("form", FORMS)
def test_tasks_three_levels_down_read_back_with_who_leads_them(new_world: World, form: str) -> None:
    proposal = read_plan_bytes("ke-hoach.txt", THREE_LEVELS.encode())
    assert [task.lead for task in all_tasks(proposal.areas)] == [
        *["Phòng Kinh tế"] * 3,
        "Công an xã",
        "Phòng Kinh tế",
    ]
    assert differences(proposal, read_again(new_world, proposal, form)) == []
