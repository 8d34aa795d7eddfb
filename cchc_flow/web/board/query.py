"""What the URL of a board, an overview or a list asks for: filters, words to find, and a day."""

from collections.abc import Mapping
from datetime import date

import msgspec

from cchc_flow.errors import BadInput, NotFound
from cchc_flow.projections import plans, reading
from cchc_flow.projections.cards.filters import NONE, Filters
from cchc_flow.projections.directory import Person
from cchc_flow.projections.reading import Reader
from cchc_flow.reporting.ageing import WAITED, positions_of
from cchc_flow.web.board import remarks
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
LANES = {"area": "Lĩnh vực", "unit": "Đơn vị", "person": "Người làm"}
"""Into what swimlanes a board can be divided, as the parameter `lanes` names it."""
WORDS_LIMIT = 200
ALL_PLANS = "all"
PARAMETERS = (
    "kind",
    "plan",
    "area",
    "unit",
    "officer",
    "period",
    "state",
    "due",
    "due_from",
    "due_to",
    "waited",
    "mine",
    "parts",
    "lanes",
    "as_of",
    "words",
)
"""The URL parameters that the board, the overview and the list of items have in common."""
OF_ONE_PAGE = ("figure", "page", "sort", "after", "since", "month", "by")
"""The URL parameters that say how one of these pages shows them."""
KNOWN = frozenset({*PARAMETERS, *OF_ONE_PAGE})


class BoardQuery(msgspec.Struct, frozen=True):
    """What to show: the items that match `filters`, as they stood on the day `today`.

    `lanes` is a key of LANES, empty for a board that is not divided. By unit or person each part stands in
    its own swimlane, since a whole belongs to many. For a day that was asked for (`as_of`), `at` is the last
    log position of that day; None for now. `is_over` is False for today, even when it was asked for by its
    date. `remarks` say in sentences what in the URL means nothing, or nothing any more.
    """

    filters: Filters
    unit: str
    mine: bool
    today: date
    lanes: str = ""
    as_of: date | None = None
    at: int | None = None
    is_over: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Tell whether any filter is set besides the kind and the plan."""
        return self.filters != self.whole

    @property
    def whole(self) -> Filters:
        """The kind and the plan that are shown, without any other filter."""
        filters = self.filters
        return Filters(kind=filters.kind, plan=filters.plan, parts=filters.parts, readable=filters.readable)


def parse_board_query(parameters: Mapping[str, str], person: Person, ws: Workspace) -> BoardQuery:
    """Return what the parameters of a URL ask for, limited to what the person may read.

    Raise BadInput for a value that does not exist, NotFound for a kind of which the person may read nothing.
    """
    values = {name: value.strip() for name, value in parameters.items()}
    today = local_day(ws.now())
    as_of = parse_past_day(values.get("as_of", ""), today)
    unit, mine = values.get("unit", ""), bool(values.get("mine"))
    plan = _parse_plan(values.get("plan", ""), as_of or today, ws)
    reader = reading.reader_of_person(ws.read(), person)
    kind = _parse_kind(values, reader)
    moved_after, moved_by = _parse_waited(values.get("waited", ""), as_of or today, ws)
    filters = msgspec.structs.replace(
        _filters(values, person, unit, mine),
        moved_after=moved_after,
        moved_by=moved_by,
        kind=kind,
        plan=plan,
        readable=reading.readable_items(ws.read(), reader, kind),
    )
    return BoardQuery(
        filters=filters,
        remarks=remarks.remarks_on(ws.read(), values, filters, KNOWN) if values else (),
        unit=unit,
        mine=mine,
        today=as_of or today,
        lanes=_parse_lanes(values.get("lanes", "")),
        as_of=as_of,
        at=ws.log.position_before(end_of_day(as_of)) if as_of else None,
        is_over=as_of is not None and as_of < today,
    )


def scope_parameters(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters that make another page show the same items on the same day."""
    return {name: parameters[name] for name in PARAMETERS if parameters.get(name)}


