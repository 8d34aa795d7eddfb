"""The forms of registers: for one new entry, and for many at once from a table."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, render_template, request, url_for

from cchc_flow import commands
from cchc_flow.commands import Order, UnitOfWork, WrongRows, channels
from cchc_flow.commands.registers import entry_fields, load_register, require_writer
from cchc_flow.errors import BadInput, CchcError, MissingData
from cchc_flow.plugin_host.rule_checks import OVERRIDE, RuleBroken, Warned
from cchc_flow.projections.search import search_key
from cchc_flow.register_import import MOST_BYTES, fill_register, table_columns
from cchc_flow.web.forms import widgets as forms
from cchc_flow.web.forms.evidence import file_name
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import download
from cchc_flow.web.http.errors import status_of
from cchc_flow.workflow.definition import Workflow

NOTES_SHOWN = 8
"""Notes about a table that a page shows after it was written: they travel in the cookie of the session."""
bp = Blueprint("registers", __name__, url_prefix="/<workspace>/areas/registers")


@bp.get("/<kind>/new")
def new_entry(kind: str) -> str:
    """Show the form of a new entry of a register; raise NotAllowed for who could not send it."""
    return _render_form(_register_to_write(kind), {})


@bp.post("/<kind>")
def create_entry(kind: str) -> Response:
    """Open an entry of a register and redirect to it, or show the form again with what is wrong."""
    db = g.db
    workflow = load_register(db, kind)
    typed = forms.typed_values((*entry_fields(g.ws, workflow), OVERRIDE))
    try:
        outcome = commands.open_entry(g.ws, kind, typed, htmx.order())
    except (MissingData, RuleBroken) as error:
        return make_response(_render_form(workflow, typed, error), status_of(error))
    flash(f"Đã ghi «{outcome.item.title}» vào sổ «{workflow.title}».")
    return htmx.see_other(url_for("items.show", item_id=outcome.item.id))


@bp.post("/<kind>/tables")
def create_table(kind: str) -> Response:
    """Open an entry for each row of an uploaded table, or show the form with what is wrong in which row."""
    workflow = _register_to_write(kind)
    file = request.files.get("table")
    name, content = (file_name(file.filename), file.read(MOST_BYTES + 1)) if file else ("", b"")
    notes: list[str] = []
    try:
        if not content:
            raise BadInput("Chưa chọn tệp, hoặc tệp rỗng.", "Hãy chọn một tệp .xlsx hoặc .csv.")
        count = fill_register(g.ws, kind, name, content, htmx.order(), notes.append)
    except BadInput as error:
        return make_response(_render_form(workflow, {}, error, notes), status_of(error))
    done = f"Đã ghi {count} dòng vào sổ «{workflow.title}»."
    if notes:
        flash(" ".join([done, "Lưu ý:", *notes[:NOTES_SHOWN]]), "lasting")
    else:
        flash(done)
    return htmx.see_other(url_for("board.show", kind=kind))


@bp.get("/<kind>/table.csv", endpoint="table")
def download_table(kind: str) -> Response:
    """Send an empty table to fill in, as CSV with the titles of its columns."""
    titles, title = io.StringIO(), load_register(g.db, kind).title
    csv.writer(titles).writerow([field.title for field in table_columns(g.ws, kind)])
    return download(titles.getvalue().encode("utf-8-sig"), f"{_file_stem(title)}.csv", "text/csv")


def _register_to_write(kind: str) -> Workflow:
    """Return the definition of a register; raise NotAllowed unless the person may write into it."""
    return require_writer(UnitOfWork(g.ws, Order(g.person.id, "", channel=channels.WEB)), kind).workflow


def _render_form(
    workflow: Workflow, values: dict[str, Any], error: CchcError | None = None, notes: Sequence[str] = ()
) -> str:
    """Return the form of an entry; a broken rule is shown above it, other errors beside their fields.

    `notes` tell what was not read of a table.
    """
    db = g.db
    wrong = error.fields if isinstance(error, MissingData) else {}
    lines = error.rows if isinstance(error, WrongRows) else ()
    is_warned = OVERRIDE.name in wrong or bool(values.get(OVERRIDE.name))
    fields = (*entry_fields(g.ws, workflow), *((OVERRIDE,) if is_warned else ()))
    widgets = forms.build_widgets(fields, values, db, wrong, forms.FormSubject(kind=workflow.kind))
    context = {
        "error": error,
        "wrong": wrong,
        "lines": lines,
        "notes": notes,
        "warned": isinstance(error, Warned),
    }
    return render_template("areas/entry.html", workflow=workflow, widgets=widgets, **context)


def _file_stem(title: str) -> str:
    """Return a title as the name of a file: without diacritics, its words joined by hyphens."""
    return "-".join(re.findall("[a-z0-9]+", search_key(title)))


new_entry.section = "reform_areas"  # type: ignore[attr-defined]
create_entry.section = "reform_areas"  # type: ignore[attr-defined]
create_table.section = "reform_areas"  # type: ignore[attr-defined]
