"""A downloaded file is tied to the event that names it by its salt and a receipt."""

import msgspec
import pytest
from support.world import RESULT, TASK, World

from cchc_flow.audit.content_proof import ContentProof, check_content, parse_content_proof, prove_content
from cchc_flow.audit.findings import verdict
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.receipt_files import issue_receipt

STREAM = f"item-{TASK}"
CONTENT = RESULT["evidence"][0].content


@pytest.fixture
def evidence(world: World) -> str:
    """The digest of the file with which the task was submitted."""
    world.submitted()
    submitted = next(e for e in world.ws.log.stream(STREAM) if e.type.startswith("item.submitted/"))
    return str(submitted.data["evidence"][0]["content"]["digest"])


@pytest.fixture
def proof(world: World, evidence: str) -> ContentProof:
    return prove_content(world.ws, STREAM, evidence)


def test_a_file_is_the_one_that_its_event_names(proof: ContentProof) -> None:
    read_back = parse_content_proof(proof.text().encode())
    assert read_back == proof
    assert verdict(check_content(CONTENT, read_back)) is True


def test_a_changed_file_salt_or_digest_and_the_receipt_of_another_event_are_found(
    world: World, proof: ContentProof
) -> None:
    assert verdict(check_content(CONTENT + b"x", proof)) is False
    for other in (
        msgspec.structs.replace(proof, salt=bytes(32)),
        msgspec.structs.replace(proof, digest="0" * 64),
        msgspec.structs.replace(proof, receipt=issue_receipt(world.ws.log, 1)),
    ):
        assert verdict(check_content(CONTENT, other)) is False


def test_what_is_no_such_proof_is_refused_in_words(proof: ContentProof) -> None:
    text = proof.text()
    for wrong in ("", "x", text.replace("salt ", "salz "), text.replace("\n\n", "\n", 1), text[:-200]):
        with pytest.raises(BadInput):
            parse_content_proof(wrong.encode())


def test_an_erased_content_and_one_that_no_event_names_have_no_proof(world: World, evidence: str) -> None:
    with pytest.raises(NotFound):
        prove_content(world.ws, "item-khac", evidence)
    world.ws.vault.erase(evidence)
    with pytest.raises(NotFound):
        prove_content(world.ws, STREAM, evidence)
