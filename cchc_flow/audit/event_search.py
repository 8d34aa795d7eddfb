"""A search of the history as it is written in an address: what it stands for, and what is wrong with it.

Nothing is passed over in silence: a parameter that there is not, one that is given twice, and a value that
nothing can have are each told in a sentence, and then the search finds nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property

import msgspec
from msgspec.structs import replace

from cchc_flow.audit import search_choices
from cchc_flow.audit.event_words import terms_of
from cchc_flow.audit.search_choices import CLOCKS
from cchc_flow.audit.trail import ITEM, find_items
from cchc_flow.audit.typed_days import parse_typed_day
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.trail import TrailSearch
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workspace import Workspace

CHOSEN = ("person", "unit", "role", "channel", "type", "kind", "area", "flag")
"""The parameters whose value is one of some: the facets."""
PARAMETERS = ("q", "from", "to", "day", "clock", "item", *CHOSEN)
WORDS_LIMIT = 200
SHOWN = 60
NO_EVENTS = TrailSearch(stream="")


class EventQuery(msgspec.Struct, frozen=True, dict=True):
    """The filters as they were typed, the search they stand for, and a sentence for each wrong one.

    `candidates` are the items that match the typed item; the reader has to choose if there are several.
    """

    values: dict[str, str]
    search: TrailSearch
    errors: dict[str, str]
    candidates: list[Card]

    @property
    def given(self) -> dict[str, str]:
        """The filters that are set, as the parameters of an address."""
        return {name: value for name, value in self.values.items() if value}

    @cached_property
    def is_usable(self) -> bool:
        """Whether the search is what was asked for: nothing is wrong, and no item is left to choose."""
        return not self.errors and len(self.candidates) <= 1


def parse_search(
    ws: Workspace,
    pairs: Iterable[tuple[str, str]],
    reader: Reader | None,
    others: Collection[str] = (),
) -> EventQuery:
    """Return the search that parameters stand for; with an error in one of them it finds nothing.

    The parameters of a page itself (`others`) are left to it. An empty value is none.
    """
    values, errors = _gather(pairs, others)
    days = {name: parse_typed_day(name, values[name], errors) for name in ("from", "to", "day")}
    since, until = days["day"] or days["from"], days["day"] or days["to"]
    _check_range(days, errors)
    candidates = find_items(ws.read(), values["item"], reader) if values["item"] else []
    if values["item"] and not candidates:
        errors["item"] = f"Không có công việc nào có mục hoặc mã «{values['item'][:SHOWN]}»."
    errors |= search_choices.find_wrong_values(ws, {name: values[name] for name in CHOSEN}, reader)
    errors |= _wrong_words(values)
    if errors or len(candidates) > 1:
        return EventQuery(values, NO_EVENTS, errors, candidates)
    stream = f"{ITEM}{candidates[0].id}" if candidates else None
    chosen = {name: values[name] or None for name in CHOSEN}
    search = TrailSearch(
        stream=stream,
        since=since,
        until=until,
        clock="happened" if values["clock"] == "happened" else "recorded",
        words=values["q"],
    )
    return EventQuery(values, replace(search, **chosen), errors, candidates)


def _gather(
    pairs: Iterable[tuple[str, str]], others: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the values by parameter, and a sentence for each that is unknown or given more than once."""
    values, errors = dict.fromkeys(PARAMETERS, ""), dict[str, str]()
    for name, raw in pairs:
        value = raw.strip()
        if name in others or not value:
            continue
        if name not in values:
            errors[name] = _unknown_words(name)
        elif values[name] not in ("", value):
            errors[name] = f"Điều kiện «{name}» có hai giá trị; chỉ lọc được theo một giá trị."
        else:
            values[name] = value
    return values, errors


def _unknown_words(name: str) -> str:
    near = get_close_matches(name, PARAMETERS, 1)
    hint = f" Có phải ý bạn là «{near[0]}»?" if near else f" Các điều kiện có: {', '.join(PARAMETERS)}."
    return f"Nhật ký không có điều kiện lọc «{name[:SHOWN]}».{hint}"


def _check_range(days: Mapping[str, date | None], errors: dict[str, str]) -> None:
    """Add a sentence for days that cannot be meant together."""
    since, until = days["from"], days["to"]
    if since and until and since > until:
        errors["to"] = f"Ngày cuối {day_words(until)} ở trước ngày đầu {day_words(since)}. Hãy đổi lại."
    if days["day"] and (since or until):
        errors["day"] = "Đã chọn một ngày thì không chọn thêm từ ngày, đến ngày. Hãy bỏ bớt."


def _wrong_words(values: Mapping[str, str]) -> dict[str, str]:
    """Return a sentence if the clock is none of the two, or the words cannot be searched for."""
    errors, words = {}, values["q"]
    if values["clock"] not in ("", *CLOCKS):
        errors["clock"] = (
            f"Không có cách tính ngày «{values['clock'][:SHOWN]}». Hãy chọn: {', '.join(CLOCKS)}."
        )
    if len(words) > WORDS_LIMIT:
        errors["q"] = f"Chỉ tìm được nhiều nhất {WORDS_LIMIT} ký tự. Hãy rút ngắn."
    elif words and not terms_of(words):
        errors["q"] = f"«{words[:SHOWN]}» không có chữ hay số nào để tìm."
    return errors
