"""The series of numbers: each once, in order, by the system or by the clerk; two at once get two."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.document_numbers import (
    FrozenFile,
    NewDocument,
    Numbering,
    number_document,
    recall_document,
)
from cchc_flow.errors import ItemMoved, MissingData, NotAllowed, NotFound, Refusal
from cchc_flow.projections import issued
from cchc_flow.workflow.numbering import gaps

LETTER = NewDocument(
    kind="", symbol="UBND-VHXH", subject="đôn đốc nhiệm vụ", day="02/03/2026", signer="Phạm Nam"
)


def take(world: World, actor: str = "hoa", **changes: Any) -> int:
    """Number a letter that differs in some ways; return its number."""
    words = {name: getattr(LETTER, name) for name in LETTER.__struct_fields__} | changes
    receipt = number_document(world.ws, NewDocument(**words), world.order(actor))
    assert receipt
    return int(world.ws.log.event(receipt.first).data["number"])


def set_documents(world: World, **value: Any) -> None:
    commands.change_setting(world.ws, "documents", value, "Quy chế văn thư", world.order("hoa"))


def numbers(world: World) -> list[int]:
    return [document.number for document in issued.register(world.ws.read(), 2026)]


def place_of(world: World, number: int) -> int:
    found = {document.number: document.position for document in issued.register(world.ws.read(), 2026)}
    return found[number]


def test_documents_of_a_year_are_numbered_from_one(world: World) -> None:
    assert [take(world), take(world, kind="Kế hoạch", symbol="KH-UBND")] == [1, 2]
    first = issued.register(world.ws.read(), 2026)[0]
    assert (first.symbol, first.subject, first.day, first.signer) == (
        "UBND-VHXH",
        "đôn đốc nhiệm vụ",
        "2026-03-02",
        "Phạm Nam",
    )
    assert (first.given_by, first.actor, first.issue, first.recalled) == ("system", "hoa", None, None)


def test_each_year_has_a_series_of_its_own(world: World) -> None:
    assert [take(world, day="31/12/2025"), take(world)] == [1, 1]
    assert issued.years(world.ws.read()) == [2026, 2025]


def test_a_year_in_which_paper_came_first_begins_where_the_setting_says(world: World) -> None:
    set_documents(world, first_number=215, first_year=2026)
    assert [take(world), take(world), take(world, day="31/12/2025")] == [215, 216, 1]


def test_a_day_before_that_of_the_last_number_is_refused(world: World) -> None:
    take(world)
    with pytest.raises(MissingData, match="số 01/UBND-VHXH đã cấp cho ngày 02/03/2026") as refused:
        take(world, day="01/03/2026")
    assert set(refused.value.fields) == {"day"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": "03/03/2026"}, "day"),
        ({"day": "02/03/2020"}, "day"),
        ({"day": "hôm qua"}, "day"),
        ({"subject": "  "}, "subject"),
        ({"subject": "x" * 301}, "subject"),
        ({"symbol": ""}, "symbol"),
        ({"signer": ""}, "signer"),
        ({"kind": "x" * 61}, "kind"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(world: World, changes: dict[str, str], field: str) -> None:
    with pytest.raises(MissingData) as refused:
        take(world, **changes)
    assert set(refused.value.fields) == {field}
    assert numbers(world) == []


@pytest.mark.parametrize("actor", ["lan", "binh", "thu", "nobody"])
def test_only_coordinators_and_leaders_give_numbers(world: World, actor: str) -> None:
    with pytest.raises(NotAllowed, match="không được cấp số văn bản"):
        take(world, actor)


def test_the_clerks_number_is_typed_and_a_gap_is_shown(world: World) -> None:
    set_documents(world, by_clerk=True)
    assert [take(world, number="12"), take(world, number=" 15 "), take(world, number="09")] == [12, 15, 9]
    assert [gap.words for gap in gaps(numbers(world), first=9)] == ["10 đến 11", "13 đến 14"]
    assert {document.given_by for document in issued.register(world.ws.read(), 2026)} == {"clerk"}


def test_a_number_that_is_taken_is_refused_with_the_document_that_has_it(world: World) -> None:
    set_documents(world, by_clerk=True)
    take(world, number="12")
    with pytest.raises(MissingData, match="Số 12/UBND-VHXH của năm 2026 đã có: «đôn đốc nhiệm vụ»") as no:
        take(world, number="12")
    assert set(no.value.fields) == {"number"}


@pytest.mark.parametrize("typed", ["", "không", "0", "-3", "1,5", "100000", "9" * 40, "١٢", "12/BC"])
def test_a_clerks_number_that_is_none_is_refused(world: World, typed: str) -> None:
    set_documents(world, by_clerk=True)
    with pytest.raises(MissingData) as refused:
        take(world, number=typed)
    assert set(refused.value.fields) == {"number"}


def test_what_is_typed_as_number_counts_for_nothing_where_the_system_counts(world: World) -> None:
    assert take(world, number="77") == 1


def test_after_the_clerk_the_system_goes_on_above_the_highest(world: World) -> None:
    set_documents(world, by_clerk=True)
    take(world, number="30")
    set_documents(world, by_clerk=False)
    assert take(world) == 31


def test_a_recalled_document_keeps_its_number(world: World) -> None:
    take(world)
    recall_document(world.ws, place_of(world, 1), "Sai thể thức", world.order("nam"))
    assert take(world) == 2
    recalled, later = issued.register(world.ws.read(), 2026)
    assert recalled.recalled and not later.recalled
    reason = world.ws.log.event(recalled.recalled).data["reason"]
    assert world.ws.vault.load(reason["digest"]).decode() == "Sai thể thức"
    assert issued.register(world.ws.models.read_as_of(recalled.position), 2026)[0].recalled is None


def test_a_recall_needs_a_reason_and_happens_once(world: World) -> None:
    take(world)
    place = place_of(world, 1)
    with pytest.raises(MissingData, match="Lý do thu hồi"):
        recall_document(world.ws, place, " ", world.order("nam"))
    recall_document(world.ws, place, "Sai thể thức", world.order("nam"))
    with pytest.raises(Refusal, match="đã thu hồi trước đó"):
        recall_document(world.ws, place, "Sai thể thức", world.order("nam"))
    with pytest.raises(NotFound):
        recall_document(world.ws, 1, "Sai thể thức", world.order("nam"))
    with pytest.raises(NotAllowed):
        recall_document(world.ws, place, "Sai thể thức", world.order("lan"))


def test_a_recall_from_a_page_that_is_older_than_the_document_is_refused(world: World) -> None:
    take(world)
    seen = world.ws.log.version("documents-2026", world.ws.log.size())
    place = place_of(world, 1)
    take(world)  # another document does not stand in the way
    recall_document(world.ws, place, "Sai", world.order("hoa"), seen=seen)
    with pytest.raises(ItemMoved):
        recall_document(world.ws, place, "Sai", world.order("nam"), seen=seen)


def test_two_at_once_get_two_numbers_and_files_that_bear_them(world: World, tmp_path: Path) -> None:
    begun = threading.Barrier(2)

    def issue(actor: str) -> None:
        own = World(world.data, is_there=True)
        first = [True]

        def freeze(numbering: Numbering) -> Sequence[FrozenFile]:
            if first.pop() if first else False:
                begun.wait(20)
            words = f"Số {numbering.number} ngày {numbering.day:%d/%m/%Y}"
            return [FrozenFile("pdf", "cong-van.pdf", "application/pdf", words.encode())]

        number_document(own.ws, LETTER, own.order(actor), freeze)
        own.ws.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(issue, ("hoa", "nam")))
    documents = issued.register(world.ws.read(), 2026)
    assert [document.number for document in documents] == [1, 2]
    for document in documents:
        assert document.issue == document.position
        (file,) = world.ws.log.event(document.position).data["files"]
        content = world.ws.vault.load(file["file"]["content"]["digest"]).decode()
        assert content == f"Số {document.number} ngày 02/03/2026"


def test_the_same_order_twice_takes_one_number(world: World) -> None:
    order = world.order("hoa")
    for _ in range(2):
        number_document(world.ws, LETTER, order)
    assert numbers(world) == [1]


def test_the_register_is_the_same_when_it_is_built_anew(world: World) -> None:
    take(world)
    recall_document(world.ws, place_of(world, 1), "Sai", world.order("hoa"))
    assert world.ws.differences() == []
    assert date.fromisoformat(issued.register(world.ws.read(), 2026)[0].day) == date(2026, 3, 2)
