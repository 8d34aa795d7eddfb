"""Who read what, for auditors: every view is a URL, and looking here is a read as well."""

import re

import msgspec
from flask import Blueprint, g, render_template, request

from cchc_flow.audit.read_rows import ReadPage, ReadSearch, load_reads
from cchc_flow.audit.reads import ACTS, known_since
from cchc_flow.audit.trail import find_items
from cchc_flow.audit.typed_days import parse_typed_day
from cchc_flow.errors import LogBroken
from cchc_flow.projections import directory, province, settings
from cchc_flow.projections.cards.queries import Card
from cchc_flow.web.http.reading import record_search
from cchc_flow.web.http.unknown_parameters import unknown_parameter_words
from cchc_flow.web.log.events import for_auditors

bp = Blueprint("reads", __name__, url_prefix="/<workspace>/reads")
PARAMETERS = ("person", "act", "item", "from", "to", "before")
PLACE = re.compile(r"(\d{4}-\d{2}):(\d{1,15})", re.ASCII)
SHOWN = 60
NOTHING = ReadPage((), None)


class ReadQuery(msgspec.Struct):
    """The filters as they were typed, the search they stand for, and a sentence for each wrong one."""

    values: dict[str, str]
    search: ReadSearch
    errors: dict[str, str]
    candidates: list[Card]

    @property
    def given(self) -> dict[str, str]:
        """The filters that are set, as the parameters of an address."""
        return {name: value for name, value in self.values.items() if value and name != "before"}


@bp.get("")
@for_auditors
def index() -> str:
    """Show who opened, took, searched or exported what, newest first, 100 to a page."""
    people = {person.id: person.name for person in directory.people(g.db)}
    people |= {visitor.id: visitor.words for visitor in province.visitors(g.db).values()}
    query = _parse_query(people)
    record_search(bp.name, query.errors)
    page, damage = _load(query)
    return render_template(
        "reads/index.html",
        query=query,
        page=page,
        damage=damage,
        people=sorted(people.items(), key=lambda pair: pair[1]),
        acts=list(ACTS.items()),
        remarks=unknown_parameter_words(request.args, PARAMETERS),
        since=None if damage else known_since(g.ws),
        keep_months=settings.effective_settings(g.db).reads.keep_months,
    )


def _load(query: ReadQuery) -> tuple[ReadPage, LogBroken | None]:
    """Return the page that is asked for, nothing for a wrong filter; and what keeps it from being read."""
    place = PLACE.fullmatch(query.values["before"])
    if query.errors or len(query.candidates) > 1:
        return NOTHING, None
    try:
        before = (place[1], int(place[2])) if place else None
        return load_reads(g.ws, query.search, g.reader, before), None
    except LogBroken as error:
        return NOTHING, error


def _parse_query(people: dict[str, str]) -> ReadQuery:
    """Return the filters of the address; what there is not is told in a sentence."""
    values = {name: request.args.get(name, "").strip() for name in PARAMETERS}
    errors: dict[str, str] = {}
    if values["person"] and values["person"] not in people:
        errors["person"] = f"Không có người dùng «{values['person'][:SHOWN]}»."
    if values["act"] and values["act"] not in ACTS:
        errors["act"] = f"Không có cách xem «{values['act'][:SHOWN]}»."
    if values["before"] and not PLACE.fullmatch(values["before"]):
        errors["before"] = "Địa chỉ trang tiếp không đúng; hãy mở lại từ đầu sổ."
    candidates = find_items(g.db, values["item"], g.reader) if values["item"] else []
    if values["item"] and not candidates:
        errors["item"] = f"Không có công việc nào có mục hoặc mã «{values['item'][:SHOWN]}»."
    days = {name: parse_typed_day(name, values[name], errors) for name in ("from", "to")}
    since, until = days["from"], days["to"]
    if since and until and since > until:
        errors["to"] = "Ngày cuối ở trước ngày đầu. Hãy đổi lại."
    item = candidates[0] if len(candidates) == 1 else None
    search = ReadSearch(values["person"] or None, values["act"] or None, item, since, until)
    return ReadQuery(values, search, errors, candidates)
