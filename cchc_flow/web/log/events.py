"""The log for auditors: all its events, and one event with its bytes and its proof."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Response, g, render_template, request

from cchc_flow.audit import envelope, item_history, naming, proof, reads, search_choices
from cchc_flow.audit import trail as history
from cchc_flow.audit.document_texts import typed_texts
from cchc_flow.audit.erasure import erasing_positions
from cchc_flow.audit.event_changes import event_changes
from cchc_flow.audit.event_relations import load_relations
from cchc_flow.audit.event_search import CHOSEN, EventQuery
from cchc_flow.audit.evidence import evidence_files, evidence_of
from cchc_flow.audit.excerpts import find_excerpt, split_at_words
from cchc_flow.audit.exports.formats import FORMATS
from cchc_flow.audit.field_values import FieldValue, field_values, text_titles
from cchc_flow.audit.flags import FLAGS
from cchc_flow.audit.marks import channel_words, marks_of
from cchc_flow.audit.report_contents import report_values
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.audit.words import event_type_title
from cchc_flow.errors import NotAllowed, NotFound
from cchc_flow.eventlog import catalogue
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.eventlog.receipt_files import issue_receipt, receipt_name
from cchc_flow.projections import trail
from cchc_flow.projections.runner import position as newest_position
from cchc_flow.projections.trail_items import contents_in
from cchc_flow.web.areas.item_rules import rules_at_event
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import download
from cchc_flow.web.http.positions import parse_position
from cchc_flow.web.http.reading import record_read, record_search
from cchc_flow.web.log import event_filters
from cchc_flow.web.log.event_query import parse_query
from cchc_flow.workflow.events import NAMES, SignedIn
from cchc_flow.workflow.policy import AUDITORS, AUDITORS_WORDS, may_read_log
from cchc_flow.workflow.shares import format_number

bp = Blueprint("events", __name__, url_prefix="/<workspace>/events")
View = TypeVar("View", bound=Callable[..., Any])


CHOICES = {"clocks": search_choices.CLOCKS, "chosen": CHOSEN, "flags": FLAGS, "pieces": split_at_words}


def in_auditors_menu(view: View) -> View:
    """Mark a view as part of the menu of auditors, who may read the whole log."""
    view.roles = frozenset(AUDITORS)  # type: ignore[attr-defined]
    view.section = bp.name  # type: ignore[attr-defined]
    return view


def for_auditors(view: View) -> View:
    """Let only auditors, who may read the whole log, open a view."""

    @wraps(view)
    def guarded_view(*args: Any, **kwargs: Any) -> Any:
        _require_auditor()
        return view(*args, **kwargs)

    return in_auditors_menu(guarded_view)  # type: ignore[return-value]


@bp.get("")
@in_auditors_menu
def index() -> str:
    """Show the events that match the filters, newest first, 100 to a page.

    Everybody may see the events of one item, only auditors the whole log.
    """
    query = parse_query(request.args)
    if not query.candidates:
        _require_auditor()
    record_search(bp.name, query.errors)
    return render_history(query)


def render_history(query: EventQuery, **export_form: object) -> str:
    """Return the page of the events that match, or to htmx its rows.

    `export_form` has what is wrong in the form that takes them out.
    """
    before = parse_position(request.args.get("before", ""), "Hãy mở lại từ trang nhật ký.")
    page = history.load_page(g.ws, query.search, g.reader, before)
    names = naming.all_names(g.ws, g.db)
    context = {
        "query": query,
        "page": page,
        "auditor": may_read_log(g.person.roles),
        "type_words": event_type_title,
        "export_formats": [(form.name, form.title) for form in FORMATS.values()],
        "labels": {card.id: naming.item_label(card, names) for card in query.candidates},
    }
    if words := query.search.words:
        context["excerpts"] = {
            row.entry.position: find_excerpt(g.ws, row.entry.position, words, f"{row.sentence} {row.label}")
            for row in page.rows
            if not row.is_hidden
        }
    if may_read_log(g.person.roles) and query.is_usable and not htmx.wants_fragment():
        context |= event_filters.filters_context(query, names)
    context |= export_form
    return htmx.page_or_fragment("events/index.html", "events/_rows.html", **CHOICES, **context)


@bp.get("/<int:position>")
def show(position: int) -> str:
    """Show one event: its sentence, envelope and bytes, and the proof that the checkpoint covers it.

    To an auditor who may not read its item, only the proof and what of the envelope does not tell of it.
    """
    event = load_event(position)
    event_proof = proof.prove_inclusion(g.ws.log, position)
    record_read(reads.OPENED, reads.event_thing(position))
    if is_hidden_event(event):
        return _render_hidden(position, event_proof)
    db = g.db
    names, is_auditor = naming.all_names(g.ws, db), may_read_log(g.person.roles)
    return render_template(
        "events/show.html",
        position=position,
        event=event,
        sentence=event_sentence(event, naming.names_for_event(db, event, names))
        if event
        else history.UNREADABLE,
        given=_filled_in(event, names) if event else [],
        evidence=evidence_files(g.ws, list(evidence_of([event]))) if event else [],
        item=(item := history.find_card(db, event.stream) if event else None),
        erased_by=erasing_positions(g.ws, event) if event and is_auditor else [],
        label=naming.item_label(item, names) if item else "",
        marks=marks_of(db, event, names) if event else [],
        channel=channel_words(event.channel, names) if event else "",
        client=_client_words(event),
        proof=event_proof,
        text=event_proof.body.decode(errors="replace"),
        pretty=proof.indent_json(event_proof.body) if event else None,
        envelope=envelope.envelope_fields(event_proof.body),
        near=_neighbouring_positions(event),
        type_words=event_type_title,
        schema=_schema_text(event),
        ruled=rules_at_event(event) if event else None,
        changes=event_changes(g.ws, event, g.reader) if event else [],
        relations=load_relations(g.ws, event, g.reader, only_items=not may_read_log(g.person.roles))
        if event
        else None,
        auditor=is_auditor,
        may_erase="admin" in g.person.roles and event is not None and any(contents_in(event.data)),
    )


def _filled_in(event: RecordedEvent, names: dict[str, str]) -> list[FieldValue]:
    """Return what was filled in and typed with an event."""
    values = [*field_values(g.ws, g.db, event, names, g.reader), *report_values(g.db, event)]
    if not event.stream.startswith(history.ITEM):
        return values + typed_texts(g.ws, event)
    texts = item_history.typed_texts(g.ws, event, names | text_titles(g.ws, g.db, event))
    return values + [FieldValue(title, words) for title, words in texts]


def _neighbouring_positions(event: RecordedEvent | None) -> tuple[int | None, int | None]:
    """Return the positions of the previous and the next event of a stream, as of the page's position."""
    if event is None:
        return None, None
    upto = newest_position(g.db)
    return trail.neighbouring_positions(g.ws.read_history(), event.stream, event.position, upto=upto)


