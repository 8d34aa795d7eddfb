"""Handing over all open work of a unit or a person: who has any left, a preview, and what came of it."""

from collections.abc import Mapping
from typing import Any

import msgspec
from flask import Blueprint, Response, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands import UnitOfWork
from cchc_flow.commands.handovers import (
    COLUMNS,
    HANDING_OVER,
    HandedItem,
    Handover,
    hand_over_work,
    preview_handover,
)
from cchc_flow.errors import Conflict, NotFound, Refusal
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards import unattended
from cchc_flow.reporting.handover_minutes import handover_minutes
from cchc_flow.web.forms.seen_versions import form_context, seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import send_document
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.workflow.calendar import local_day

bp = Blueprint("handovers", __name__, url_prefix="/<workspace>/handovers")


class HandoverRow(msgspec.Struct, frozen=True):
    """One item as the page shows it: what it is, and where it goes or why it stays."""

    item: HandedItem
    kind: str
    state: str


@bp.get("")
@needs_role(*HANDING_OVER)
def index() -> str:
    """Show the closed units and former people that still have open work, each with its number."""
    former = [person.id for person in directory.people(g.db) if not person.active]
    return render_template(
        "handovers/index.html",
        leavers=unattended.leavers(g.db, g.reader),
        stand_ins=unattended.stand_ins_of(g.db, former, local_day(g.ws.now())),
        names=directory.marked_names(g.db),
    )


@bp.get("/<sort>/<holder>")
@needs_role(*HANDING_OVER)
def show(sort: str, holder: str) -> str:
    """Show the open work of a unit or a person, and the form that hands it over."""
    return _render(Handover(_checked_sort(sort), holder, "", ""))


@bp.get("/<sort>/<holder>/minutes.<ending>")
@needs_role(*HANDING_OVER)
def download_minutes(sort: str, holder: str, ending: str) -> Response:
    """Send the draft of the minutes of a handover: all open work of a unit or a person."""
    handover = Handover(_checked_sort(sort), holder, "", "")
    _require_known(handover)
    cards = [item.card for item in _present_work(handover)]
    return send_document(handover_minutes(g.ws, g.db, holder, cards), "bien-ban-ban-giao", ending)


@bp.post("/<sort>/<holder>")
@needs_role(*HANDING_OVER)
def create(sort: str, holder: str) -> Answer:
    """Show what would become of each item; once that is confirmed, hand them over and show what stays."""
    form, order, seen = request.form, htmx.order(), seen_version("nơi bàn giao")
    handover = Handover(_checked_sort(sort), holder, form.get("to", ""), form.get("reason", ""))
    try:
        if not form.get("confirmed"):
            return _render(handover, preview=preview_handover(UnitOfWork(g.ws, order), handover))
        handed = hand_over_work(g.ws, handover, order, seen=seen)
    except (Refusal, Conflict) as error:
        return _render(handover, error), status_of(error)
    done = sum(not item.refusal for item in handed)
    if done == len(handed):
        flash(f"Đã bàn giao {done} việc.")
        return htmx.see_other(url_for("handovers.index"))
    return _render(handover, refused=[item for item in handed if item.refusal], done=done)


def _checked_sort(sort: str) -> str:
    """Return whose work it is: that of units or of people; raise NotFound for anything else."""
    if sort not in COLUMNS:
        raise NotFound("Không có trang bàn giao này.", "Hãy mở lại trang Bàn giao.")
    return sort


def _render(
    handover: Handover,
    error: Refusal | Conflict | None = None,
    *,
    preview: list[HandedItem] | None = None,
    refused: list[HandedItem] | None = None,
    done: int = 0,
) -> str:
    """Return the page: the open work as it is, as it would be (`preview`), or what was `refused`."""
    context, db = form_context(handover.stream, error), g.db
    names = _require_known(handover)
    present = _present_work(handover)
    shown = present if preview is None and refused is None else preview or refused or []
    context["seen"] = context["seen"] or 0
    return render_template(
        "handovers/show.html",
        handover=handover,
        names=names,
        rows=_rows(shown),
        stand_ins=unattended.stand_ins_of(db, [handover.holder], local_day(g.ws.now())),
        wholes=unattended.wholes_naming(db, handover.holder) if handover.sort == "units" else [],
        previewed=preview is not None,
        refused=refused,
        done=done,
        receivers=_receivers(handover),
        error=error,
        **context,
    )


def _require_known(handover: Handover) -> Mapping[str, str]:
    """Return the names of all units and people by id; raise NotFound if that of the holder is not there."""
    names = directory.marked_names(g.db)
    if handover.holder not in names:
        raise NotFound("Danh bạ không có đơn vị hoặc người này.", "Hãy mở lại trang Danh bạ.")
    return names


def _present_work(handover: Handover) -> list[HandedItem]:
    """Return the open work as it is: what the holder leads or has in hand, and what it supports."""
    cards = unattended.open_work(g.db, COLUMNS[handover.sort], handover.holder, g.reader)
    led = [HandedItem(card, card.lead or "", card.holder) for card in cards]
    if handover.sort != "units":
        return led
    supported = unattended.supported_work(g.db, handover.holder, g.reader)
    return led + [
        HandedItem(card, card.lead or "", card.officer, supporting=handover.holder) for card in supported
    ]


def _rows(shown: list[HandedItem]) -> list[HandoverRow]:
    kinds, states = workflows.kind_titles(g.db), workflows.state_titles(g.db)
    return [
        HandoverRow(item, kinds.get(item.card.kind, ""), states.get((item.card.kind, item.card.state), ""))
        for item in shown
    ]


def _receivers(handover: Handover) -> list[tuple[str, str]]:
    """Return who may take the work over: the other active units, or the other people of active units."""
    units = {unit.id: unit.name for unit in directory.units(g.db) if unit.active}
    people: list[tuple[str, Any]] = [
        (person.id, f"{person.name}, {units[person.unit]}")
        for person in directory.people(g.db)
        if person.active and person.unit in units
    ]
    choices = [*units.items()] if handover.sort == "units" else people
    return [(key, words) for key, words in choices if key != handover.holder]


index.section = show.section = create.section = "board"  # type: ignore[attr-defined]
