"""Giving out, dating and reminding of many items at once: the form over the selection, then a summary.

Each item has a command of its own, so a refusal stands in the way of no other, and stays on the page with its
reason.
"""

from collections.abc import Mapping

import msgspec
from flask import Blueprint, flash, g, render_template, request
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands import Order, UnitOfWork, channels
from cchc_flow.commands.bulk_steps import ActResult, ItemAct, preview_each, take_each
from cchc_flow.errors import MissingData, NotFound
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards.queries import Card
from cchc_flow.web.bulk import selection
from cchc_flow.web.bulk.acts import ACTS, BulkAct
from cchc_flow.web.forms.seen_versions import seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.web.plans.assigning import ASSIGNING

bp = Blueprint("bulk", __name__, url_prefix="/<workspace>/bulk")
NO_RESULTS: Mapping[str, ActResult] = {}


class Row(msgspec.Struct, frozen=True):
    """An item on the page, why the act is refused for it if it is, and what else there is to say of it."""

    card: Card
    unit: str
    state: str
    refusal: str = ""
    remark: str = ""


@bp.post("/<act>")
@needs_role(*ASSIGNING)
def create(act: str) -> Answer:
    """Show the form over the selected items; once it is confirmed, act on each and show what was refused."""
    bulk_act, order = _find_act(act), htmx.order()
    try:
        cards = selection.selected_cards()
    except MissingData as error:
        return _render(bulk_act, _rows(selection.shown_cards()), error.fields), 422
    if not request.form.get("confirmed"):
        return _render(bulk_act, _previewed_rows(bulk_act, cards), {})
    seen = {card.id: seen_version("công việc", selection.SEEN + card.id) for card in cards}
    try:
        data = bulk_act.read(request.form)
    except MissingData as error:
        return _render(bulk_act, _rows(cards), error.fields), 422
    results = take_each(g.ws, order, [ItemAct(card.id, data, seen[card.id]) for card in cards])
    g.ws.renew()
    refused = {result.item: result for result in results if result.refusal}
    left = selection.cards_of(g.db, list(refused))
    done = len(results) - len(refused)
    if not refused:
        flash(f"Đã {bulk_act.done} {done} việc.")
        return htmx.see_other(selection.list_url())
    return _render(bulk_act, _rows(left, refused), {}, done=done), 200 if done else 422


create.section = "overview"  # type: ignore[attr-defined]


def _find_act(fact: str) -> BulkAct:
    for act in ACTS:
        if act.fact == fact:
            return act
    raise NotFound("Không có thao tác hàng loạt này.", "Hãy mở lại danh sách công việc.")


def _previewed_rows(act: BulkAct, cards: list[Card]) -> list[Row]:
    """Return the rows with what is refused already for where the item is; its form may be refused later."""
    uow = UnitOfWork(g.ws, Order(g.person.id, "", channel=channels.WEB))
    results = preview_each(uow, [ItemAct(card.id, act.sample) for card in cards])
    return _rows(cards, {result.item: result for result in results})


def _rows(cards: list[Card], results: Mapping[str, ActResult] = NO_RESULTS) -> list[Row]:
    """Return the rows of these cards, with what was found out about them."""
    names, states = directory.marked_names(g.db), workflows.state_titles(g.db)
    return [
        Row(
            card,
            names.get(card.lead or "", ""),
            states.get((card.kind, card.state), card.state),
            results[card.id].refusal if card.id in results else "",
            results[card.id].remark if card.id in results else "",
        )
        for card in cards
    ]


def _render(act: BulkAct, rows: list[Row], errors: Mapping[str, str], *, done: int | None = None) -> str:
    """Return the page of a bulk act: its form over the rows, and what was done (`done`: of how many)."""
    names = directory.names(g.db)
    return render_template(
        "bulk/show.html",
        act=act,
        rows=rows,
        errors=errors,
        done=done,
        names=names,
        form=request.form,
        back=selection.list_url(),
        units=[(unit.id, unit.name) for unit in directory.units(g.db) if unit.active],
        tried=done is not None,
    )
