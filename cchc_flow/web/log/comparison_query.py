"""What the URL of a comparison asks for: two moments, a scope, and which sort of change is shown in full."""

from collections.abc import Mapping
from datetime import timedelta

import msgspec
from flask import g, request

from cchc_flow.audit import trail as history
from cchc_flow.audit.comparison.compare import SORTS
from cchc_flow.audit.comparison.scope import Scope
from cchc_flow.errors import BadInput
from cchc_flow.plugin_host.contributions import areas, recognise_area, register_areas
from cchc_flow.projections import directory, plans
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.plans import Plan, PlanArea
from cchc_flow.web.http.moments import Moment, parse_moment
from cchc_flow.web.http.unknown_parameters import SHOWN, unknown_parameter_words
from cchc_flow.workflow.calendar import local_day

PARAMETERS = ("from", "to", "plan", "area", "unit", "item", "sort")
READINGS = "readings"
"""The sort of the readings of targets, beside those of items."""
WITHOUT_ITEMS: tuple[str, ...] = ()


class ComparisonQuery(msgspec.Struct, frozen=True):
    """The parameters as they were typed, what they stand for, and a sentence for each wrong or unknown one.

    Nothing is compared without `since` or with an error. `candidates` are the items that match the typed one,
    of which the reader has to choose if there are several.
    """

    values: Mapping[str, str]
    errors: Mapping[str, str]
    remarks: tuple[str, ...]
    since: Moment | None
    upto: Moment | None
    scope: Scope
    candidates: tuple[Card, ...]

    @property
    def is_ready(self) -> bool:
        """Tell whether there is something to compare."""
        return self.since is not None and self.upto is not None and not self.errors

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters that another page of the same comparison has as well."""
        return {name: value for name, value in self.values.items() if value and name != "sort"}


def parse_comparison_query() -> ComparisonQuery:
    """Return what the URL of this request asks for."""
    values = {name: request.args.get(name, "").strip() for name in PARAMETERS}
    errors: dict[str, str] = {}
    since = _parse_moment("from", values, errors) if values["from"] else None
    upto = _parse_moment("to", values, errors)
    if since and upto and since.position > upto.position:
        errors["to"] = "Thời điểm sau đến trước thời điểm đầu. Hãy đổi chỗ hai thời điểm."
    candidates = tuple(_find_items(values["item"], errors))
    return ComparisonQuery(
        values,
        errors,
        unknown_parameter_words(request.args, PARAMETERS),
        since,
        upto,
        _parse_scope(values, errors, candidates),
        candidates,
    )


def suggestions() -> list[tuple[str, dict[str, str]]]:
    """Return what is compared most often, as (words, parameters)."""
    today = local_day(g.ws.now())
    last_month, last_year = today.replace(day=1) - timedelta(days=1), today.replace(month=1, day=1)
    moments = (
        ("7 ngày qua", today - timedelta(days=7)),
        ("Từ đầu tháng", last_month),
        ("Từ đầu năm", last_year - timedelta(days=1)),
    )
    return [(words, {"from": day.isoformat()}) for words, day in moments]


def scope_plan(values: Mapping[str, str]) -> Plan | None:
    """Return the plan whose areas are offered: the chosen one, else the one in force today."""
    return plans.find_plan(g.db, values["plan"]) or plans.plan_of_day(g.db, local_day(g.ws.now()))


def _parse_moment(name: str, values: Mapping[str, str], errors: dict[str, str]) -> Moment | None:
    try:
        return parse_moment(values[name])
    except BadInput as error:
        errors[name] = str(error)
        return None


def _find_items(words: str, errors: dict[str, str]) -> list[Card]:
    """Return the item with this id, else those with this reference, as far as they may be read."""
    if not words:
        return []
    by_id = queries.readable_cards(g.db, queries.cards_by_id(g.db, [words]), g.reader)
    found = by_id or history.find_items(g.db, words, g.reader)
    if not found:
        errors["item"] = f"Không có công việc nào có mục hoặc mã «{words[:SHOWN]}»."
    elif len(found) > 1:
        errors["item"] = f"Có {len(found)} công việc ở mục «{words[:SHOWN]}». Hãy chọn một ở dưới."
    return found


def _parse_scope(values: Mapping[str, str], errors: dict[str, str], candidates: tuple[Card, ...]) -> Scope:
    plan = _known("plan", values, errors, [plan.id for plan in plans.plans(g.db)])
    in_plan = scope_plan(values)
    offered = plans.areas(g.db, in_plan.id) if in_plan else []
    area = _known("area", values, errors, [area.code for area in offered])
    _known("sort", values, errors, [*SORTS, READINGS])
    return Scope(
        plan=plan,
        area=area,
        kinds=_registers_of(next((one for one in offered if one.code == area), None)),
        unit=_known("unit", values, errors, [unit.id for unit in directory.units(g.db)]),
        items=_with_parts(candidates[0]) if len(candidates) == 1 else WITHOUT_ITEMS,
    )


NAMES = {"plan": "kế hoạch", "area": "lĩnh vực", "unit": "đơn vị", "sort": "loại thay đổi"}


def _known(name: str, values: Mapping[str, str], errors: dict[str, str], known: list[str]) -> str | None:
    """Return a value that must be a known one, None for no value or, with a sentence, an unknown one."""
    value = values[name]
    if value and value not in known:
        errors[name] = f"Không có {NAMES[name]} «{value[:SHOWN]}»."
        return None
    return value or None


def _registers_of(area: PlanArea | None) -> frozenset[str]:
    """Return the kinds of the registers that belong to an area of a plan."""
    if area is None:
        return frozenset()
    own = recognise_area(area.title, areas(g.ws.plugins))
    return frozenset(kind for kind, other in register_areas(g.ws.plugins).items() if own and other == own)


def _with_parts(card: Card) -> tuple[str, ...]:
    """Return the ids of an item and of those of its parts that may be read."""
    parts = queries.readable_cards(g.db, queries.cards_of_parts(g.db, card.id), g.reader)
    return (card.id, *(part.id for part in parts))
