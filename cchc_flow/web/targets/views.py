"""The pages of targets: the list with states, one target with its readings, and what was corrected."""

from collections.abc import Mapping, Sequence

import msgspec
from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit.item_history import typed_words
from cchc_flow.commands import Order, UnitOfWork, channels
from cchc_flow.commands.measures import decider_role, recordable_periods, reporter_role, require_role
from cchc_flow.commands.target_suggestions import suggested_settings, take_suggestions
from cchc_flow.commands.targets import record_computed_readings
from cchc_flow.errors import NotFound
from cchc_flow.projections import directory, targets
from cchc_flow.projections.cards import items
from cchc_flow.projections.search import search_key
from cchc_flow.reporting.targets import TargetRow, state_counts
from cchc_flow.web.board.views import filter_choices
from cchc_flow.web.http import htmx
from cchc_flow.web.targets.charts import bar_of, chart_of
from cchc_flow.web.targets.sight import Sight, parse_sight, plan_of_form, unit_names
from cchc_flow.workflow import periods
from cchc_flow.workflow.events import Content
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.policy import may_read_log
from cchc_flow.workflow.target_readings import Reading
from cchc_flow.workflow.targets import COMPUTED, REPORTED, SOURCES, STATES

bp = Blueprint("targets", __name__, url_prefix="/<workspace>/targets")
TRENDS = {"up": "tăng so với kỳ trước", "down": "giảm so với kỳ trước", "same": "không đổi so với kỳ trước"}


class PeriodRow(msgspec.Struct, frozen=True):
    """The readings of a period by both sources, None where there is none; `note` is the unit's remark."""

    period: Period
    reported: Reading | None
    computed: Reading | None
    note: str


class CorrectionRow(msgspec.Struct, frozen=True):
    """A figure that changed after it was reported, with its measure and the reason in words."""

    reading: Reading
    row: TargetRow
    reason: str

    @property
    def period(self) -> Period:
        """The period of the reading."""
        return periods.parse(self.reading.period)


@bp.get("")
def index() -> str:
    """Show how the measures of the plan stand on a day, within the state, unit and words asked for."""
    sight = parse_sight()
    shown = [row for row in sight.rows if _is_asked_for(row)]
    owners = {row.setting.owner for row in sight.rows if row.setting and row.setting.owner}
    names = unit_names()
    return render_template(
        "targets/index.html",
        sight=sight,
        query=sight.query,
        rows=[(row, bar_of(row)) for row in shown],
        counts=state_counts(sight.rows),
        states=STATES,
        owners=sorted(((unit, names.get(unit, unit)) for unit in owners), key=lambda pair: pair[1]),
        unit_names=names,
        corrections=len(_corrections(sight)),
        suggestions=_suggestion_count(sight),
        countable=_countable_periods(sight),
        url_args=request.args,
        scope=sight.scope,
        **_years(sight),
    )


@bp.get("/corrections")
def corrections() -> str:
    """Show which figures changed after they were reported, the newest correction first."""
    sight = parse_sight()
    return render_template(
        "targets/corrections.html",
        sight=sight,
        query=sight.query,
        corrections=_corrections(sight),
        sources=SOURCES,
        names=directory.names(g.db),
        may_audit=may_read_log(g.person.roles),
        scope=sight.scope,
        url_args=request.args,
        **_years(sight),
    )


@bp.post("/suggestions")
def create_suggested() -> Answer:
    """Decide about all measures as the words of the plan and the areas suggest."""
    plan = plan_of_form()
    taken = take_suggestions(g.ws, plan.id, htmx.order())
    flash(f"Đã phân công {taken} thước đo theo gợi ý." if taken else "Không còn gợi ý nào để nhận.")
    return htmx.see_other(url_for("targets.index", plan=plan.id))


@bp.post("/readings")
def create_counted() -> Answer:
    """Keep what the registers say of a period now as its computed readings."""
    require_role(decider_role(g.person))
    plan, period = plan_of_form(), periods.parse(request.form.get("period", ""))
    changed = record_computed_readings(g.ws, plan.id, period.name, htmx.order())
    words = f"Đã chốt {changed} số liệu" if changed else "Số hệ thống tính không có gì mới"
    flash(f"{words} của {period.words()}.")
    return htmx.see_other(url_for("targets.index", plan=plan.id))


