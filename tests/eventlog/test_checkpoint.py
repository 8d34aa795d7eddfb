"""Checkpoints are C2SP signed notes that others can read, and nothing else passes for one."""

import stat
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog import checkpoint, note
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.keys import folder_keys
from cchc_flow.eventlog.note import Signer, VerifierKey

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ROOT = sha256(b"x").digest()


@pytest.fixture
def signer() -> Signer:
    return Signer("cchc-flow/ea-thu/57cf5232", SigningKey(bytes(range(32))))


def test_the_note_of_another_implementation_is_understood() -> None:
    """The example of Go's golang.org/x/mod/sumdb/note."""
    assert VerifierKey.parse(PETER).has_signed(note.parse_note(NOTE))
    assert not VerifierKey.parse(PETER).has_signed(note.parse_note(NOTE.replace("answer", "anSwer")))


def test_a_verifier_key_is_written_as_it_was_read() -> None:
    assert str(VerifierKey.parse(PETER)) == PETER


def test_a_checkpoint_is_written_line_by_line_as_the_standard_says(signer: Signer) -> None:
    sealed = Checkpoint("cchc-flow/ea-thu/57cf5232", 12, ROOT, "2026-03-02T01:30:00.000000Z").sign([signer])
    assert sealed.split("\n")[:5] == [
        "cchc-flow/ea-thu/57cf5232",
        "12",
        "LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=",
        "time 2026-03-02T01:30:00.000000Z",
        "",
    ]
    assert sealed.split("\n")[5].startswith("— cchc-flow/ea-thu/57cf5232 ") and sealed.endswith("=\n")


@given(st.integers(0, 2**53), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_reads_back(size: int, root: bytes) -> None:
    signer = Signer("a/b", SigningKey(bytes(32)))
    original = Checkpoint("a/b", size, root, "2026-03-02T01:30:00.000000Z")
    parsed, signed = checkpoint.parse_checkpoint(original.sign([signer]))
    assert parsed == original and signer.verifier_key.has_signed(signed)


def test_a_checkpoint_without_the_line_of_its_time_is_one_too(signer: Signer) -> None:
    original = Checkpoint("cchc-flow/ea-thu/57cf5232", 12, ROOT)
    assert original.text().count("\n") == 3
    assert checkpoint.parse_checkpoint(original.sign([signer]))[0] == original


def test_one_checkpoint_may_carry_several_signatures(signer: Signer) -> None:
    other = Signer("cchc-flow/ea-thu/57cf5232", SigningKey.generate())
    _, signed = checkpoint.parse_checkpoint(Checkpoint("a/b", 1, ROOT, "t").sign([signer, other]))
    assert signer.verifier_key.has_signed(signed) and other.verifier_key.has_signed(signed)


def test_a_signature_under_another_name_does_not_count(signer: Signer) -> None:
    renamed = VerifierKey("someone-else", signer.verifier_key.public)
    _, signed = checkpoint.parse_checkpoint(Checkpoint("a/b", 1, ROOT, "t").sign([signer]))
    assert not renamed.has_signed(signed)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "\n",
        "a\n1\n",
        "a\n1\nAAAA\ntime t\n\n— a AAAAAAAA\n",
        NOTE,
        "a\n-1\nLXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=\ntime t\n\n— a AAAAAAAA\n",
        "a\n01\nLXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=\ntime t\n\n— a AAAAAAAA\n",
        "a\n1\nLXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=\ntime t\nmore\n\n— a AAAAAAAA\n",
        "a\n1\nLXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=\ntime t\n\n- a AAAAAAAA\n",
        "a\n1\nLXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=\ntime t\n\n— a ????\n",
        "x" * 2_000_000,
    ],
)
def test_what_is_no_checkpoint_is_refused(words: str) -> None:
    with pytest.raises(BadInput):
        checkpoint.parse_checkpoint(words)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(words: str) -> None:
    for read in (checkpoint.parse_checkpoint, VerifierKey.parse):
        try:
            read(words)
        except BadInput:
            continue


@pytest.mark.parametrize(
    "vkey", ["", "a+b", PETER.replace("c74f20a3", "c74f20a4"), PETER[:-4], PETER + "AAAA"]
)
def test_what_is_no_verifier_key_is_refused(vkey: str) -> None:
    with pytest.raises(BadInput):
        VerifierKey.parse(vkey)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_a_signer_has_a_name_that_a_note_can_carry(name: str) -> None:
    with pytest.raises(BadInput):
        Signer(name, SigningKey.generate())


def test_a_kept_key_signs_again_when_it_is_read_from_its_file(tmp_path: Path) -> None:
    signer = folder_keys(tmp_path / "p").create_first("ea-thu")
    loaded = folder_keys(tmp_path / "p").signer(str(signer.verifier_key))
    assert loaded.sign("x") == signer.sign("x")
    assert signer.verifier_key.name.startswith("cchc-flow/ea-thu/")


def test_a_key_file_is_read_by_other_software_and_signs_the_same(tmp_path: Path) -> None:
    signer = folder_keys(tmp_path / "p").create_first("ea-thu")
    (path,) = (tmp_path / "p" / "keys").iterdir()
    private = load_pem_private_key(path.read_bytes(), None)
    assert isinstance(private, Ed25519PrivateKey)
    assert private.sign(b"x") == signer.sign("x").value


@pytest.mark.parametrize(
    "content", ["", "\n\n", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_file_that_holds_no_key_is_said_so(tmp_path: Path, content: str) -> None:
    signer = folder_keys(tmp_path / "p").create_first("ea-thu")
    (path,) = (tmp_path / "p" / "keys").iterdir()
    path.write_text(content)
    with pytest.raises(LogBroken, match="không phải khóa"):
        folder_keys(tmp_path / "p").signer(str(signer.verifier_key))


def test_no_key_is_ever_readable_by_others(tmp_path: Path) -> None:
    keys = folder_keys(tmp_path / "p")
    keys.create_next(keys.create_first("ea-thu").verifier_key.name)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "p" / "keys").iterdir()] == [
        0o600,
        0o600,
    ]


def test_a_key_that_is_not_here_is_said_so(tmp_path: Path) -> None:
    assert folder_keys(tmp_path).find_signer(PETER) is None
    with pytest.raises(LogBroken, match="khóa"):
        folder_keys(tmp_path).signer(PETER)
