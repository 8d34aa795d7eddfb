"""The targets of a plan that an older program adopted are there, and take owners and readings."""

from datetime import date

from cchc_flow.commands import Order, measures
from cchc_flow.commands.target_suggestions import take_suggestions
from cchc_flow.commands.targets import record_computed_readings
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.projections import plans, targets
from cchc_flow.reporting.targets import target_rows
from cchc_flow.workspace import Workspace


def test_the_targets_of_every_plan_come_from_its_adoption(ws: Workspace) -> None:
    db = ws.read()
    for plan in plans.plans(db):
        rows = target_rows(db, plan.id, date(2026, 3, 16))
        stored = ws.log.event(plan.position).data["targets"]
        assert len({row.target.ref for row in rows}) == len(stored)
        assert {row.standing.state for row in rows} <= {"no_data"}
    assert any(target_rows(db, plan.id, date(2026, 3, 16)) for plan in plans.plans(db))


def test_readings_go_on_where_the_old_program_ended(ws: Workspace) -> None:
    plan = plans.plan_of_year(ws.read(), 2026)
    assert plan
    row = target_rows(ws.read(), plan.id, date(2026, 3, 16))[0]
    place = (plan.id, row.target.ref, row.number)
    take_suggestions(ws, plan.id, Order("hoa.le", ws.new_id()))
    reading = {"period": "2026-02", "value": "1"}
    measures.record_reading(ws, place, reading, Order("hoa.le", ws.new_id()))
    record_computed_readings(ws, plan.id, "2026-02", Order("hoa.le", ws.new_id()))
    assert "2026-02" in {reading.period for reading in targets.readings(ws.read(), plan.id)}
    assert ws.differences() == []
    assert verify_log(ws.folder).ok
