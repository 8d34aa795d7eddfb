"""Labelled documents: which role each line of a document has, kept without the document's sentences."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from cchc_flow.plan_import.document import number_blocks
from cchc_flow.plan_import.readers import FORMATS, reader_for
from cchc_flow.plan_import.roles.lines import Line, document_lines
from cchc_flow.plan_import.roles.states import State, state_of
from cchc_flow.plan_import.structure.cleaning import clean_blocks
from cchc_flow.plan_import.structure.document_parts import unfold_layout_tables

LABELS = Path(__file__).parent / "labels"
DOCUMENTS = Path(__file__).parent / "documents"
OWN_FOLDERS = (DOCUMENTS, Path(__file__).parents[2] / "samples")
"""Where the documents lie that come with the program."""
FINGERPRINT_DIGITS = 8


class Label(msgspec.Struct, frozen=True):
    """The label of one line: its `state` as written («heading:goal», «task») and its text's fingerprint."""

    place: int
    state: str
    fingerprint: str


class LabelFile(msgspec.Struct, frozen=True):
    """The labels of one document: the file's name for a reader, and its digest (SHA-256) to find it by."""

    name: str
    digest: str
    labels: tuple[Label, ...]


class LabelledDocument(msgspec.Struct, frozen=True):
    """A document's lines with the state of each; `changed` are the places whose text no longer fits."""

    name: str
    lines: tuple[Line, ...]
    states: tuple[State, ...]
    changed: tuple[int, ...] = ()


def fingerprint(text: str) -> str:
    """Return the first digits of the digest of a line's text, which tell whether a label still fits it."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:FINGERPRINT_DIGITS]


def read_labels(path: Path) -> LabelFile:
    """Return the labels in a file; each line of it holds «place state fingerprint»."""
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    digest, name = head.split(" ", 1)
    labels = (row.split(" ") for row in rows if row)
    return LabelFile(name, digest, tuple(Label(int(place), state, mark) for place, state, mark in labels))


def read_all_labels() -> list[LabelFile]:
    """Return the labels of all documents that the project has labelled."""
    return [read_labels(path) for path in sorted(LABELS.glob("*.txt"))]


def write_labels(path: Path, file: LabelFile) -> None:
    """Write labels in the form that `read_labels` reads."""
    rows = (f"{label.place} {label.state} {label.fingerprint}" for label in file.labels)
    path.write_text("\n".join((f"{file.digest} {file.name}", *rows)) + "\n", encoding="utf-8")


def label_file(name: str, content: bytes, states: Sequence[str]) -> LabelFile:
    """Return the labels of a document given the states of its lines in order."""
    pairs = zip(read_lines(name, content), states, strict=True)
    labels = (Label(line.place, state, fingerprint(line.text)) for line, state in pairs)
    return LabelFile(name, hashlib.sha256(content).hexdigest(), tuple(labels))


def read_lines(name: str, content: bytes) -> tuple[Line, ...]:
    """Return the lines of a document as the importer tags them."""
    blocks = clean_blocks(number_blocks(reader_for(name)(content)))
    return document_lines(unfold_layout_tables(blocks))


def find_documents(folders: Iterable[Path], files: Sequence[LabelFile]) -> list[LabelledDocument]:
    """Return the labelled documents whose files lie in the folders, in the order of `files`."""
    paths = (path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in FORMATS)
    contents = {hashlib.sha256(content).hexdigest(): (path, content) for path, content in _contents(paths)}
    return [
        attach_labels(file, read_lines(contents[file.digest][0].name, contents[file.digest][1]))
        for file in files
        if file.digest in contents
    ]


def attach_labels(file: LabelFile, lines: Sequence[Line]) -> LabelledDocument:
    """Return the lines that have a label; a line whose text has changed keeps its label, and is named."""
    labels = dict(zip(_keys(label.place for label in file.labels), file.labels, strict=True))
    keys = _keys(line.place for line in lines)
    pairs = [(line, labels[key]) for line, key in zip(lines, keys, strict=True) if key in labels]
    return LabelledDocument(
        name=file.name,
        lines=tuple(line for line, _ in pairs),
        states=tuple(state_of(label.state) for _, label in pairs),
        changed=tuple(line.place for line, label in pairs if fingerprint(line.text) != label.fingerprint),
    )


def _keys(places: Iterable[int]) -> list[tuple[int, int]]:
    """Return each place with how often it came before: the cells of one layout row share their place."""
    counts: Counter[int] = Counter()
    keys = []
    for place in places:
        keys.append((place, counts[place]))
        counts[place] += 1
    return keys


def _contents(paths: Iterable[Path]) -> Iterable[tuple[Path, bytes]]:
    return ((path, path.read_bytes()) for path in paths)
