"""What a reader asks of the board: filters, words and a day, all of it in the URL."""

from collections.abc import Mapping
from datetime import date

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.projections import plans, workflows
from cchc_flow.projections.cards.queries import NONE, Filters
from cchc_flow.projections.directory import Person
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_words, end_of_day, local_day, parse_day
from cchc_flow.workspace import Workspace

DUE = {
    "late": "Quá hạn",
    "soon": "Sắp đến hạn",
    "in_time": "Còn hạn",
    "asked": "Đang xin gia hạn",
    "none": "Không đặt hạn",
    "done": "Đã xong",
}
WORDS_LIMIT = 200
ALL_PLANS = "all"
PARAMETERS = ("kind", "plan", "area", "unit", "period", "due", "mine", "as_of", "words")
"""What a URL says of a question: the board, the overview and the list of items take the same."""


class BoardQuery(msgspec.Struct, frozen=True):
    """What to show on the day `today`; `at` is the log position of a past day (`as_of`), None for now.

    `is_over` tells that this day has ended: the board of today, asked for by its date, is that of now.
    """

    filters: Filters
    unit: str
    mine: bool
    today: date
    as_of: date | None = None
    at: int | None = None
    is_over: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Tell whether any filter is set."""
        return self.filters != Filters(kind=self.filters.kind, plan=self.filters.plan)


def parse_board_query(asked: Mapping[str, str], person: Person, ws: Workspace) -> BoardQuery:
    """Return what the parameters of a board URL ask; raise BadInput for a day or due state that cannot be."""
    given = {name: value.strip() for name, value in asked.items()}
    today = local_day(ws.now())
    as_of = parse_past_day(given.get("as_of", ""), today)
    unit, mine = given.get("unit", ""), bool(given.get("mine"))
    plan = _parse_plan(given.get("plan", ""), as_of or today, ws)
    return BoardQuery(
        filters=msgspec.structs.replace(
            _filters(given, person, unit, mine), kind=_parse_kind(given, ws), plan=plan
        ),
        unit=unit,
        mine=mine,
        today=as_of or today,
        as_of=as_of,
        at=ws.log.position_before(end_of_day(as_of)) if as_of else None,
        is_over=as_of is not None and as_of < today,
    )


def scope_parameters(asked: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters by which another page shows the same scope on the same day."""
    return {name: asked[name] for name in PARAMETERS if asked.get(name)}


def parse_past_day(words: str, today: date) -> date | None:
    """Return the day that is asked for, None when none is; raise BadInput for no day, or one to come."""
    if not words:
        return None
    try:
        day = parse_day(words)
    except ValueError:
        raise BadInput(
            f"«{words[:40]}» không phải là một ngày.",
            "Hãy nhập ngày như 25/01/2026.",
        ) from None
    if day > today:
        raise BadInput(
            f"Ngày {day_words(day)} chưa đến: chỉ xem được hôm nay và những ngày đã qua.",
            f"Hãy chọn một ngày không sau hôm nay, {day_words(today)}.",
        )
    return day


def _filters(given: Mapping[str, str], person: Person, unit: str, mine: bool) -> Filters:
    """Return the filters; mine means my unit's, or those I am in charge of when another unit is chosen."""
    own_unit = person.unit if mine and unit in ("", person.unit) else None
    return Filters(
        area=given.get("area") or None,
        unit=own_unit or unit or None,
        officer=person.id if mine and not own_unit else None,
        period=_parse_period(given.get("period", "")),
        due=_parse_due(given.get("due", "")),
        words=given.get("words", "")[:WORDS_LIMIT],
    )


def _parse_plan(words: str, day: date, ws: Workspace) -> str | None:
    """Return the plan that is asked for (None: all), else that of the day's year, else the newest."""
    known = plans.plans(ws.read())
    if words == ALL_PLANS or not known:
        return None
    if words and words not in {plan.id for plan in known}:
        raise BadInput(
            f"Không có kế hoạch «{words[:40]}».", "Hãy mở trang Kế hoạch để xem các kế hoạch đã nhập."
        )
    of_year = next((plan.id for plan in known if plan.year == day.year), known[0].id)
    return words or of_year


def _parse_period(words: str) -> str | None:
    if words and words != NONE:
        periods.parse(words)
    return words or None


def _parse_kind(given: Mapping[str, str], ws: Workspace) -> str:
    kind = given.get("kind") or "task"
    if kind != "task" and kind not in workflows.kind_titles(ws.read()):
        raise BadInput(f"Không có loại công việc «{kind[:40]}».", "Hãy mở lại từ bảng công việc.")
    return kind


def _parse_due(words: str) -> str | None:
    if words and words not in DUE:
        raise BadInput(f"Không có tình trạng hạn «{words[:40]}».", f"Hãy chọn: {', '.join(DUE.values())}.")
    return words or None
