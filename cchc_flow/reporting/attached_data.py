"""The data inside a report's PDF: every figure with the events it rests on, and the proof of these events.

`figures.json` has the figures, and the cut-off, rules and checkpoint at which they were computed;
`proofs.json` has one Merkle proof for all events that the figures name. What was issued has to be read for
ever: a change of their shape is a new `format`.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import msgspec

from cchc_flow import __version__
from cchc_flow.conversion import decode
from cchc_flow.errors import BadInput
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.port import EventLog, Multiproof
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.reporting.figures import Figure

FIGURES, PROOFS = "figures.json", "proofs.json"
"""The names of the two files inside the PDF."""
FIGURES_FORMAT, PROOFS_FORMAT = "cchc-flow-report/1", "cchc-flow-proofs/1"
MOST_EVENTS = 2**48
"""More than any log has: a proof about a larger tree is not ours."""


File = TypeVar("File", "FiguresFile", "ProofsFile")


class AttachedFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a report as its file tells it; `positions` are those of the events it rests on.

    `source` is «log», «plugin:<name>» or «reported»; `rules` identifies the code of the plugin.
    """

    key: str
    title: str
    value: str | None
    unit: str
    source: str
    positions: tuple[int, ...]
    rules: str


class AttachedCutoff(msgspec.Struct, frozen=True):
    """The position of the log up to which a report counts, and the day that is its today."""

    position: int
    day: date


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What a report was made from: `rules` is the id of the latest event about plugins at the cut-off."""

    workspace: str
    period: str
    plan: str
    cut_off: Cutoff
    rules: str | None


class FiguresFile(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of `figures.json`: `checkpoint` is a signed note, `key` the verifier key then in force."""

    format: str
    workspace: str
    period: str
    plan: str
    cut_off: AttachedCutoff
    checkpoint: str
    key: str
    rules: str | None
    software: str
    figures: tuple[AttachedFigure, ...]


class ProofsFile(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of `proofs.json`: a multiproof, with hashes in hex and nodes named «level/index»."""

    format: str
    size: int
    root: str
    leaves: dict[str, str]
    nodes: dict[str, str]


class AttachedData(msgspec.Struct, frozen=True):
    """The bytes of the two files."""

    figures: bytes
    proofs: bytes


def attached_data(log: EventLog, origin: Origin, figures: Iterable[Figure]) -> AttachedData:
    """Return the data to attach to a report; the same cut-off and figures always give the same bytes.

    The checkpoint is the first one that covers the cut-off. Raise NotFound for a figure that rests on events
    after it.
    """
    note, key = log.checkpoint_at(origin.cut_off.position)
    told = tuple(AttachedFigure(**msgspec.structs.asdict(figure)) for figure in figures)
    positions = {position for figure in told for position in figure.positions}
    proof = log.multiproof(positions, parse_checkpoint(note)[0].size)
    file = FiguresFile(
        format=FIGURES_FORMAT,
        workspace=origin.workspace,
        period=origin.period,
        plan=origin.plan,
        cut_off=AttachedCutoff(origin.cut_off.position, origin.cut_off.day),
        checkpoint=note,
        key=key,
        rules=origin.rules,
        software=__version__,
        figures=told,
    )
    return AttachedData(_encode(file), _encode(_proofs_file(proof)))


def read_figures(content: bytes) -> FiguresFile:
    """Return what `figures.json` tells; raise BadInput when it is no such file, or of a format to come."""
    return _read(content, FiguresFile, FIGURES_FORMAT)


def read_proofs(content: bytes) -> Multiproof:
    """Return the proof of `proofs.json`; raise BadInput when it is malformed."""
    file = _read(content, ProofsFile, PROOFS_FORMAT)
    if not 0 <= file.size <= MOST_EVENTS:
        raise _unreadable()
    try:
        return Multiproof(
            size=file.size,
            root=bytes.fromhex(file.root),
            leaves={_parse_number(position): bytes.fromhex(leaf) for position, leaf in file.leaves.items()},
            nodes={_parse_node(at): bytes.fromhex(node) for at, node in file.nodes.items()},
        )
    except ValueError as error:
        raise _unreadable() from error


def _proofs_file(proof: Multiproof) -> ProofsFile:
    return ProofsFile(
        format=PROOFS_FORMAT,
        size=proof.size,
        root=proof.root.hex(),
        leaves={str(position): leaf.hex() for position, leaf in sorted(proof.leaves.items())},
        nodes={f"{level}/{index}": node.hex() for (level, index), node in sorted(proof.nodes.items())},
    )


def _encode(file: FiguresFile | ProofsFile) -> bytes:
    """Return a file as JSON that people can read too."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def _read(content: bytes, kind: type[File], format_: str) -> File:
    try:
        file = decode(content, kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable() from error
    if file.format != format_:
        raise BadInput(
            f"Dữ liệu đính kèm có dạng «{file.format[:40]}» mà bản phần mềm này không biết.",
            "Hãy kiểm tra bằng bản phần mềm mới hơn.",
        )
    return file


def _parse_node(at: str) -> tuple[int, int]:
    """Return the level and index of a node; raise ValueError."""
    level, _, index = at.partition("/")
    return _parse_number(level), _parse_number(index)


def _parse_number(words: str) -> int:
    """Return a number written in the one way in which we write it; raise ValueError."""
    number = int(words[:20])
    if str(number) != words:
        raise ValueError(words)
    return number


def _unreadable() -> BadInput:
    return BadInput("Không đọc được dữ liệu đính kèm trong tệp.", "Hãy dùng đúng tệp PDF đã được ban hành.")
