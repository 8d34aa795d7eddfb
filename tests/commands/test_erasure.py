"""A content is erased by an event; its file and salt are gone, and the log stays whole."""

import pytest
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.audit.erasure import erasure_words
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.commands.erasure import FROZEN, LAW, Erasure, Grounds, erase_contents, repeat_erasures
from cchc_flow.errors import MissingData, NotAllowed, NotFound, Refusal
from cchc_flow.eventlog import catalogue
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.verify import verify_log

REASON = "Công dân yêu cầu xóa dữ liệu cá nhân"


@pytest.fixture
def world(world: World) -> World:
    """The commune with a submitted task and an administrator."""
    world.submitted()
    commands.add_person(world.ws, "quan", "Hồ Quân", None, None, world.order())
    commands.grant_role(world.ws, "quan", "admin", world.order())
    return world


def evidence(world: World) -> str:
    digest: str = world.ws.log.stream(f"item-{TASK}")[-1].data["evidence"][0]["content"]["digest"]
    return digest


def erase(
    world: World, digest: str = "", reason: str = REASON, actor: str = "quan", decision: str = ""
) -> bool:
    return commands.erase_content(
        world.ws, digest or evidence(world), reason, world.order(actor), decision=decision
    )


def test_an_erased_content_is_gone_and_the_log_is_whole_and_says_why(world: World) -> None:
    digest = evidence(world)
    assert erase(world, decision="21/QĐ-UBND")
    assert not world.ws.vault.has(digest)
    event = world.ws.log.event(world.ws.log.size())
    assert (event.type, event.role, event.data["digest"]) == ("content.erased/2", "admin", digest)
    assert event.data["decision"] == "21/QĐ-UBND"
    assert world.ws.vault.load(event.data["reason"]["digest"]).decode() == REASON
    report = verify_log(world.ws.folder)
    assert report.ok and "1 nội dung trong kho đã được xóa theo sự kiện xóa" in report_sentence(report)


def test_the_history_tells_who_erased_what_by_which_decision(world: World) -> None:
    erase(world, decision="21/QĐ-UBND")
    sentence = event_sentence(world.ws.log.event(world.ws.log.size()), {"quan": "Hồ Quân"})
    assert sentence == (
        f"Hồ Quân đã xóa nội dung {evidence(world)[:12]}… khỏi kho, theo Luật 91/2025/QH15,"
        " theo quyết định 21/QĐ-UBND, có nêu lý do."
    )


def test_erasing_twice_is_one_event(world: World) -> None:
    assert erase(world)
    size = world.ws.log.size()
    assert not erase(world, reason="lần nữa")
    assert world.ws.log.size() == size


def test_the_same_order_twice_is_carried_out_once(world: World) -> None:
    order = world.order("quan")
    for _ in range(2):
        assert commands.erase_content(world.ws, evidence(world), REASON, order)
    assert len(world.ws.log.stream(f"content-{evidence(world)}")) == 1


@pytest.mark.parametrize("actor", ["hoa", "nam", "lan", "binh", "thu", "nobody", "system:test"])
def test_only_an_administrator_who_has_a_name_erases(world: World, actor: str) -> None:
    with pytest.raises(NotAllowed):
        erase(world, actor=actor)
    assert world.ws.vault.has(evidence(world))


@pytest.mark.parametrize("digest", ["0" * 64, "x", "../../events.db", "A" * 64])
def test_what_no_event_refers_to_is_refused(world: World, digest: str) -> None:
    with pytest.raises(NotFound):
        erase(world, digest=digest)


def test_without_a_reason_nothing_is_erased(world: World) -> None:
    for reason in ("", "  ", "x" * 2_001):
        with pytest.raises(MissingData):
            erase(world, reason=reason)
    with pytest.raises(MissingData):
        erase(world, decision="x" * 301)
    assert world.ws.vault.has(evidence(world))


def test_a_content_that_a_restored_vault_brought_back_is_told_and_deleted_at_the_next_opening(
    world: World,
) -> None:
    digest = evidence(world)
    path = world.ws.folder / "vault" / digest[:2] / digest
    content = path.read_bytes()
    erase(world)
    path.write_bytes(content)
    report = verify_log(world.ws.folder)
    assert report.ok and f"nội dung {digest} đã được xóa nhưng lại có trong kho" in report_sentence(report)
    World(world.data, is_there=True).ws.close()
    assert not path.exists()
    path.write_bytes(content)
    assert world.ws.sweep() == 1
    assert not path.exists()


def contents_of(world: World) -> list[str]:
    """Return the digests of the submission's result, its file, and the name of that."""
    data = world.ws.log.stream(f"item-{TASK}")[-1].data
    (file,) = data["evidence"]
    return [data["result"]["digest"], file["content"]["digest"], file["name"]["digest"]]


def test_several_contents_are_erased_by_one_commit_with_one_reason(world: World) -> None:
    digests = contents_of(world)
    grounds = Grounds("Luật 91/2025/QH15, Điều 14", "Công dân yêu cầu", "21/QĐ-UBND")
    size = world.ws.log.size()
    assert erase_contents(world.ws, digests, grounds, world.order("quan")) == digests
    events = list(world.ws.log.read_events(size))
    assert [event.data["digest"] for event in events] == digests
    assert {event.command_id for event in events} == {events[0].command_id}
    assert {event.data["legal_basis"] for event in events} == {"Luật 91/2025/QH15, Điều 14"}
    assert not any(world.ws.vault.has(digest) for digest in digests)
    assert verify_log(world.ws.folder).ok


def test_what_is_missing_is_told_for_each_field_and_nothing_is_erased(world: World) -> None:
    with pytest.raises(MissingData) as refused:
        erase_contents(world.ws, [], Grounds(" ", " ", "x" * 301), world.order("quan"))
    assert set(refused.value.fields) == {"contents", "legal_basis", "reason", "decision"}


def test_the_document_of_an_adopted_plan_is_never_erased_nor_what_was_asked_for_with_it(world: World) -> None:
    adopted = next(event for event in world.ws.log.read_events() if event.type.startswith("plan.adopted/"))
    size, document = world.ws.log.size(), adopted.data["document"]
    for frozen in (document["content"]["digest"], document["name"]["digest"]):
        with pytest.raises(Refusal, match="văn bản của kế hoạch đã đưa vào"):
            erase_contents(world.ws, [evidence(world), frozen], Grounds(LAW, REASON), world.order("quan"))
    assert world.ws.log.size() == size
    assert world.ws.vault.has(evidence(world)) and world.ws.vault.has(document["content"]["digest"])


def test_every_event_that_issues_something_keeps_its_files() -> None:
    """Whatever refers to an issued file, by the schemas: none may be forgotten in `FROZEN`."""
    issuing = {
        name.partition("/")[0]
        for name, schema in catalogue.event_schemas().items()
        if "IssuedFile" in str(schema) or name.startswith(("report.signed/", "plan.adopted/"))
    }
    assert issuing == FROZEN.keys()


def test_an_erasure_of_the_first_version_is_repeated_without_a_law(world: World) -> None:
    lost = Erasure(evidence(world), "5/QĐ-UBND", None, "Theo đơn")
    assert repeat_erasures(world.ws, [lost], world.order()) == [evidence(world)]
    (event,) = world.ws.log.stream(f"content-{evidence(world)}")
    assert event.data["legal_basis"] is None
    assert str(erasure_words(world.ws, evidence(world))).startswith(
        "đã được xóa theo quy định, quyết định 5/QĐ-UBND ngày"
    )
