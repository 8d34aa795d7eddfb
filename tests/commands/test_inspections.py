"""An inspection from its decision to its end: what is observed, found, answered, accepted; its samples."""

import pytest
from support.inspecting import (
    DECISION,
    OBSERVED,
    RULE,
    SECRET,
    audit_of,
    drawn,
    found,
    observe,
    planned,
    wait_for_checkpoint,
)
from support.world import RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.commands.inspections import findings_of, open_audit, open_finding
from cchc_flow.commands.samples import (
    checkpoint_of,
    draw_sample,
    drawn_anew,
    items_to_draw_from,
    plan_sample,
    sample_fields,
    sample_stream,
    samples_of,
)
from cchc_flow.errors import FourEyes, IllegalMove, MissingData, NotAllowed, NotFound
from cchc_flow.notifications.reminders import run_reminders
from cchc_flow.projections import notices, reading
from cchc_flow.projections.runner import position
from cchc_flow.workflow.sampling import commitment_of


def test_an_inspection_is_opened_by_a_decision_and_belongs_to_the_plan_of_its_day(world: World) -> None:
    audit = commands.load_item(world.ws, audit_of(world)).item
    assert (audit.kind, audit.state, audit.plan, audit.lead) == ("audit", "open", "2026", None)
    assert (audit.fields["decision"], audit.fields["units"]) == ("15/QĐ-UBND", "phong-kinh-te")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"decision": "Quyết định"}, "decision"),
        ({"decided_on": "2026-03-03"}, "decided_on"),
        ({"first": "2026-12-31", "last": "2026-01-01"}, "last"),
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_by_its_field(
    world: World, wrong: dict[str, str], field: str
) -> None:
    with pytest.raises(MissingData) as refused:
        audit_of(world, **wrong)
    assert set(refused.value.fields) == {field}


def test_nobody_but_an_inspector_opens_observes_or_samples(world: World) -> None:
    audit = audit_of(world)
    for person in ("hoa", "nam", "lan", "binh"):
        for act in (
            lambda order: open_audit(world.ws, DECISION, order),
            lambda order: open_finding(world.ws, audit, OBSERVED, order),
            lambda order: plan_sample(world.ws, audit, RULE, order),
            lambda order: draw_sample(world.ws, audit, "x", SECRET, order),
        ):
            with pytest.raises(NotAllowed, match="cán bộ kiểm tra"):
                act(world.order(person))


def test_a_finding_goes_from_observation_to_remedy_and_is_accepted(world: World) -> None:
    item = found(world)
    world.take("lan", "submit", item, **RESULT)
    world.take("thu", "return", item, reason="Tệp không đọc được.")
    world.take("lan", "submit", item, **RESULT)
    after = world.take("thu", "accept", item).item
    assert (after.state, after.due, after.returns, after.lead) == (
        "accepted",
        "2026-03-31",
        1,
        "phong-kinh-te",
    )


def test_the_unit_is_told_of_a_finding_and_the_inspector_of_its_answer(world: World) -> None:
    item = found(world)
    assert [notice.kind for notice in notices.notices(world.ws.read(), "binh")] == ["found"]
    assert [notice.kind for notice in notices.notices(world.ws.read(), "hoa")] == []
    world.take("lan", "submit", item, **RESULT)
    told = notices.notices(world.ws.read(), "thu", only_open=True)
    assert [(notice.item, notice.kind) for notice in told] == [(item, "submitted")]
    assert notices.notices(world.ws.read(), "binh", only_open=True) == []


def test_the_unit_asks_for_more_time_and_the_inspector_grants_it(world: World) -> None:
    item = found(world)
    world.take("binh", "ask_extension", item, due="2027-02-28", reason="Chờ kinh phí.")
    assert world.take("thu", "grant_extension", item, due="2027-02-15").item.due == "2027-02-15"


