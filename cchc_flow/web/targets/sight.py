"""Which plan and day a page of targets shows, and the rows of its measures."""

from collections.abc import Mapping, Sequence

import msgspec
from flask import g, request

from cchc_flow.errors import NotFound
from cchc_flow.projections import directory, plans, rules
from cchc_flow.projections.plans import Plan
from cchc_flow.reporting.judged_targets import JudgedTargets, judge_targets
from cchc_flow.reporting.targets import TargetRow
from cchc_flow.web.board.query import BoardQuery, parse_board_query, plan_parameters
from cchc_flow.workflow.calendar import local_day


class Sight(msgspec.Struct, frozen=True):
    """What a page shows: the plan (None while there is none) on a day, and what could not be counted."""

    plan: Plan | None
    query: BoardQuery
    rows: Sequence[TargetRow]
    faults: Sequence[str]

    @property
    def scope(self) -> dict[str, str]:
        """The parameters that make another page show the same plan on the same day."""
        return plan_parameters(request.args)


def parse_sight() -> Sight:
    """Return what the URL asks for; raise BadInput for a day or a plan that does not exist."""
    query = parse_board_query(plan_parameters(request.args), g.person, g.ws)
    plan = plans.find_plan(g.db, query.filters.plan) or plans.plan_of_day(g.db, query.today)
    if plan is None:
        return Sight(None, query, (), ())
    cutoff = g.ws.cutoff(query.as_of) if query.is_over else None
    judged = judge_targets(g.ws, plan.id, query.today, cutoff)
    return Sight(plan, query, judged.rows, fault_sentences(judged))


def fault_sentences(judged: JudgedTargets) -> list[str]:
    """Return a sentence for each plugin that could not count its measures."""
    titles = plugin_titles()
    return [
        f"Chưa tính được số liệu của «{titles.get(name, name)}»: {words}"
        for name, words in judged.faults.items()
    ]


def plan_of_form() -> Plan:
    """Return the plan that a form or its URL names, else the one in force today; raise NotFound."""
    wanted = request.values.get("plan", "")
    if not wanted and (present := plans.plan_of_day(g.db, local_day(g.ws.now()))):
        return present
    plan = plans.find_plan(g.db, wanted)
    if plan is None:
        raise NotFound(f"Không có kế hoạch «{wanted[:20]}».", "Hãy mở lại trang Chỉ tiêu.")
    return plan


def unit_names() -> Mapping[str, str]:
    """Return the names of all units, also of closed ones."""
    return {unit.id: unit.words for unit in directory.units(g.db)}


def plugin_titles() -> Mapping[str, str]:
    """Return the titles of all plugins that were ever loaded, by name."""
    return {name: plugin.title for name, plugin in rules.loaded_plugins(g.db).items()}
