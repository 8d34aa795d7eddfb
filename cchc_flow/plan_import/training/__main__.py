"""`python -m cchc_flow.plan_import.training [--check] [FOLDER …]` learns the weights of the roles again.

It reads the labelled documents that it finds: the project's own, and those in the given folders (without one,
in `shared` beside the project). Without the folders the weights are learned from the project's own alone.
`--check` writes nothing, and tells whether the weights come out byte for byte as they are. `--label FILE`
learns nothing: it writes the labels of a document as it is read now, to be corrected by hand, and shows each
line beside its label. The document itself goes into one of the folders; what others wrote is not the
project's to keep.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, repeat
from multiprocessing import get_context
from pathlib import Path

from msgspec.structs import replace

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.states import State
from cchc_flow.plan_import.roles.tagging import tag
from cchc_flow.plan_import.roles.weights import (
    SHIPPED_FILE,
    Weights,
    format_weights,
    write_weights,
)
from cchc_flow.plan_import.training.calibration import find_outcomes_of_part, fit_shares, parts_of
from cchc_flow.plan_import.training.labels import (
    LABELS,
    OWN_FOLDERS,
    LabelledDocument,
    find_documents,
    label_file,
    read_all_labels,
    read_lines,
    write_labels,
)
from cchc_flow.plan_import.training.learning import Settings, learn_from_examples, make_examples
from cchc_flow.plugin_host import contributions, loading
from cchc_flow.resources import ROOT

SHARED = ROOT.parent / "shared"


def main(arguments: Sequence[str]) -> int:
    """Write the weights anew, or check them; return 1 if they differ or a label does not fit its document."""
    asked = _parser().parse_args(arguments)
    if asked.label is not None:
        return label_document(asked.label, LABELS)
    documents = labelled_documents(asked.folders or [SHARED])
    changed = [f"{document.name}: {document.changed}" for document in documents if document.changed]
    if changed:
        say("\n  ".join(("Nhãn không còn khớp với văn bản đọc được:", *changed)))
        return 1
    weights = make_weights(documents, shipped_areas())
    if asked.check:
        is_same = format_weights(weights) == SHIPPED_FILE.read_bytes()
        say("Trọng số ra đúng như đang có." if is_same else "Trọng số ra khác tệp đang có.")
        return 0 if is_same else 1
    write_weights(SHIPPED_FILE, weights)
    say(f"Đã học từ {len(documents)} văn bản: {SHIPPED_FILE.name}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("cchc_flow.plan_import.training", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--check", action="store_true", help="only tell whether they come out as they are")
    parser.add_argument("--label", type=Path, metavar="FILE", help="write labels of a document to correct")
    return parser


def label_document(document: Path, folder: Path) -> int:
    """Write the labels of a document as it is read now into a folder; return 1 if it has some there."""
    path = folder / f"{document.stem}.txt"
    if path.exists():
        say(f"{path.name} đã có trong {folder.name}: hãy sửa tệp ấy, hoặc đổi tên văn bản.")
        return 1
    name, content = f"{document.parent.name}/{document.name}", document.read_bytes()
    lines = read_lines(name, content)
    states = [State(tagged.role, tagged.section).name for tagged in tag(lines, shipped_areas())]
    write_labels(path, label_file(name, content, states))
    for line, state in zip(lines, states, strict=True):
        say(f"{line.place:>5} {state:<16} {line.text[:90]}")
    say(f"Đã ghi {len(states)} nhãn vào {path.name}; hãy so từng dòng ở trên và sửa nhãn sai trong tệp.")
    return 0


def say(text: str) -> None:
    """Write a line to the standard output."""
    sys.stdout.write(f"{text}\n")


def labelled_documents(folders: Sequence[Path]) -> list[LabelledDocument]:
    """Return the labelled documents of the project and of these folders."""
    return find_documents((*OWN_FOLDERS, *folders), read_all_labels())


def make_weights(
    documents: Sequence[LabelledDocument], areas: Sequence[Area], settings: Settings | None = None
) -> Weights:
    """Return weights learned from the documents, and calibrated on parts of them that were left out.

    A process for each processor learns: from all documents, and from all but each part.
    """
    settings = settings or Settings()
    examples = make_examples(documents, areas)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
        learned = processes.submit(learn_from_examples, examples, settings)
        outcomes = processes.map(
            find_outcomes_of_part,
            *zip(*parts_of(documents, examples), strict=True),
            repeat(areas),
            repeat(settings),
        )
        return replace(learned.result(), calibration=fit_shares(list(chain.from_iterable(outcomes))))


def shipped_areas() -> tuple[Area, ...]:
    """Return the areas of the plugins that come with the program."""
    return tuple(contributions.areas(loading.load_plugins()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