def test_an_observation_may_come_to_nothing(world: World) -> None:
    item = observe(world, audit_of(world)).id
    assert world.take("thu", "drop", item, reason="Đã có minh chứng bản giấy.").item.state == "dropped"


def test_who_answers_does_not_accept_the_answer(world: World) -> None:
    commands.grant_role(world.ws, "lan", "inspector", world.order())
    item = found(world)
    world.take("lan", "submit", item, **RESULT)
    with pytest.raises(FourEyes):
        world.take("lan", "accept", item)


def test_a_finding_is_read_by_its_unit_and_by_those_who_direct_and_by_no_other_unit(world: World) -> None:
    item = commands.load_item(world.ws, found(world)).item
    commands.add_person(world.ws, "tam", "Tâm", None, "tram-y-te", world.order())
    commands.grant_role(world.ws, "tam", "officer", world.order())
    db = world.ws.read()
    reads = {person for person in ("hoa", "nam", "lan", "binh", "thu", "tam")
             if reading.may_read(db, reading.reader_of(db, person), item)}  # fmt: skip
    assert reads == {"hoa", "nam", "lan", "binh", "thu"}


def test_findings_are_found_by_their_inspection_and_by_what_was_inspected(world: World) -> None:
    audit = audit_of(world)
    first = observe(world, audit)
    world.wait(minutes=1)
    second = observe(world, audit, about="", title="Sổ không ghi ngày")
    db = world.ws.read()
    assert [item.id for item in findings_of(db, audit, "audit")] == [first.id, second.id]
    assert [item.id for item in findings_of(db, TASK, "about")] == [first.id]


def test_an_item_that_there_is_not_is_told_at_its_field(world: World) -> None:
    with pytest.raises(MissingData) as refused:
        observe(world, audit_of(world), about="III.9.9")
    assert set(refused.value.fields) == {"about"}


def test_after_its_conclusion_an_inspection_takes_no_more_observations(world: World) -> None:
    audit = audit_of(world)
    world.take("thu", "conclude", audit, conclusion="2/KL-UBND", concluded_on="2026-03-02", summary="Đạt.")
    with pytest.raises(IllegalMove, match="đã kết thúc"):
        observe(world, audit)
    with pytest.raises(NotFound):
        observe(world, TASK)


def test_the_registers_of_an_inspection_are_not_written_like_other_registers(world: World) -> None:
    with pytest.raises(NotFound):
        commands.open_entry(world.ws, "finding", {"title": "x", "lead": "phong-kinh-te"}, world.order("thu"))


def test_a_sample_names_its_population_before_anybody_knows_its_items(world: World) -> None:
    world.take("hoa", "assign", lead="phong-kinh-te", support=[], due="2026-06-30")
    audit = audit_of(world, units=[])
    planned(world, audit)
    (sample,) = samples_of(world.ws.log, audit, world.ws.log.size())
    assert (sample.plan.population, sample.size) == (3, 3)
    assert [(stratum.key, stratum.holds) for stratum in sample.plan.strata] == [
        ("-", 2),
        ("phong-kinh-te", 1),
    ]
    assert sample.plan.after == "2026-03-02T02:00:00.000000Z"
    assert sample.drawn is None


def test_a_sample_is_drawn_by_the_first_checkpoint_after_its_moment_and_the_secret(world: World) -> None:
    audit = audit_of(world, units=[])
    sample = drawn(world, audit)
    comment = world.ws.log.size() - 1
    note, _ = world.ws.log.checkpoint_at(comment)
    assert (sample.drawn.size, sample.drawn.root) == (comment, note.splitlines()[2])
    assert drawn_anew(world.ws.read(), sample.plan, sample.drawn)
    assert {item.item for item in sample.drawn.items} == {"2026-III.1.1", "2026-III.2.3.1", "2026-III.2.10"}


