"""Taking events of the history out: a form beside them, and the file as the answer."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit import reads
from cchc_flow.audit.exports.export import write_export
from cchc_flow.audit.exports.formats import find_format
from cchc_flow.audit.exports.view import EventView
from cchc_flow.commands import Order, channels
from cchc_flow.errors import BadInput
from cchc_flow.web.http.downloads import send_open_file
from cchc_flow.web.http.reading import record_read
from cchc_flow.web.log.event_query import parse_query
from cchc_flow.web.log.events import for_auditors, render_history

bp = Blueprint("exports", __name__, url_prefix="/<workspace>")


@bp.post("/exports")
@for_auditors
def create() -> Answer:
    """Send the events that the address asks for as a file; what is taken out is recorded before.

    The page that has the form stays as it is, so each time is an order of its own, whatever id the form has.
    """
    query = parse_query(request.args)
    try:
        form = find_format(request.form.get("format", ""))
    except BadInput as error:
        return render_history(query, export_errors={"format": str(error)}), 422
    view = EventView(g.ws, query, g.reader)
    order = Order(g.person.id, g.ws.new_id(), channel=channels.WEB)
    with TemporaryDirectory(prefix="cchc-export-") as folder:
        path = Path(folder) / f"{g.ws.name}-nhat-ky-{view.upto}.{form.ending}"
        write_export(view, form, path, order)
        file = path.open("rb")  # it can be read on when its name is gone
    record_read(reads.EXPORTED, reads.search_thing("events", request.args))
    return send_open_file(file, path.name, form.media_type)