def _client_words(event: RecordedEvent | None) -> str:
    """Return the network address and browser of a sign-in, for auditors only; "" for other events."""
    if event is None or event.type != NAMES[SignedIn] or not may_read_log(g.person.roles):
        return ""
    return ", ".join(filter(None, item_history.typed_words(g.ws, event.data["client"]).split("\n")))


@bp.get("/<int:position>/body", endpoint="body")
def download_body(position: int) -> Response:
    """Send the stored bytes of an event as a file, so that anybody who may read it can hash them."""
    if is_hidden_event(load_event(position)):
        raise no_such_event(position)
    record_read(reads.DOWNLOADED, reads.event_thing(position))
    name = f"{g.ws.name}-event-{position}.json"
    return download(g.ws.log.body(position), name, "application/octet-stream")


@bp.get("/<int:position>/receipt", endpoint="receipt")
def download_receipt(position: int) -> Response:
    """Send the receipt of an event; to an auditor who may not read its item, one that has only hashes."""
    hidden = is_hidden_event(load_event(position))
    text = issue_receipt(g.ws.log, position, withheld=hidden).text()
    return download(text, receipt_name(g.ws.name, position), "text/plain")


def _require_auditor() -> None:
    """Raise NotAllowed unless the signed-in person may read the whole log."""
    if not may_read_log(g.person.roles):
        raise NotAllowed(
            f"Nhật ký của toàn bộ công việc chỉ dành cho các vai trò: {AUDITORS_WORDS}.",
            "Lịch sử của từng công việc có ở trang của công việc đó.",
        )


def load_event(position: int) -> RecordedEvent | None:
    """Return the event at a position, None if its bytes are damaged; raise NotFound or NotAllowed.

    Everybody may see the events of the items that they may read, only auditors the others.
    """
    if not 1 <= position <= g.ws.log.size():
        raise no_such_event(position)
    try:
        event: RecordedEvent | None = g.ws.log.event(position)
    except msgspec.MsgspecError:
        event = None
    if event is None or not event.stream.startswith(history.ITEM):
        _require_auditor()
    if is_hidden_event(event) and not may_read_log(g.person.roles):
        raise no_such_event(position)
    return event


def is_hidden_event(event: RecordedEvent | None) -> bool:
    """Tell whether an event is of an item that the signed-in person may not read."""
    return event is not None and history.is_hidden(g.db, event.stream, g.reader)


def no_such_event(position: int) -> NotFound:
    """Return the error for a position that the log does not have, or whose event may not be read."""
    return NotFound(
        f"Nhật ký không có sự kiện số {format_number(position)}, hoặc bạn không được xem.",
        "Hãy mở lại từ trang nhật ký.",
    )


def _render_hidden(position: int, event_proof: proof.InclusionProof) -> str:
    """Return the page of an event for an auditor who may not read its item."""
    return render_template(
        "events/hidden.html",
        position=position,
        sentence=history.HIDDEN,
        proof=event_proof,
        envelope=envelope.envelope_fields(event_proof.body, hides_item=True),
    )


def _schema_text(event: RecordedEvent | None) -> str | None:
    """Return the released JSON Schema of the event's data, None if this release does not know the type."""
    entry = catalogue.event_schemas().get(event.type) if event else None
    return json.dumps(entry, ensure_ascii=False, indent=2) if entry else None
