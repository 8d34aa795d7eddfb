"""Who would answer for a measure, and what would compute it, by the words of the plan and of the plugins."""

from sqlite_utils import Database

from cchc_flow.commands.measures import decider_role, require_role
from cchc_flow.commands.target_streams import LoadedMeasure, fact_source_of_plan, load_measures
from cchc_flow.commands.unit_of_work import Commit, Order, UnitOfWork, write
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.measures import ComputedMeasures, compute_measures, suggest_measure
from cchc_flow.projections import directory, plans
from cchc_flow.projections.as_of import OPEN
from cchc_flow.workflow.events import TargetSet
from cchc_flow.workflow.targets import BOTH, COMPUTED, is_count, planned_measure
from cchc_flow.workspace import Workspace


def suggested_settings(uow: UnitOfWork, plan: str) -> list[tuple[LoadedMeasure, TargetSet]]:
    """Return what is suggested for each measure about which nothing is decided and something can be said."""
    open_ones = [measure for measure in load_measures(uow, plan) if measure.history.setting is None]
    if not open_ones:
        return []
    computed = compute_measures(fact_source_of_plan(uow.ws, plan))
    units = _units_by_plugin(uow, plan)
    found = ((measure, _suggestion(measure, computed, units)) for measure in open_ones)
    return [(measure, setting) for measure, setting in found if setting]


def take_suggestions(ws: Workspace, plan: str, order: Order) -> int:
    """Decide as it is suggested, in one commit; return about how many measures. Raise NotAllowed."""
    taken = 0

    def decide_commit(uow: UnitOfWork) -> Commit:
        nonlocal taken
        actor = uow.require_actor()
        role = require_role(decider_role(actor))
        changes = [measure.change(setting) for measure, setting in suggested_settings(uow, plan)]
        taken = len(changes)
        return Commit(changes, role, actor.unit)

    write(ws, order, ["suggestions", plan], decide_commit)
    return taken


def _suggestion(
    measure: LoadedMeasure, computed: ComputedMeasures, units: dict[str, str]
) -> TargetSet | None:
    planned = planned_measure(measure.target, measure.number)
    if planned is None:
        return None
    is_alone = len(measure.target.measures) == 1  # else the text speaks of the other figures too
    texts = (planned.what, measure.target.text) if is_alone else (planned.what,)
    key = suggest_measure(planned, texts, measure.plan.year, computed.measures)
    if key is None:
        return None
    owner = units.get(key[0])
    return TargetSet(
        plan=measure.plan.id,
        target=measure.target.ref,
        measure=measure.number,
        owner=owner,
        source=BOTH if owner else COMPUTED,
        plugin=key[0],
        key=key[1],
        baseline=None,
        baseline_unit=None,
        accumulates=computed.measures[key].accumulates or is_count(planned),
    )


def _units_by_plugin(uow: UnitOfWork, plan: str) -> dict[str, str]:
    """Return the unit that leads most tasks in the areas of each plugin."""
    found = contributions.collect(uow.ws.plugins).areas
    areas = {area.key: plugin for plugin, area in found}
    units: dict[str, str] = {}
    for heading in plans.areas(uow.db, plan):
        area = contributions.recognise_area(heading.title, [area for _, area in found])
        leader = _leading_unit(uow.db, plan, heading.code) if area else None
        if area and leader:
            units.setdefault(areas[area.key], leader)
    return units


def _leading_unit(db: Database, plan: str, area: str) -> str | None:
    """Return the active unit that leads, or by the plan would lead, most tasks of an area."""
    rows = db.execute(
        "SELECT coalesce(lead, suggested_lead) AS leader FROM cards WHERE plan = ? AND area = ?"
        " AND kind = 'task' AND leader IS NOT NULL AND to_position = ? GROUP BY 1 ORDER BY count(*) DESC, 1",
        [plan, area, OPEN],
    ).fetchall()
    active = {unit.id for unit in directory.units(db) if unit.active}
    return next((unit for (unit,) in rows if unit in active), None)
