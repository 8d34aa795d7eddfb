"""Cosignatures are those of C2SP: made and checked here, and checked again with another library."""

from base64 import b64decode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nacl.signing import SigningKey

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.note import Note, VerifierKey, format_note
from cchc_flow.eventlog.witnesses.cosignature import Cosigner, WitnessKey
from cchc_flow.eventlog.witnesses.cosigned import add_cosignature, parse_cosigned

SEEN = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TEXT = "cchc-flow/ea-thu/57cf5232\n12\nLXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=\n"


@pytest.fixture
def cosigner() -> Cosigner:
    return Cosigner("thanh-tra.example/w1", SigningKey(bytes(range(32))))


def test_another_library_verifies_a_cosignature_by_the_words_of_the_specification(cosigner: Cosigner) -> None:
    _, _, encoded = str(cosigner.key).split("+", 2)
    raw = b64decode(encoded)
    value = cosigner.cosign(TEXT, SEEN).value
    message = f"cosignature/v1\ntime {int.from_bytes(value[:8])}\n{TEXT}"
    Ed25519PublicKey.from_public_bytes(raw[1:]).verify(value[8:], message.encode())
    assert raw[0] == 4 and int.from_bytes(value[:8]) == int(SEEN.timestamp())


def test_the_time_is_told_of_the_newest_valid_cosignature(cosigner: Cosigner) -> None:
    later = SEEN.replace(hour=5)
    note = Note(TEXT, (cosigner.cosign(TEXT, later), cosigner.cosign(TEXT, SEEN)))
    assert cosigner.key.cosigned_at(note) == later


@pytest.mark.parametrize("place", [0, 7, 8, 71])
def test_a_changed_cosignature_is_none(cosigner: Cosigner, place: int) -> None:
    signature = cosigner.cosign(TEXT, SEEN)
    value = bytearray(signature.value)
    value[place] ^= 1
    changed = type(signature)(signature.name, signature.key_id, bytes(value))
    assert cosigner.key.cosigned_at(Note(TEXT, (changed,))) is None
    assert cosigner.key.cosigned_at(Note(TEXT.replace("12", "13"), (signature,))) is None


def test_a_log_s_signature_is_no_cosignature_and_the_other_way_round(cosigner: Cosigner) -> None:
    with pytest.raises(BadInput, match="Khóa kiểm tra không đúng dạng"):
        VerifierKey.parse(str(cosigner.key))
    with pytest.raises(BadInput, match="Khóa kiểm tra không đúng dạng"):
        WitnessKey.parse(str(VerifierKey("a", cosigner.key.public)))


def test_what_a_witness_answers_is_put_under_the_note_and_lines_of_others_are_left_out(
    cosigner: Cosigner,
) -> None:
    other = Cosigner("khac.example", SigningKey.generate())
    lines = format_note("", [other.cosign(TEXT, SEEN), cosigner.cosign(TEXT, SEEN)]).removeprefix("\n")
    note = format_note(TEXT, [other.cosign(TEXT, SEEN)])
    cosigned = add_cosignature(note, lines, cosigner.key)
    assert cosigned.at == SEEN and cosigned.checkpoint.size == 12
    assert [line.split(" ")[1] for line in cosigned.note.splitlines()[4:]] == [
        "khac.example",
        cosigner.key.name,
    ]
    with pytest.raises(BadInput, match="không có chữ ký của bên chứng kiến"):
        parse_cosigned(note, cosigner.key)


@pytest.mark.parametrize("name", ["", "hai từ", "a+b"])
def test_a_name_that_no_key_can_have_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="không dùng được cho khóa chứng kiến"):
        Cosigner(name, SigningKey.generate())
