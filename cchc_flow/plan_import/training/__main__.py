"""`python -m cchc_flow.plan_import.training [--check] [FOLDER …]` learns the weights of the roles again.

It reads the labelled documents that it finds: the project's own, and those in the given folders (without one,
in `shared` beside the project). Without the folders the weights are learned from the project's own alone.
`--check` writes nothing, and tells whether the weights come out byte for byte as they are.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.weights import (
    SHIPPED_FILE,
    Weights,
    format_weights,
    mean_weights,
    write_weights,
)
from cchc_flow.plan_import.training.calibration import calibrate
from cchc_flow.plan_import.training.labels import (
    OWN_FOLDERS,
    LabelledDocument,
    find_documents,
    read_all_labels,
)
from cchc_flow.plan_import.training.learning import Settings, learn_from_examples, make_examples
from cchc_flow.plugin_host import contributions, loading
from cchc_flow.resources import ROOT

SHARED = ROOT.parent / "shared"
SEEDS = (15, 16, 17, 18, 19)
"""The orders in which the documents are learned: the mean of what they teach rests on no one's chance."""


def main(arguments: Sequence[str]) -> int:
    """Write the weights anew, or check them; return 1 if they differ or a label does not fit its document."""
    asked = _parser().parse_args(arguments)
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
    return parser


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

    They are learned in several orders: of a few dozen documents, one order alone decides what is in doubt.
    """
    settings = settings or Settings()
    examples = make_examples(documents, areas)
    learned = [learn_from_examples(examples, replace(settings, seed=seed)) for seed in SEEDS]
    return calibrate(mean_weights(learned), documents, examples, areas, settings)


def shipped_areas() -> tuple[Area, ...]:
    """Return the areas of the plugins that come with the program."""
    return tuple(contributions.areas(loading.load_plugins()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
