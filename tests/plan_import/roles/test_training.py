"""Weights are learned from labelled documents, the same from the same; a workspace learns from its own."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.plans import shipped_areas

from cchc_flow.plan_import.roles.states import STATES, state_of
from cchc_flow.plan_import.roles.tagging import tag
from cchc_flow.plan_import.roles.weights import (
    SHIPPED_FILE,
    Weights,
    format_weights,
    mean_weights,
    read_weights,
    shipped_weights,
    write_weights,
)
from cchc_flow.plan_import.training.__main__ import SHARED, label_document, labelled_documents, main
from cchc_flow.plan_import.training.calibration import fit_shares
from cchc_flow.plan_import.training.labels import (
    LabelledDocument,
    attach_labels,
    fingerprint,
    label_file,
    read_labels,
    read_lines,
    write_labels,
)
from cchc_flow.plan_import.training.learning import Settings, learn_from_examples, make_examples
from cchc_flow.plan_import.training.local import remembered_documents

QUICK = Settings(rounds=2)
TWIN = "1752680001469381"
"""The beginning of the digest of the weights that four of our own documents give in two rounds."""


@pytest.fixture(scope="module")
def few() -> Sequence[LabelledDocument]:
    return remembered_documents()[:4]


def learn_quickly(documents: Sequence[LabelledDocument]) -> Weights:
    return learn_from_examples(make_examples(documents, shipped_areas()), QUICK)


def test_the_same_documents_give_the_same_weights_byte_for_byte(few: Sequence[LabelledDocument]) -> None:
    first, second = (format_weights(learn_quickly(few)) for _ in range(2))
    assert first == second


def test_our_own_documents_give_the_weights_that_they_gave_elsewhere(few: Sequence[LabelledDocument]) -> None:
    content = format_weights(learn_quickly(few))
    assert hashlib.sha256(content).hexdigest()[:16] == TWIN, "features or labels have changed: note it here"


def test_weights_written_and_read_are_the_same(tmp_path: Path, few: Sequence[LabelledDocument]) -> None:
    weights = learn_quickly(few)
    write_weights(tmp_path / "weights.json", weights)
    assert read_weights(tmp_path / "weights.json") == weights


def test_the_labels_fit_the_documents_that_come_with_the_program() -> None:
    assert [document.name for document in remembered_documents() if document.changed] == []


def test_the_labels_fit_the_shared_documents() -> None:
    if not SHARED.is_dir():
        pytest.skip("no shared documents: they are kept outside the project")
    documents = labelled_documents([SHARED])
    assert len(documents) > len(remembered_documents())
    assert [(document.name, document.changed) for document in documents if document.changed] == []


def test_a_label_file_holds_no_sentence_and_reads_back(tmp_path: Path) -> None:
    content = "KẾ HOẠCH\n\nRà soát văn bản của xã.\n".encode()
    file = label_file("plan.txt", content, ("title", "task"))
    write_labels(tmp_path / "plan.txt", file)
    assert read_labels(tmp_path / "plan.txt") == file
    assert "Rà soát" not in (tmp_path / "plan.txt").read_text(encoding="utf-8")


def test_the_labels_of_a_new_document_are_written_as_it_is_read_and_never_over_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, folder = tmp_path / "plan.txt", tmp_path / "labels"
    document.write_text("KẾ HOẠCH\n\nI. NHIỆM VỤ\n\n- Rà soát văn bản của xã.\n", encoding="utf-8")
    folder.mkdir()
    assert label_document(document, folder) == 0
    labels = read_labels(folder / "plan.txt")
    assert [label.state for label in labels.labels] == ["title", "heading:task", "task"]
    assert "Rà soát văn bản của xã." in capsys.readouterr().out
    assert attach_labels(labels, read_lines("plan.txt", document.read_bytes())).changed == ()
    assert label_document(document, folder) == 1 and read_labels(folder / "plan.txt") == labels


def test_a_line_whose_text_has_changed_is_named() -> None:
    content = "KẾ HOẠCH\n\nRà soát văn bản của xã.\n".encode()
    file = label_file("plan.txt", content, ("title", "task"))
    lines = read_lines("plan.txt", content.replace("xã".encode(), "phường".encode()))
    assert attach_labels(file, lines).changed == (2,)
    assert fingerprint("Rà  soát") == fingerprint("Rà soát")


def test_every_state_is_found_by_its_name() -> None:
    assert [state_of(state.name) for state in STATES] == list(STATES)
    assert len({state.name for state in STATES}) == len(STATES)


def test_the_confidence_grows_with_the_margin() -> None:
    pairs = shipped_weights().calibration
    assert [share for _, share in pairs] == sorted(share for _, share in pairs)
    assert shipped_weights().confidence(-1) < 0.7 < shipped_weights().confidence(20)


def test_a_calibration_never_falls() -> None:
    outcomes = [(margin / 10, margin % 7 != 0 or margin > 200) for margin in range(400)]
    shares = [share for _, share in fit_shares(outcomes)]
    assert shares == sorted(shares) and 0 < shares[0] < shares[-1] < 1


def test_nearly_all_lines_of_our_own_documents_are_right() -> None:
    documents = remembered_documents()[:10]
    right = [
        tagged.role == state.role
        for document in documents
        for tagged, state in zip(tag(document.lines, shipped_areas()), document.states, strict=True)
    ]
    assert sum(right) > 0.97 * len(right)


def test_the_mean_of_weights_counts_one_that_is_silent_as_nothing() -> None:
    loud = Weights(1, {"bold": {"title": 2.0, "other": -1.0}}, {"any title": {"goal": 0.5}})
    mean = mean_weights([loud, Weights(1, {"bold": {"title": 1.0}}, {})])
    assert mean.features == {"bold": {"title": 1.5, "other": -0.5}}
    assert mean.steps == {"any title": {"goal": 0.25}}


def test_an_option_that_the_training_does_not_know_changes_no_weights(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = SHIPPED_FILE.read_bytes()
    with pytest.raises(SystemExit):
        main(["--chek"])
    assert "--chek" in capsys.readouterr().err and before == SHIPPED_FILE.read_bytes()


@pytest.mark.slow
def test_the_shipped_weights_come_out_byte_for_byte_again() -> None:
    if not SHARED.is_dir():
        pytest.skip("no shared documents: they are kept outside the project")
    assert main(["--check"]) == 0