def test_later_events_do_not_change_the_population_of_a_sample(world: World) -> None:
    audit = audit_of(world, units=[])
    sample = drawn(world, audit)
    world.take("hoa", "assign", lead="phong-kinh-te", support=[], due="2026-06-30")
    assert items_to_draw_from(world.ws.read(), sample.plan) == {
        "-": ["2026-III.1.1", "2026-III.2.10", "2026-III.2.3.1"]
    }
    assert drawn_anew(world.ws.read(), sample.plan, sample.drawn)


def test_without_an_event_after_the_moment_nothing_is_drawn(world: World) -> None:
    audit = audit_of(world, units=[])
    rule = planned(world, audit)
    assert checkpoint_of(world.ws.log, "2026-03-02T02:00:00.000000Z", position(world.ws.read())) is None
    with pytest.raises(IllegalMove, match="Chưa có sự kiện nào ghi từ"):
        draw_sample(world.ws, audit, rule, SECRET, world.order("thu"))


def test_another_secret_than_the_promised_one_is_refused(world: World) -> None:
    audit = audit_of(world, units=[])
    rule = planned(world, audit)
    wait_for_checkpoint(world)
    for secret in ("bo cau trang 1927", "ngan", "bồ câu trắng năm 1926"):
        with pytest.raises(MissingData) as refused:
            draw_sample(world.ws, audit, rule, secret, world.order("thu"))
        assert set(refused.value.fields) == {"secret"}


def test_a_sample_is_drawn_once(world: World) -> None:
    audit = audit_of(world, units=[])
    sample = drawn(world, audit)
    with pytest.raises(IllegalMove, match="chỉ rút một lần"):
        draw_sample(world.ws, audit, sample.planned_by.id, SECRET, world.order("thu"))
    with pytest.raises(NotFound):
        draw_sample(world.ws, audit, "khong-co", SECRET, world.order("thu"))


def test_another_secret_draws_another_order(world: World) -> None:
    """Who can choose the root still cannot tell which items come out."""
    audit = audit_of(world, units=[])
    sample = drawn(world, audit)
    others = {sample.drawn.seed, commitment_of(sample.drawn.root), commitment_of(SECRET)}
    assert len(others) == 3


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"commitment": "abc"}, "commitment"),
        ({"confidence": "100"}, "confidence"),
        ({"confidence": "50"}, "confidence"),
        ({"rate": "0"}, "rate"),
        ({"basis": "done"}, "basis"),
        ({"kind": "khong-co"}, "kind"),
        ({"kind": "finding"}, "kind"),
    ],
)
def test_a_rule_that_makes_no_sample_is_refused_by_its_field(
    world: World, wrong: dict[str, str], field: str
) -> None:
    with pytest.raises(MissingData) as refused:
        planned(world, audit_of(world), **wrong)
    assert set(refused.value.fields) == {field}


def test_a_rule_takes_the_units_of_the_decision_where_it_names_none(world: World) -> None:
    world.take("hoa", "assign", lead="phong-kinh-te", support=[], due="2026-06-30")
    audit = audit_of(world)
    planned(world, audit)
    (sample,) = samples_of(world.ws.log, audit, world.ws.log.size())
    assert (sample.plan.units, sample.plan.population) == (("phong-kinh-te",), 1)
    assert world.ws.log.version(sample_stream(audit), world.ws.log.size()) == 1


def test_nobody_samples_what_only_some_may_read(world: World) -> None:
    """The event names the sampled items, and readers of the whole log see it."""
    audit = commands.load_item(world.ws, audit_of(world)).item
    kinds = {value for value, _ in sample_fields(world.ws.read(), audit)[0].choices}
    assert kinds == {"task", "report", "audit"}


def test_the_unit_is_reminded_of_the_day_of_a_remedy(world: World) -> None:
    item = found(world)
    world.wait(days=27)
    run_reminders(world.ws)
    reminded = [notice for notice in notices.notices(world.ws.read(), "binh") if notice.item == item]
    assert [notice.kind for notice in reminded] == ["reminded", "found"]