def plan_parameters(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters that name the plan and the day, without any narrower choice."""
    return {name: parameters[name] for name in ("plan", "as_of") if parameters.get(name)}


def parse_past_day(words: str, today: date) -> date | None:
    """Return the typed day, None for an empty string; raise BadInput for no day or a future one."""
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


def _filters(values: Mapping[str, str], person: Person, unit: str, mine: bool) -> Filters:
    """Return the filters; `mine` limits them to my unit, or to my own items if another unit is chosen."""
    own_unit = person.unit if mine and unit in ("", person.unit) else None
    return Filters(
        area=values.get("area") or None,
        unit=own_unit or unit or None,
        officer=person.id if mine and not own_unit else values.get("officer") or None,
        period=_parse_period(values.get("period", "")),
        state=values.get("state") or None,
        due_from=_iso_day(values.get("due_from", "")),
        due_to=_iso_day(values.get("due_to", "")),
        due=_parse_due(values.get("due", "")),
        words=values.get("words", "")[:WORDS_LIMIT],
        parts=bool(values.get("parts")) or values.get("lanes", "") in ("unit", "person"),
    )


def _parse_plan(words: str, day: date, ws: Workspace) -> str | None:
    """Return the id of the plan that was asked for, else that in force on the day; None for all plans."""
    adopted_plans = plans.plans(ws.read())
    if words == ALL_PLANS or not adopted_plans:
        return None
    if words and words not in {plan.id for plan in adopted_plans}:
        raise BadInput(
            f"Không có kế hoạch «{words[:40]}».", "Hãy mở trang Kế hoạch để xem các kế hoạch đã nhập."
        )
    in_force = plans.plan_of_day(ws.read(), day)
    return words or (in_force.id if in_force else None)


def _parse_period(words: str) -> str | None:
    """Return the name of a period, None for an empty string; raise BadInput."""
    if words and words != NONE:
        periods.parse(words)
    return words or None


def _parse_kind(values: Mapping[str, str], reader: Reader) -> str:
    """Return the kind of items, "task" if none was given.

    Raise NotFound for one that does not exist, or of which the reader may read nothing.
    """
    kind = values.get("kind") or "task"
    if kind not in reader.scopes:
        raise NotFound(
            f"Không có loại công việc «{kind[:40]}», hoặc bạn không được xem.",
            "Hãy mở lại từ bảng công việc.",
        )
    return kind


def _parse_lanes(words: str) -> str:
    """Return into what swimlanes the board is divided, an empty string for none; raise BadInput."""
    if words and words not in LANES:
        raise BadInput(
            f"Không chia hàng theo «{words[:20]}» được.", f"Hãy chọn: {', '.join(LANES.values())}."
        )
    return words


def parse_bound(words: str) -> date | None:
    """Return a day of any time, None for an empty string; raise BadInput."""
    try:
        return parse_day(words) if words else None
    except ValueError:
        raise BadInput(f"«{words[:40]}» không phải là một ngày.", "Hãy nhập ngày như 25/01/2026.") from None


def _iso_day(words: str) -> str | None:
    day = parse_bound(words)
    return day.isoformat() if day else None


def _parse_waited(words: str, day: date, ws: Workspace) -> tuple[int | None, int | None]:
    """Return between which positions items came into their state; raise BadInput for no name of `WAITED`."""
    if words and words not in WAITED:
        choices = ", ".join(WAITED.values())
        raise BadInput(f"Không có khoảng ngày «{words[:40]}».", f"Hãy chọn: {choices}.")
    return positions_of(ws, words, day) if words else (None, None)


def _parse_due(words: str) -> str | None:
    """Return the state of the due day to filter by, None for an empty string; raise BadInput."""
    if words and words not in DUE:
        raise BadInput(f"Không có tình trạng hạn «{words[:40]}».", f"Hãy chọn: {', '.join(DUE.values())}.")
    return words or None
