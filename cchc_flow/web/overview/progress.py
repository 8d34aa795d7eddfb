"""Progress: how long open work has been in each state, and what was done by its day, by unit and by area."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from flask import Blueprint, g, render_template, request
from sqlite_utils import Database

from cchc_flow.errors import BadInput
from cchc_flow.projections import directory, workflows
from cchc_flow.reporting.ageing import WAITED, Age, ages
from cchc_flow.web.board.count_labels import kind_noun, percent
from cchc_flow.web.board.query import BoardQuery, parse_board_query, parse_bound, scope_parameters
from cchc_flow.web.board.views import filter_choices, year_words
from cchc_flow.web.overview.views import CountsRow, area_titles, counts_rows
from cchc_flow.workflow.calendar import day_words, local_day

bp = Blueprint("progress", __name__)
SIDES = (
    ("done_in_time", "Xong đúng hạn"),
    ("done_late", "Xong trễ hạn"),
    ("open_late", "Quá hạn, chưa xong"),
    ("open_in_time", "Chưa đến hạn"),
)
"""What becomes of the items that are due in a period, from left to right."""


class BarPiece(msgspec.Struct, frozen=True):
    """One piece of a bar: its class, and where it begins and how wide it is, in percent."""

    style: str
    start: float
    width: float


class Bar(msgspec.Struct, frozen=True):
    """A bar with its words: what it is about, and what it says."""

    title: str
    words: str
    pieces: tuple[BarPiece, ...]


@bp.get("/<workspace>/progress")
def show() -> str:
    """Show ages by state and the shares done by their day, within the filters and the days of the URL."""
    begin, end = _parse_days(request.args)
    parameters = {**request.args, "due_from": begin.isoformat(), "due_to": end.isoformat()}
    query = parse_board_query(parameters, g.person, g.ws)
    db = g.db
    units = {unit.id: unit.words for unit in directory.units(db)}
    by_unit = counts_rows(db, query, "lead", units)
    by_area = counts_rows(db, query, "area", area_titles(db, query)) if query.filters.kind == "task" else []
    state_ages = _ages(db, query)
    scope = scope_parameters(parameters)
    return render_template(
        "progress/show.html",
        query=query,
        begin=begin,
        end=end,
        charts=[
            (parameter, called, rows, [_time_bar(row) for row in rows])
            for parameter, called, rows in (("unit", "đơn vị", by_unit), ("area", "lĩnh vực", by_area))
        ],
        share=_share_words,
        ages=state_ages,
        age_bars=[_age_bar(title, age, state_ages) for title, age in state_ages],
        waited=WAITED,
        sides=SIDES,
        scope=scope,
        open_scope={
            name: value for name, value in scope.items() if name not in ("due_from", "due_to", "waited")
        },
        noun=kind_noun(query.filters.kind),
        year_words=year_words(db, query),
        url_args=request.args,
        last_day=local_day(g.ws.now()),
        **filter_choices(db, query),
    )


show.section = "overview"  # type: ignore[attr-defined]


def _parse_days(parameters: Mapping[str, str]) -> tuple[date, date]:
    """Return the first and last day of the period: by default from the year's first day until today."""
    today = local_day(g.ws.now())
    begin, end = (
        parse_bound(parameters.get(name, "").strip()) or default
        for name, default in (("due_from", today.replace(month=1, day=1)), ("due_to", today))
    )
    if begin > end:
        raise BadInput(
            f"Ngày bắt đầu {day_words(begin)} sau ngày kết thúc {day_words(end)}.",
            "Hãy chọn ngày bắt đầu không sau ngày kết thúc.",
        )
    return begin, end


def _ages(db: Database, query: BoardQuery) -> list[tuple[str, Age]]:
    """Return the ages of open work with the titles of the states, in the order of the workflow."""
    scope = msgspec.structs.replace(
        query.filters, due_from=None, due_to=None, moved_after=None, moved_by=None
    )
    found = ages(g.ws, db, scope, query.today, at=query.at)
    titles = workflows.state_titles(db)
    order = [name for kind, name in titles if kind == query.filters.kind]
    return [(titles[query.filters.kind, name], found[name]) for name in order if name in found]


def _share_words(row: CountsRow) -> str:
    """Return the share of the items whose day is over, or that are done, that were done by their day."""
    counts = row.counts
    return percent(counts.done_in_time, counts.total - counts.open_in_time)


def _time_bar(row: CountsRow) -> Bar:
    """Return the bar of a unit's or an area's items that are due in the period."""
    counts = row.counts
    numbers = [(side, getattr(counts, side)) for side, _ in SIDES]
    judged = counts.total - counts.open_in_time
    words = (
        f"{_share_words(row)} đúng hạn ({counts.done_in_time}/{judged})" if judged else "chưa có việc đến hạn"
    )
    return Bar(row.title, words, _pieces(numbers, counts.total))


def _age_bar(title: str, age: Age, all_ages: Sequence[tuple[str, Age]]) -> Bar:
    """Return the bar of a state: as wide as its items are many beside those of the fullest state."""
    most = max(other.total for _, other in all_ages)
    numbers = [(f"age-{number}", age.numbers[name]) for number, name in enumerate(WAITED)]
    return Bar(title, f"{age.total} việc, lâu nhất {age.longest} ngày", _pieces(numbers, most))


def _pieces(numbers: Sequence[tuple[str, int]], whole: int) -> tuple[BarPiece, ...]:
    """Return the pieces of a bar, without empty ones."""
    pieces, start = [], 0.0
    for style, number in numbers:
        width = 100 * number / whole if whole else 0.0
        if width:
            pieces.append(BarPiece(style, round(start, 3), round(width, 3)))
        start += width
    return tuple(pieces)
