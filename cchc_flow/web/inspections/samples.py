"""A sample of an inspection: laying down its rule, drawing it, and what one needs to draw it again."""

from fractions import Fraction
from typing import Any

import msgspec
from flask import Blueprint, Response, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit import reads
from cchc_flow.commands.samples import (
    BASES,
    DIVISIONS,
    Sample,
    checkpoint_of,
    draw_sample,
    drawn_anew,
    find_sample,
    items_to_draw_from,
    plan_sample,
    sample_fields,
    sample_stream,
)
from cchc_flow.errors import CchcError, Conflict, Refusal
from cchc_flow.projections import directory, plans, workflows
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.reading import may_read
from cchc_flow.projections.runner import position
from cchc_flow.reporting.sample_paper import redrawing_program, sample_paper
from cchc_flow.web.forms import widgets as forms
from cchc_flow.web.forms.seen_versions import form_context, seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import download, send_document
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.reading import record_read
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.web.inspections.panel import find_audit, readable_samples
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import AUDITOR
from cchc_flow.workflow.sampling import size_without_end

bp = Blueprint("samples", __name__, url_prefix="/<workspace>/inspections/<audit>/samples")
USUAL = {"kind": "task", "basis": "done", "by": "unit", "confidence": "95", "rate": "5", "wait": "10"}
"""With what the form of a new sample begins."""


class SampledRow(msgspec.Struct, frozen=True):
    """An item of a sample as the page lists it; None for the card of one that the reader may not read."""

    stratum: str
    card: Card | None
    state: str = ""


@bp.get("/new")
@needs_role(AUDITOR)
def new(audit: str) -> str:
    """Show the form of the rule of a new sample."""
    return _render_form(find_audit(audit), USUAL)


@bp.post("")
@needs_role(AUDITOR)
def create(audit: str) -> Answer:
    """Lay down the rule of a sample and show it, or its form again with what is wrong."""
    seen, loaded = seen_version("cuộc kiểm tra"), find_audit(audit)
    typed = forms.typed_values(sample_fields(g.db, loaded))
    try:
        plan_sample(g.ws, audit, typed, htmx.order(), seen=seen)
    except (Refusal, Conflict) as error:
        return _render_form(loaded, typed, error), status_of(error)
    flash("Đã ghi cách chọn mẫu vào nhật ký.")
    return htmx.see_other(url_for("items.show", item_id=audit))


@bp.get("/<planned>")
def show(audit: str, planned: str) -> str:
    """Show the rule of a sample and the items that were drawn, as far as the reader may read these."""
    loaded = find_audit(audit)
    record_read(reads.OPENED, reads.item_thing(audit))
    return _render(loaded, planned)


@bp.post("/<planned>/draws")
@needs_role(AUDITOR)
def create_draw(audit: str, planned: str) -> Answer:
    """Draw a sample with the secret of its rule, and show it."""
    seen, loaded = seen_version("cuộc kiểm tra"), find_audit(audit)
    secret = request.form.get("secret", "")
    try:
        draw_sample(g.ws, audit, planned, secret, htmx.order(), seen=seen)
    except (Refusal, Conflict) as error:
        return _render(loaded, planned, error, secret), status_of(error)
    flash("Đã rút mẫu.")
    return htmx.see_other(url_for("samples.show", audit=audit, planned=planned))


@bp.get("/<planned>/population.txt")
@needs_role(AUDITOR)
def download_population(audit: str, planned: str) -> Response:
    """Send the population of a sample: a line «stratum, tab, item» for each item, in sorted order."""
    sample = find_sample(readable_samples(find_audit(audit)), planned)
    held = items_to_draw_from(g.db, sample.plan)
    lines = sorted(f"{key}\t{item}\n" for key, ids in held.items() for item in ids)
    return download("".join(lines), "tong-the.txt", "text/plain; charset=utf-8")