@bp.get("/<ref>")
def show(ref: str) -> str:
    """Show a target of the plan: each measure with its chart, its readings and what may be done."""
    sight = parse_sight()
    rows = [row for row in sight.rows if row.target.ref == ref]
    if sight.plan is None or not rows:
        raise NotFound(f"Kế hoạch không có chỉ tiêu «{ref[:20]}».", "Hãy mở lại trang Chỉ tiêu.")
    readings = targets.readings(g.db, sight.plan.id, sight.query.at)
    return render_template(
        "targets/show.html",
        sight=sight,
        query=sight.query,
        plan=sight.plan,
        target=rows[0].target,
        measures=[(row, chart_of(row), _period_rows(row, readings), _readable_items(row)) for row in rows],
        corrections=[entry for entry in _corrections(sight) if entry.row.target.ref == ref],
        may_record={row.number: reporter_role(g.person, row.setting) is not None for row in rows},
        may_decide=decider_role(g.person) is not None,
        may_audit=may_read_log(g.person.roles),
        unit_names=unit_names(),
        names=directory.names(g.db),
        sources=SOURCES,
        trends=TRENDS,
        scope=sight.scope,
        url_args=request.args,
    )


index.section = "overview"  # type: ignore[attr-defined]
corrections.section = "overview"  # type: ignore[attr-defined]
show.section = "overview"  # type: ignore[attr-defined]


def _is_asked_for(row: TargetRow) -> bool:
    """Tell whether a row is in the state, of the unit and with the words of the URL, as far as given."""
    state, unit = request.args.get("state", ""), request.args.get("unit", "")
    words = search_key(request.args.get("words", "")[:200]).split()
    text = search_key(f"{row.target.ref} {row.title} {row.target.text}")
    owner = row.setting.owner if row.setting else None
    return state in ("", row.standing.state) and unit in ("", owner) and all(word in text for word in words)


def _corrections(sight: Sight) -> list[CorrectionRow]:
    rows = {(row.target.ref, row.number): row for row in sight.rows}
    found = targets.corrected_readings(g.db, sight.plan.id, sight.query.at) if sight.plan else []
    return [
        CorrectionRow(reading, rows[reading.target, reading.measure], _words(reading.reason))
        for reading in found
    ]


def _suggestion_count(sight: Sight) -> int:
    """Return about how many measures something is suggested, to who may take it up."""
    undecided = any(row.setting is None for row in sight.rows)
    if sight.plan is None or not undecided or sight.query.is_over or decider_role(g.person) is None:
        return 0
    uow = UnitOfWork(g.ws, Order(g.person.id, "", channel=channels.WEB))
    return len(suggested_settings(uow, sight.plan.id))


def _countable_periods(sight: Sight) -> list[tuple[str, str]]:
    """Return the periods whose computed readings may be kept now, the newest first; none for who may not."""
    is_counted = any(row.computed for row in sight.rows)
    if sight.plan is None or sight.query.is_over or not is_counted or decider_role(g.person) is None:
        return []
    found = recordable_periods(sight.plan.year, sight.query.today)
    return [(period.name, period.words()) for period in found]


def _period_rows(row: TargetRow, readings: Sequence[Reading]) -> list[PeriodRow]:
    """Return the readings of a measure by period, the newest period first."""
    own = {
        (reading.period, reading.source): reading
        for reading in readings
        if (reading.target, reading.measure) == (row.target.ref, row.number)
    }
    found = sorted({periods.parse(period) for period, _ in own}, key=lambda one: (-one.last, one.first))
    return [_period_row(period, own) for period in found]


def _period_row(period: Period, readings: Mapping[tuple[str, str], Reading]) -> PeriodRow:
    """Return the readings of a period, from those of a measure by period and source."""
    reported = readings.get((period.name, REPORTED))
    note = _words(reported.note) if reported else ""
    return PeriodRow(period, reported, readings.get((period.name, COMPUTED)), note)


def _words(content: Content | None) -> str:
    """Return a typed text from the vault; "" for none."""
    return typed_words(g.ws, msgspec.to_builtins(content)) if content else ""


def _readable_items(row: TargetRow) -> list[tuple[str, str]]:
    """Return the ids and titles of the items that a counted figure rests on, as far as they may be read."""
    ids = row.computed.items if row.computed else ()
    found = (items.find_readable_item(g.db, item_id, g.reader) for item_id in ids)
    return [(item.id, item.title) for item in found if item]


def _years(sight: Sight) -> dict[str, object]:
    choices = filter_choices(g.db, sight.query)
    return {"plans": [pair for pair in choices["plans"] if pair[0] != "all"]}
