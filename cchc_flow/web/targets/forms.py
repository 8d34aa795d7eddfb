"""The forms of a measure: who answers for it, a reading, and a correction, each on a page of its own."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands import Order, UnitOfWork, channels, measures
from cchc_flow.commands.target_streams import LoadedMeasure, fact_source_of_plan, load_measure
from cchc_flow.errors import CchcError, Conflict, ItemMoved, MissingData, NotFound
from cchc_flow.plugin_host.measures import compute_measures
from cchc_flow.projections import directory
from cchc_flow.web.forms.seen_versions import form_context, seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.targets.sight import plan_of_form, plugin_titles
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.report_outline import NOTHING_AROSE, reading_words
from cchc_flow.workflow.shares import format_number
from cchc_flow.workflow.target_readings import Reading, stream_of_measure
from cchc_flow.workflow.targets import REPORTED, SOURCES, Goal, goal_of, is_count, planned_measure
from cchc_flow.workflow.typed_text import upper_first

bp = Blueprint("target_forms", __name__, url_prefix="/<workspace>/targets/<ref>/<int:number>")
Typed = Mapping[str, str]


@bp.get("/settings/new")
def ask_setting(ref: str, number: int) -> str:
    """Show the form that says who answers for a measure and where its readings come from."""
    measure = _load(ref, number)
    return _render_setting(measure, _present_setting(measure))


@bp.post("/settings")
def create_setting(ref: str, number: int) -> Answer:
    """Decide about a measure, or show the form again with what was typed."""

    def carry_out(place: tuple[str, str, int], typed: dict[str, str], order: Order, seen: int) -> str:
        is_changed = measures.set_measure(g.ws, place, typed, order, seen=seen)
        return "Đã lưu phân công." if is_changed else "Phân công vẫn như cũ; không có gì thay đổi."

    return _answer(ref, number, carry_out, _render_setting)


@bp.get("/readings/new")
def ask_reading(ref: str, number: int) -> str:
    """Show the form of a reading."""
    measure = _load(ref, number)
    measures.require_role(measures.reporter_role(g.person, measure.history.setting))
    return _render_reading(measure, {})


@bp.post("/readings")
def create_reading(ref: str, number: int) -> Answer:
    """Record a reading, or show the form again with what was typed."""

    def carry_out(place: tuple[str, str, int], typed: dict[str, str], order: Order, seen: int) -> str:
        measures.record_reading(g.ws, place, typed, order, seen=seen)
        return "Đã ghi số liệu."

    return _answer(ref, number, carry_out, _render_reading)


@bp.get("/readings/<period>/corrections/new")
def ask_correction(ref: str, number: int, period: str) -> str:
    """Show the form that corrects the reading of a period."""
    measure = _load(ref, number)
    former = _require_reported_reading(measure, period)
    return _render_correction(measure, {"value": _editable(measure, former.value)}, period)


@bp.post("/readings/<period>/corrections")
def create_correction(ref: str, number: int, period: str) -> Answer:
    """Correct the reading of a period, or show the form again with what was typed."""

    def carry_out(place: tuple[str, str, int], typed: dict[str, str], order: Order, seen: int) -> str:
        is_changed = measures.correct_reading(g.ws, place, period, typed, order, seen=seen)
        return "Đã sửa số liệu." if is_changed else "Số liệu vẫn như cũ; không có gì thay đổi."

    def render(measure: LoadedMeasure, typed: Typed, error: CchcError | None = None) -> str:
        return _render_correction(measure, typed, period, error)

    return _answer(ref, number, carry_out, render)


ask_setting.section = "overview"  # type: ignore[attr-defined]
ask_reading.section = "overview"  # type: ignore[attr-defined]
ask_correction.section = "overview"  # type: ignore[attr-defined]


def _answer(
    ref: str,
    number: int,
    carry_out: Callable[[tuple[str, str, int], dict[str, str], Order, int], str],
    render: Callable[[LoadedMeasure, Typed, CchcError | None], str],
) -> Answer:
    """Carry out a form and go back to the target; show the form again if it is refused for its content."""
    plan, typed = plan_of_form(), request.form.to_dict()
    order, seen = htmx.order(), seen_version("chỉ tiêu")
    try:
        flash(carry_out((plan.id, ref, number), typed, order, seen))
    except (MissingData, ItemMoved, Conflict) as error:
        return render(_load(ref, number), typed, error), status_of(error)
    return htmx.see_other(url_for("targets.show", ref=ref, plan=plan.id))


def _load(ref: str, number: int) -> LoadedMeasure:
    """Return the measure of the address, as the page shows it; raise NotFound."""
    uow = UnitOfWork(g.ws, Order(g.person.id, "", channel=channels.WEB))
    return load_measure(uow, plan_of_form().id, ref, number)


def _render_setting(measure: LoadedMeasure, typed: Typed, error: CchcError | None = None) -> str:
    measures.require_role(measures.decider_role(g.person))
    former = measure.history.setting
    units = [
        (unit.id, unit.words)
        for unit in directory.units(g.db)
        if unit.active or (former and unit.id == former.owner)
    ]
    sources = list(SOURCES.items()) if measure.number else [(REPORTED, SOURCES[REPORTED])]
    return _render(
        "setting", measure, typed, error, units=units, sources=sources, computable=_computable(measure)
    )


def _computable(measure: LoadedMeasure) -> list[tuple[str, str]]:
    """Return the measures of plugins to choose from; those with the unit of this one come first."""
    found = compute_measures(fact_source_of_plan(g.ws, measure.plan.id)).measures
    titles, unit = plugin_titles(), _goal(measure).unit
    pairs = [
        ((computed.unit or None) != unit, titles.get(plugin, plugin), computed.title, f"{plugin}:{key}")
        for (plugin, key), computed in found.items()
    ]
    choices = [(value, f"{area}: {title}") for _, area, title, value in sorted(pairs)]
    former = measure.history.setting
    present = f"{former.plugin}:{former.key}" if former and former.plugin else ""
    if present and present not in dict(choices):
        choices.append((present, f"{present} (hiện không tính được)"))
    return choices


def _present_setting(measure: LoadedMeasure) -> Typed:
    """Return what the form of a decision begins with: the present one, else what the plan lets expect."""
    former, planned = measure.history.setting, planned_measure(measure.target, measure.number)
    if former is None:
        accumulates = planned is not None and is_count(planned)
        return {"source": REPORTED, "accumulates": "1" if accumulates else ""}
    return {
        "owner": former.owner or "",
        "source": former.source,
        "computed": f"{former.plugin}:{former.key}" if former.plugin else "",
        "baseline": format_number(former.baseline) if former.baseline else "",
        "baseline_unit": former.baseline_unit or "",
        "accumulates": "1" if former.accumulates else "",
    }


def _render_reading(measure: LoadedMeasure, typed: Typed, error: CchcError | None = None) -> str:
    known = {period for period, source in measure.history.readings if source == REPORTED}
    periods_so_far = measures.recordable_periods(measure.plan.year, local_day(g.ws.now()))
    choices = [
        (period.name, upper_first(period.words())) for period in periods_so_far if period.name not in known
    ]
    return _render("reading", measure, typed, error, periods=choices)


def _render_correction(
    measure: LoadedMeasure, typed: Typed, period: str, error: CchcError | None = None
) -> str:
    measures.require_role(measures.decider_role(g.person))
    former = _require_reported_reading(measure, period)
    words = reading_words(former.value, _goal(measure).unit, is_judged=measure.number == 0)
    period_told = periods.parse(former.period)
    return _render("correction", measure, typed, error, former=former, words=words, period=period_told)


def _render(form: str, measure: LoadedMeasure, typed: Typed, error: CchcError | None, **more: Any) -> str:
    """Return the page of a form; after another has changed the measure, with what it is now."""
    context = form_context(stream_of_measure(measure.plan.id, *measure.key), error)
    planned = planned_measure(measure.target, measure.number)
    return render_template(
        f"targets/{form}.html",
        measure=measure,
        planned=planned,
        goal=_goal(measure),
        typed=typed,
        **context,
        **more,
    )


def _require_reported_reading(measure: LoadedMeasure, period: str) -> Reading:
    """Return the reading that was reported for a period; raise NotFound."""
    reading = measure.history.readings.get((period, REPORTED))
    if reading is None:
        raise NotFound("Kỳ này chưa có số đơn vị báo cáo.", "Hãy mở lại trang của chỉ tiêu.")
    return reading


def _goal(measure: LoadedMeasure) -> Goal:
    plan, end = measure.plan, date.fromisoformat(measure.plan.closing_day)
    return goal_of(measure.target, measure.number, measure.history.setting, plan.year, end)


def _editable(measure: LoadedMeasure, value: str | None) -> str:
    """Return a figure as somebody would type it."""
    if value is None:
        return NOTHING_AROSE
    return value if measure.number == 0 else format_number(value)