@bp.get("/<planned>/redrawing.py")
@needs_role(AUDITOR)
def download_program(audit: str, planned: str) -> Response:
    """Send the program with which anybody draws a sample again, without this product."""
    find_sample(readable_samples(find_audit(audit)), planned)
    return download(redrawing_program(), "rut_lai_mau.py", "text/x-python; charset=utf-8")


@bp.get("/<planned>/work-paper.<ending>")
@needs_role(AUDITOR)
def download_paper(audit: str, planned: str, ending: str) -> Response:
    """Send the working list of a sample that was drawn: its items, their evidence, columns to fill in."""
    loaded = find_audit(audit)
    sample = find_sample(readable_samples(loaded), planned)
    paper = sample_paper(g.ws, g.db, loaded, sample)
    record_read(reads.EXPORTED, reads.item_thing(audit))
    return send_document(paper, "danh-sach-mau", ending)


def _render_form(audit: Item, typed: dict[str, Any], error: CchcError | None = None) -> str:
    context = form_context(sample_stream(audit.id), error)
    return render_template(
        "inspections/new_sample.html",
        audit=audit,
        widgets=forms.build_widgets(sample_fields(g.db, audit), typed, g.db, context["errors"]),
        **context,
    )


def _render(audit: Item, planned: str, error: CchcError | None = None, typed: str = "") -> str:
    """Return the page of a sample; `error` says why it was not drawn with a secret."""
    context = form_context(sample_stream(audit.id), error)
    sample = find_sample(readable_samples(audit), planned)
    plan, names = sample.plan, directory.marked_names(g.db)
    areas = {area.code: area.title for area in plans.areas(g.db, plan.plan or audit.plan or "")}
    return render_template(
        "inspections/sample.html",
        audit=audit,
        sample=sample,
        kind=workflows.kind_titles(g.db).get(plan.kind, plan.kind),
        basis=dict(BASES)[plan.basis],
        division=dict(DIVISIONS)[plan.by],
        titles={stratum.key: names.get(stratum.key) or areas.get(stratum.key) or _whole(plan.by)
                for stratum in plan.strata},
        unit_names=[names.get(unit, unit) for unit in plan.units],
        area=areas.get(plan.area or "", ""),
        without_end=size_without_end(Fraction(plan.confidence) / 100, Fraction(plan.rate) / 100),
        seal=checkpoint_of(g.ws.log, plan.after, position(g.db)),
        rows=_rows(sample),
        is_right=sample.drawn is not None and drawn_anew(g.db, plan, sample.drawn),
        command=_command(sample),
        secret=typed,
        **context,
    )  # fmt: skip


def _whole(by: str) -> str:
    """Return what the stratum of items without a key is called."""
    return {"none": "Cả tổng thể", "unit": "Chưa giao cho đơn vị nào", "area": "Không thuộc lĩnh vực nào"}[by]


def _rows(sample: Sample) -> list[SampledRow]:
    """Return the drawn items in the order in which they were drawn."""
    titles, rows = workflows.state_titles(g.db), []
    for one in sample.drawn.items if sample.drawn else ():
        item = items.find_item(g.db, one.item)
        if item is None or not may_read(g.db, g.reader, item):
            rows.append(SampledRow(one.stratum, None))
        else:
            card = queries.card(g.db, one.item)
            rows.append(SampledRow(one.stratum, card, titles.get((card.kind, card.state), card.state)))
    return rows


def _command(sample: Sample) -> str:
    """Return the command line that draws the sample again, "" before it was drawn."""
    if sample.drawn is None:
        return ""
    sizes = " ".join(f"'{stratum.key}={stratum.size}'" for stratum in sample.plan.strata)
    quoted = sample.drawn.secret.replace("'", "'\\''")
    return f"python3 rut_lai_mau.py tong-the.txt '{sample.drawn.root}' '{quoted}' {sizes}"


new.section = create.section = show.section = create_draw.section = "events"  # type: ignore[attr-defined]
