"""What people here have taught: weights learned from their corrections on top of the shipped ones.

They lie in one file of the workspace's folder, which can be deleted at any time: `learn` makes it again from
the log and the documents in the vault. It is used only while it is whole and made from just these corrections
by this version of the program; else plans are read as the program came.
"""

import hashlib
import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from cchc_flow.commands.plan_learning import CorrectedDocument, corrected_documents
from cchc_flow.conversion import decode
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.files import write_atomically
from cchc_flow.hookspecs import Area
from cchc_flow.plan_import import readers
from cchc_flow.plan_import.corrections import fingerprint_of, parse_role
from cchc_flow.plan_import.roles.weights import SHIPPED_FILE, Weights, format_weights, shipped_weights
from cchc_flow.plan_import.training.labels import read_lines
from cchc_flow.plan_import.training.local import Corrected, learn_locally, remembered_documents
from cchc_flow.workspace import Workspace

FILE = "plan-roles.json"
ASKED = "plan-learning.asked"
FORMAT = 1
LONGEST = 10.0
"""How many seconds learning takes at most: what was learned until then is used."""
LARGEST_FILE = 64 * 1024 * 1024


class Head(msgspec.Struct, frozen=True):
    """The first line of the file: from what the weights were learned, and the digest of all that follows."""

    format: int
    basis: str
    lines: int
    documents: int
    digest: str


class Learning(msgspec.Struct, frozen=True):
    """How many lines people corrected in how many plans, and whether what was learned from them is in use."""

    lines: int
    documents: int
    is_used: bool


def learned_weights(ws: Workspace) -> Weights | None:
    """Return the weights that were learned here; None when there are none, or they may not be trusted."""
    documents = corrected_documents(ws)
    if not documents:
        return None
    found = _load(ws.folder / FILE)
    return found[1] if found and found[0].basis == _basis(documents) else None


def learned_digest(ws: Workspace) -> str:
    """Return what tells the weights in use from any others, "" for those that came with the program."""
    found = _load(ws.folder / FILE) if learned_weights(ws) else None
    return found[0].digest if found else ""


def find_learning(ws: Workspace) -> Learning:
    """Return what there is to learn from in this workspace, and whether it was."""
    documents = corrected_documents(ws)
    lines = sum(len(document.corrections) for document in documents)
    return Learning(lines, len(documents), learned_weights(ws) is not None)


def needs_learning(ws: Workspace) -> bool:
    """Tell whether people have corrected lines from which nothing was learned yet."""
    return bool(corrected_documents(ws)) and learned_weights(ws) is None


def learn(ws: Workspace, areas: Sequence[Area], seconds: float = LONGEST) -> Learning:
    """Learn from all corrections in force and keep the result; without any, forget what was learned."""
    documents = corrected_documents(ws)
    examples = [example for document in documents if (example := _example(ws, document))]
    path = ws.folder / FILE
    if not examples:
        path.unlink(missing_ok=True)
        return Learning(0, 0, is_used=False)
    weights = learn_locally(
        shipped_weights(), examples, areas, remembered=remembered_documents(), seconds=seconds
    )
    written = format_weights(weights)
    lines = sum(len(fixed) for _, fixed in examples)
    head = Head(FORMAT, _basis(documents), lines, len(examples), hashlib.sha256(written).hexdigest())
    write_atomically(path, msgspec.json.encode(head) + b"\n" + written)
    return Learning(lines, len(examples), is_used=True)


def ask_for_learning(private: Path) -> None:
    """Let the daily round of a running server learn within a minute, so that nobody waits for it."""
    (private / ASKED).touch(mode=0o600)


def is_asked_for(private: Path) -> bool:
    """Tell whether somebody corrected lines, and a round has not learned from them yet."""
    return (private / ASKED).exists()


def keep_learned(ws: Workspace, areas: Sequence[Area], seconds: float = LONGEST) -> None:
    """Learn if people have corrected lines from which nothing was learned yet."""
    (ws.private / ASKED).unlink(missing_ok=True)
    if needs_learning(ws):
        learn(ws, areas, seconds)


def _example(ws: Workspace, document: CorrectedDocument) -> Corrected | None:
    """Return the lines of a document with the corrected roles that still fit; None without any."""
    name = readers.name_for(document.content.media_type)
    try:
        lines = read_lines(name, ws.vault.load(document.content.digest))
    except (
        BadInput,
        NotFound,
    ) as error:  # of another program's version, or lost: the others are learned from
        logging.getLogger(__name__).warning("a corrected plan cannot be read again: %s", error)
        return None
    texts = {line.place: fingerprint_of(line.text) for line in lines}
    fixed = {
        one.place: role
        for one in document.corrections
        if texts.get(one.place) == one.fingerprint and (role := parse_role(one.role))
    }
    return (lines, fixed) if fixed else None


def _basis(documents: Sequence[CorrectedDocument]) -> str:
    """Return what tells from which corrections and on top of which weights something was learned."""
    sources = [(document.content.digest, document.corrections) for document in documents]
    return hashlib.sha256(msgspec.json.encode([FORMAT, _shipped_digest(), sources])).hexdigest()


@lru_cache(maxsize=1)
def _shipped_digest() -> str:
    return hashlib.sha256(SHIPPED_FILE.read_bytes()).hexdigest()


def _load(path: Path) -> tuple[Head, Weights] | None:
    """Return what a file of learned weights holds; None when there is none, or it is not whole."""
    try:
        state = path.stat()
        return _decode(path, state.st_mtime_ns, state.st_size) if state.st_size <= LARGEST_FILE else None
    except (OSError, ValueError, msgspec.MsgspecError):
        return None


@lru_cache(maxsize=8)
def _decode(path: Path, changed: int, size: int) -> tuple[Head, Weights] | None:
    """Return the content of the file; its time and size make it another entry when it has changed."""
    first, _, rest = path.read_bytes().partition(b"\n")
    head = decode(first, Head)
    if head.format != FORMAT or hashlib.sha256(rest).hexdigest() != head.digest:
        return None
    return head, decode(rest, Weights)
