"""Who signed a file of evidence, as far as that can be told."""

from flask import Blueprint, g

from cchc_flow.audit.evidence import evidence_name, load_evidence
from cchc_flow.signatures import process
from cchc_flow.signatures.trust import trusted_certificates
from cchc_flow.signatures.words import REVOCATION, is_sound, signature_sentences, signature_title
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import served_workspaces
from cchc_flow.web.items.evidence import find_file

bp = Blueprint("signatures", __name__, url_prefix="/<workspace>/items/<item_id>/evidence/<digest>")


@bp.get("/signatures")
def show(item_id: str, digest: str) -> str:
    """Show the signatures of a file, on a page of its own or, to htmx, above what the file shows."""
    item, file = find_file(item_id, digest)
    found = process.examine(load_evidence(g.ws, file), g.ws.now(), own_trusted())
    return htmx.page_or_fragment(
        "evidence/signatures.html",
        "document_checks/_signatures.html",
        item=item,
        name=evidence_name(g.ws, file),
        signatures=found,
        **signature_words(),
    )


def own_trusted() -> tuple[bytes, ...]:
    """Return the certificates that this server trusts; raise BadInput for a folder that cannot be read."""
    return trusted_certificates(served_workspaces().deployment.trusted)


def signature_words() -> dict[str, object]:
    """Return what the list of signatures is drawn with."""
    return {
        "is_sound": is_sound,
        "signature_title": signature_title,
        "signature_sentences": signature_sentences,
        "revocation": REVOCATION,
    }
