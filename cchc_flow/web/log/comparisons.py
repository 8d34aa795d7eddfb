"""Two moments of the log side by side; every view is a URL."""

from typing import Any

from flask import Blueprint, g, render_template

from cchc_flow.audit.comparison.compare import (
    ADDED,
    CHANGED,
    CLOSED,
    DUE,
    MOVED,
    QUIET,
    SORTS,
    Comparison,
    compare,
)
from cchc_flow.audit.comparison.wording import Wording
from cchc_flow.audit.words import event_type_title
from cchc_flow.errors import BadInput
from cchc_flow.projections import directory, plans
from cchc_flow.web.http.reading import record_search
from cchc_flow.web.log.comparison_query import (
    READINGS,
    ComparisonQuery,
    parse_comparison_query,
    scope_plan,
    suggestions,
)
from cchc_flow.web.log.events import for_auditors
from cchc_flow.workflow.calendar import local_day

bp = Blueprint("comparisons", __name__, url_prefix="/<workspace>")
SHOWN = 20
"""How many lines of one sort are shown while all sorts are."""
MOST_SHOWN = 2_000
"""How many lines of a sort are shown where it is shown alone."""
TITLES = {
    ADDED: "Mới có",
    CLOSED: "Đã kết thúc",
    MOVED: "Chuyển bước",
    DUE: "Đổi hạn",
    CHANGED: "Thay đổi khác",
    QUIET: "Có sự kiện, không đổi gì",
    READINGS: "Số liệu chỉ tiêu",
}
WORDS = {
    ADDED: "Chưa có ở thời điểm trước, có ở thời điểm sau.",
    CLOSED: "Hoàn thành, đã hủy hoặc được miễn trong khoảng này.",
    MOVED: "Trạng thái ở thời điểm sau khác thời điểm trước.",
    DUE: "Hạn ở thời điểm sau khác thời điểm trước.",
    CHANGED: "Người làm, tiến độ, minh chứng, thông tin đã ghi.",
    QUIET: "Chỉ có trao đổi, nhắc việc, hoặc có bước đã được hoàn tác.",
    READINGS: "Số liệu mới ghi hoặc đã sửa, và đơn vị theo dõi chỉ tiêu.",
}


@bp.get("/comparisons")
@for_auditors
def show() -> str:
    """Show the form, and what became another between its two moments."""
    query = parse_comparison_query()
    record_search(bp.name, query.errors)
    comparison, problem = _compare(query)
    return render_template(
        "comparisons/show.html",
        query=query,
        problem=problem,
        suggestions=suggestions(),
        last_day=local_day(g.ws.now()),
        **_choices(query),
        **(_result(query, comparison) if comparison else {}),
    )


def _compare(query: ComparisonQuery) -> tuple[Comparison | None, BadInput | None]:
    """Return the comparison, None without two moments; and what speaks against it."""
    if not query.is_ready or query.since is None or query.upto is None:
        return None, None
    try:
        return compare(g.ws, query.scope, (query.since.position, query.upto.position), g.reader), None
    except BadInput as error:
        return None, error


def _result(query: ComparisonQuery, comparison: Comparison) -> dict[str, Any]:
    """Return the template variables of what was found: the number of each sort, and the lines to show."""
    wording, only = Wording(g.ws, g.reader), query.values["sort"]
    numbers = {sort: len(comparison.items[sort]) for sort in SORTS} | {READINGS: len(comparison.readings)}
    shown = MOST_SHOWN if only else SHOWN
    return {
        "comparison": comparison,
        "figures": [(sort, TITLES[sort], number) for sort, number in numbers.items()],
        "groups": [
            (sort, TITLES[sort], WORDS[sort], numbers[sort], wording.item_lines(sort, courses[:shown]))
            for sort, courses in comparison.items.items()
            if courses and only in ("", sort)
        ],
        "readings": wording.reading_lines(comparison.readings[:shown]) if only in ("", READINGS) else [],
        "readings_title": (READINGS, TITLES[READINGS], WORDS[READINGS], numbers[READINGS]),
        "others": [] if only else _other_events(comparison),
        "shows_all": not only,
    }


def _other_events(comparison: Comparison) -> list[tuple[str, tuple[int, ...]]]:
    """Return the events about neither items nor targets, by the title of their type, in its order."""
    by_title: dict[str, list[int]] = {}
    for name, positions in comparison.others.items():
        by_title.setdefault(event_type_title(name), []).extend(positions)
    return [(title, tuple(sorted(by_title[title]))) for title in sorted(by_title)]


def _choices(query: ComparisonQuery) -> dict[str, list[tuple[str, str]]]:
    """Return what the form offers: plans, the areas of one, and units."""
    plan = scope_plan(query.values)
    return {
        "plans": [(plan.id, f"Kế hoạch năm {plan.year}") for plan in plans.plans(g.db)],
        "areas": [
            (area.code, f"{area.code}. {area.title}") for area in (plans.areas(g.db, plan.id) if plan else [])
        ],
        "units": [(unit.id, unit.words) for unit in directory.units(g.db)],
    }
