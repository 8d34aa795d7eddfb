"""The document of a plan that is not adopted yet: uploaded, kept for a while, read again each time."""

import hashlib
import threading

import msgspec
from flask import g, request
from msgspec.structs import replace

from cchc_flow.errors import BadInput, NotFound
from cchc_flow.plan_import import read_plan_bytes, readers
from cchc_flow.plan_import.annex_choices import apply_row_choices
from cchc_flow.plan_import.corrections import (
    NO_DECISIONS,
    Corrections,
    Decisions,
    corrections_that_hold,
    roles_by_place,
)
from cchc_flow.plan_import.learned import learned_digest, learned_weights
from cchc_flow.plan_import.proposal import Proposal
from cchc_flow.plugin_host import contributions
from cchc_flow.projections import settings
from cchc_flow.workflow.commands import Upload

LARGEST_DOCUMENT = 20 * 1024 * 1024
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_REMEMBERED = 12
_proposals: dict[object, Proposal] = {}
"""What was read last, the newest at the end; a key says from what and how."""
_lock = threading.Lock()


class Reading(msgspec.Struct, frozen=True):
    """A document and what was read from it, given the decisions that hold for it."""

    document: Upload
    proposal: Proposal
    decisions: Decisions


def read_upload() -> Upload:
    """Return the uploaded document; raise BadInput if it is missing, too large or of a wrong type."""
    file = request.files.get("document")
    if file is None or not file.filename:
        raise BadInput("Chưa chọn tệp nào.", f"Hãy chọn văn bản kế hoạch: {readers.named_formats()}.")
    content = file.stream.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        raise BadInput("Tệp lớn quá 20 MB.", "Hãy bỏ bớt hình ảnh trong văn bản rồi thử lại.")
    return _as_document(file.filename, content)


def load_document(digest: str, name: str) -> Upload:
    """Load an uploaded document; raise NotFound if it is gone, as it is after a day unless adopted."""
    try:
        return _as_document(name, g.ws.vault.load(digest))
    except NotFound:
        raise NotFound(
            "Văn bản đã tải lên không còn trong kho.",
            "Văn bản chưa đưa vào bảng chỉ được giữ một ngày; hãy tải lên lại.",
        ) from None


def _as_document(name: str, content: bytes) -> Upload:
    """Return a document with the media type of its file name; raise BadInput for other types."""
    return Upload(name, content, readers.media_type_of(name))


def read_document(document: Upload, decisions: Decisions = NO_DECISIONS) -> Reading:
    """Return what is read from a document with a person's decisions; raise BadInput when it is no plan.

    Corrections of lines whose text is another one now are left out: the document is then read once more.
    """
    proposal = _read_proposal(document, decisions.lines)
    holding = corrections_that_hold(decisions.lines, proposal.passages)
    if len(holding) < len(decisions.lines):
        proposal = _read_proposal(document, holding)
    proposal = apply_row_choices(proposal, decisions.rows)
    if year := parse_year(decisions.year):
        proposal = replace(proposal, year=year, closing_day=f"{year}-12-31")
    if decisions.number is not None:
        proposal = replace(proposal, number=decisions.number or None)
    if decisions.issuer is not None:
        proposal = replace(proposal, issuer=decisions.issuer or None)
    return Reading(document, proposal, replace(decisions, lines=holding))


def parse_year(words: str) -> int | None:
    """Return the year that was typed, None for what is no year of a plan."""
    year = int(words) if words.isascii() and words.isdigit() and len(words) == len("2026") else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _read_proposal(document: Upload, corrections: Corrections) -> Proposal:
    """Read a plan from a document, by the workspace's rule for "trước ngày"; raise BadInput.

    What was read is remembered for a while: the form is kept every few seconds while somebody types, and a
    .pdf takes a process of its own each time.
    """
    exclusive = settings.effective_settings(g.db).deadlines.before_is_exclusive
    areas = tuple(contributions.areas(g.ws.plugins))
    roles = roles_by_place(corrections)
    digest = hashlib.sha256(document.content).hexdigest()
    key = (document.name, digest, exclusive, areas, tuple(sorted(roles.items())), learned_digest(g.ws))
    with _lock:
        proposal = _proposals.pop(key, None)
    if proposal is None:
        proposal = read_plan_bytes(
            document.name,
            document.content,
            areas,
            before_is_exclusive=exclusive,
            corrections=roles,
            weights=learned_weights(g.ws),
        )
    with _lock:
        _proposals[key] = proposal
        while len(_proposals) > MOST_REMEMBERED:
            del _proposals[next(iter(_proposals))]
    return proposal
