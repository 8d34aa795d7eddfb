"""Tasks wait for the documents that they produce, and for the enforcement that is followed for them."""

from collections.abc import Iterator

import pytest
from support import lawmaking
from support.lawmaking import AREA, CONCLUDED, PUBLISHED, document, monitoring, walk
from support.registers import AreaCommune

from cchc_flow import commands
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned
from cchc_flow.testing import FILE, OTHER_UNIT, SYSTEM, UNIT

commune = lawmaking.commune
RESULT = {"result": "Đã rà soát 40 thủ tục.", "evidence": [FILE]}


def test_a_task_is_neither_approved_nor_closed_before_its_document_is_published(commune: AreaCommune) -> None:
    task = commune.submitted_task(AREA)
    entry = walk(commune, document(commune, task=task), "sign")
    with pytest.raises(RuleBroken, match="«Quyết định về quản lý chợ» của nhiệm vụ này chưa được công bố"):
        commune.take("coordinator", "approve", task, quality="met")
    assert commune.then(task).state == "submitted"
    commune.take("officer", "publish", entry, **PUBLISHED)
    commune.take("coordinator", "approve", task, quality="met")
    second = document(commune, "Quyết định thứ hai", task=task)
    with pytest.raises(RuleBroken, match="«Quyết định thứ hai»"):
        commune.take("leader", "close", task)
    walk(commune, second, "publish", number="09/2026/QĐ-UBND")
    commune.take("leader", "close", task)
    assert commune.then(task).state == "closed"


def test_a_document_that_was_given_up_holds_no_task_up(commune: AreaCommune) -> None:
    task = commune.submitted_task(AREA)
    entry = document(commune, task=task)
    commune.take("coordinator", "drop", entry, decision="15/TB-UBND", reason="Không còn cần.")
    commune.take("coordinator", "approve", task, quality="met")
    assert commune.then(task).state == "approved"


def test_a_task_that_no_document_names_is_finished_as_ever(commune: AreaCommune) -> None:
    document(commune)
    document(commune, task=commune.task(AREA))
    task = commune.submitted_task(AREA)
    commune.take("coordinator", "approve", task, quality="met")
    commune.take("leader", "close", task)
    assert commune.then(task).state == "closed"


def submitted_parts(commune: AreaCommune, task: str) -> Iterator[str]:
    """Yield the parts of a task, one for each of two units, each with a result that waits for approval."""
    commune.take("coordinator", "distribute", task, units=[UNIT, OTHER_UNIT], cadence="once")
    for unit, login in ((UNIT, "officer"), (OTHER_UNIT, "mai")):
        part = f"{task}:{unit}"
        commune.take(login, "start", part)
        commune.take(login, "submit", part, **RESULT)
        yield part


def test_the_last_part_of_a_whole_waits_for_the_documents_of_the_whole(commune: AreaCommune) -> None:
    commands.add_person(commune.ws, "mai", "Đỗ Mai", None, OTHER_UNIT, commune.order(SYSTEM))
    commands.grant_role(commune.ws, "mai", "officer", commune.order(SYSTEM))
    task = commune.task(AREA)
    entry = document(commune, task=task)
    first, last = submitted_parts(commune, task)
    for step, login, data in (("approve", "coordinator", {"quality": "met"}), ("close", "leader", {})):
        commune.take(login, step, first, **data)
    with pytest.raises(RuleBroken, match="chưa được công bố"):
        commune.take("coordinator", "approve", last, quality="met")
    walk(commune, entry, "publish")
    commune.take("coordinator", "approve", last, quality="met")
    commune.take("leader", "close", last)
    assert commune.then(task).state == "closed"


def test_a_part_of_a_month_does_not_wait_for_the_document_of_the_year(commune: AreaCommune) -> None:
    task = commune.task(AREA)
    document(commune, task=task)
    commune.take("coordinator", "distribute", task, units=[UNIT], cadence="monthly", since="2026-04-01")
    part = f"{task}:{UNIT}:2026-04"
    commune.take("officer", "start", part)
    commune.take("officer", "submit", part, **RESULT)
    commune.take("coordinator", "approve", part, quality="met")
    commune.take("leader", "close", part)
    assert commune.then(part).state == "closed"


def test_finishing_a_task_while_enforcement_is_followed_for_it_wants_a_reason(commune: AreaCommune) -> None:
    task = commune.submitted_task(AREA)
    entry = monitoring(commune, task=task)
    with pytest.raises(Warned, match="Còn 1 việc theo dõi thi hành pháp luật chưa có kết quả"):
        commune.take("coordinator", "approve", task, quality="met")
    commune.take("officer", "conclude", entry, **CONCLUDED)
    commune.take("coordinator", "approve", task, quality="met")
    assert commune.then(task).state == "approved"


def test_monitoring_is_not_concluded_on_a_day_to_come(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="Ngày hoàn thành 02/04/2026 chưa đến"):
        commune.take("officer", "conclude", monitoring(commune), **(CONCLUDED | {"done_on": "2026-04-02"}))
