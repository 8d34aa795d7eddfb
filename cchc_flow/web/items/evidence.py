"""Files as evidence: the download, always an attachment, and what a file shows, opened in place."""

from io import BytesIO

from flask import Blueprint, Response, abort, g, make_response

from cchc_flow import commands
from cchc_flow.audit import reads
from cchc_flow.audit.content_proof import SUFFIX, prove_content
from cchc_flow.audit.evidence import evidence_name, evidence_of, load_evidence
from cchc_flow.errors import NotFound
from cchc_flow.previews import process
from cchc_flow.signatures.process import is_signed
from cchc_flow.web.forms.evidence import BINARY
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import SANDBOX, send_open_file
from cchc_flow.web.http.downloads import download as send_text
from cchc_flow.web.http.reading import record_content, record_read
from cchc_flow.workflow.events import Evidence
from cchc_flow.workflow.item import Item

bp = Blueprint("evidence", __name__, url_prefix="/<workspace>/items/<item_id>/evidence/<digest>")
MOST_PAGES = 30
"""How many pages are drawn; who needs more of them takes the file."""


@bp.get("", endpoint="show")
def download(item_id: str, digest: str) -> Response:
    """Send one file of an item as a download; raise NotFound for a digest that is not of this item.

    It goes under a neutral media type and sandboxed, so that the browser cannot run what is in it.
    """
    _, file = find_file(item_id, digest)
    content, name = BytesIO(load_evidence(g.ws, file)), evidence_name(g.ws, file)
    record_content(digest)
    return send_open_file(content, name, BINARY)


@bp.get("/salt")
def salt(item_id: str, digest: str) -> Response:
    """Send what ties a file to the event that names it; raise NotFound as `download` does."""
    item, file = find_file(item_id, digest)
    load_evidence(g.ws, file)
    proof = prove_content(g.ws, f"item-{item.id}", digest)
    record_content(digest)
    name = f"{g.ws.name}-{digest[:12]}{SUFFIX}"
    return send_text(proof.text(), name, "text/plain")


@bp.get("/preview")
def preview(item_id: str, digest: str) -> str:
    """Show what a file of an item holds, on a page of its own or, to htmx, beside its name."""
    item, file = find_file(item_id, digest)
    content = load_evidence(g.ws, file)
    record_read(reads.PREVIEWED, reads.content_thing(digest))
    shown = process.describe(content)
    return htmx.page_or_fragment(
        "evidence/show.html",
        "evidence/_preview.html",
        item=item,
        digest=digest,
        name=evidence_name(g.ws, file),
        preview=shown,
        drawn=min(shown.pages, MOST_PAGES),
        is_signed=is_signed(content),
    )


@bp.get("/preview/<int:number>.webp")
def page(item_id: str, digest: str, number: int) -> Response:
    """Send the picture of one page (from 1); abort with 404 for one that cannot be drawn."""
    _, file = find_file(item_id, digest)
    picture = process.draw_page(load_evidence(g.ws, file), number) if 1 <= number <= MOST_PAGES else None
    if picture is None:
        abort(404, "Không vẽ được trang này; hãy tải tệp về để xem.")
    response = make_response(picture)
    response.mimetype = "image/webp"
    response.headers.update(SANDBOX)
    return response


def find_file(item_id: str, digest: str) -> tuple[Item, Evidence]:
    """Return an item and its file with this digest; raise NotFound for who may not read it, or without it."""
    loaded = commands.read_item(g.ws, item_id, g.reader)
    for file in evidence_of(loaded.events):
        if file.content.digest == digest:
            return loaded.item, file
    raise NotFound("Công việc này không có tệp đó.", "Hãy mở lại từ trang công việc.")
