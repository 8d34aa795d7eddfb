"""Taking a bundle of proof out: a form for its scope, and the ZIP as the answer."""

from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit import naming, reads, trail
from cchc_flow.audit.bundles.create import write_bundle
from cchc_flow.audit.bundles.recording import record_bundle
from cchc_flow.audit.bundles.scope import WHOLE_LOG, Scope, item_scope, period_scope, unit_scope
from cchc_flow.audit.verification import MAX_FILE_SIZE
from cchc_flow.commands import Order, channels
from cchc_flow.errors import BadInput, MissingData, NotFound
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.verification.checkpoint_file import split_note_and_key
from cchc_flow.projections import directory
from cchc_flow.web.http.downloads import send_open_file
from cchc_flow.web.http.reading import record_read
from cchc_flow.web.log.events import for_auditors
from cchc_flow.workflow.periods import parse_typed

bp = Blueprint("bundles", __name__, url_prefix="/<workspace>/bundles")
FIELDS = ("item", "unit", "period")
NOT_MADE = "Chưa lập được hồ sơ: hãy sửa chỗ được đánh dấu."


@bp.get("")
@for_auditors
def show() -> str:
    """Show the form: a scope, which a link may have filled in, and at will a checkpoint kept elsewhere."""
    return _render({"item": request.args.get("item", "").strip()})


@bp.post("")
@for_auditors
def create() -> Answer:
    """Send the bundle of a scope; that it is taken out is recorded before.

    The page that has the form stays as it is, so each time is an order of its own, whatever id the form has.
    """
    values = {name: request.form.get(name, "").strip() for name in FIELDS}
    try:
        scope, sizes = _parse_scope(values), _kept_sizes()
        file, name = _write(scope, sizes)
    except MissingData as error:
        return _render(values, errors={"form": NOT_MADE} | dict(error.fields)), 422
    record_read(reads.EXPORTED, reads.search_thing("bundles", values))
    return send_open_file(file, name, "application/zip")


def _write(scope: Scope, sizes: list[int]) -> tuple[IO[bytes], str]:
    """Return a bundle in a file that has no name yet, and how to call it; that it is taken out is recorded.

    Raise MissingData for a scope without events.
    """
    order = Order(g.person.id, g.ws.new_id(), channel=channels.WEB)
    with ExitStack() as closing:
        file: IO[bytes] = closing.enter_context(TemporaryFile(dir=g.ws.private))
        try:
            bundle = write_bundle(
                g.ws, scope, file, reader=g.reader, sizes=sizes, with_tables="tables" in request.form
            )
        except BadInput as error:
            raise MissingData({scope.kind: str(error)}) from error
        record_bundle(g.ws, order, scope, bundle, file)
        closing.pop_all()  # the answer closes it
    return file, f"{g.ws.name}-ho-so-{scope.kind}-{bundle.manifest.size}.zip"


def _parse_scope(values: dict[str, str]) -> Scope:
    """Return the scope of the form; raise MissingData for what is wrong in one of its fields."""
    given = [name for name in FIELDS if values[name]]
    if len(given) > 1:
        raise MissingData({given[1]: "Mỗi hồ sơ chỉ có một phạm vi: hãy để trống các ô khác."})
    if not given:
        return WHOLE_LOG
    try:
        return _scope_of(given[0], values[given[0]])
    except (BadInput, NotFound) as error:
        raise MissingData({given[0]: str(error)}) from error


def _scope_of(name: str, value: str) -> Scope:
    db = g.ws.read()
    if name == "unit":
        return unit_scope(db, value, g.reader)
    if name == "period":
        return period_scope(parse_typed(value))
    found = trail.find_wholes(db, value, g.reader)
    if len(found) > 1:
        raise BadInput(f"Có {len(found)} công việc có mục «{value}».", "Hãy chọn một ở dưới.")
    return item_scope(db, found[0].id if found else value, g.reader)


def _kept_sizes() -> list[int]:
    """Return how many events a checkpoint covers that was brought; raise MissingData for another file."""
    file = request.files.get("kept")
    content = file.stream.read(MAX_FILE_SIZE) if file else b""
    try:
        return [parse_checkpoint(split_note_and_key(content)[0])[0].size] if content else []
    except BadInput as error:
        raise MissingData({"kept": str(error)}) from error


def _render(values: dict[str, str], errors: dict[str, str] | None = None) -> str:
    db = g.ws.read()
    units = [(unit.id, unit.words) for unit in directory.units(db)]
    named = trail.find_wholes(db, values["item"], g.reader) if errors and "item" in errors else []
    names = directory.names(db)
    return render_template(
        "bundles/show.html",
        values=values,
        errors=errors or {},
        candidates=[(card.id, naming.item_label(card, names)) for card in named if len(named) > 1],
        units=units,
        size=g.ws.log.size(),
        tables="tables" in request.form,
    )
