"""What is told of the signatures of a file: no more than was checked, whatever the file is."""

import io
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from support.signing import (
    PASSWORD,
    SIGNED_AT,
    authority,
    handwriting,
    officer,
    seal,
    sign,
    stranger,
    time_authority,
)

from cchc_flow.signatures import process, validation, words
from cchc_flow.signatures.found import FoundSignature, Question, Signatures
from cchc_flow.signatures.keys import pkcs12_signer
from cchc_flow.signatures.signing import run_apart


def examine(content: bytes, *trusted: bytes, beginning: int = 0, later: float = 0) -> Signatures:
    """Examine a file in a thread of its own, for browsers leave pyHanko no event loop."""
    moment = (SIGNED_AT + timedelta(days=later)).isoformat()
    question = Question(content=content, moment=moment, trusted=trusted, beginning=beginning)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(validation.examine, question).result()


def only(found: Signatures) -> FoundSignature:
    (signature,) = found.found
    return signature


def changed_after(content: bytes) -> bytes:
    """Return a file to which a note was added, as any editor of PDFs adds it: behind what was there."""
    writer, made = PdfWriter(io.BytesIO(content), incremental=True), io.BytesIO()
    writer.add_annotation(0, FreeText(text="99 nhiệm vụ", rect=(100, 500, 300, 540)))
    writer.write(made)
    return made.getvalue()


@pytest.fixture(scope="session")
def by_stranger(report: bytes) -> bytes:
    return sign(report, stranger())


def test_signer_time_and_what_was_added_are_told_of_each_signature(signed):
    first, second = examine(signed, authority().der).found
    assert (first.signer, first.agency) == ("Y Thắng Niê", "Ủy ban nhân dân xã Mẫu")
    assert (first.intact, first.changes, first.trust) == (True, "signed", "trusted")
    assert (second.intact, second.changes, second.trust) == (True, "none", "trusted")
    assert words.is_sound(first) and words.is_sound(second)
    assert first.time and not first.time_stamper
    assert any("do máy của người ký ghi" in sentence for sentence in words.signature_sentences(first))


def test_a_signature_of_somebody_unknown_is_intact_and_not_trusted(signed):
    first, _ = examine(signed).found
    assert (first.intact, first.trust) == (True, "unknown")
    assert "Chưa xác định được ai bảo đảm" in words.trust_sentence(first)
    assert "«CA thử nghiệm»" in words.trust_sentence(first)


def stamped_by_time_authority(content: bytes) -> bytes:
    """Return a PDF that was signed with a time stamp of the day before the signer's own clock."""
    key = time_authority().key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(time_authority().der),
        keys.PrivateKeyInfo.load(key),
        fixed_dt=SIGNED_AT - timedelta(days=1),
    )
    signer = pkcs12_signer(officer().p12(), PASSWORD)
    about = PdfSignatureMetadata(field_name="S", md_algorithm="sha256")
    pdf_signer = PdfSigner(about, signer, timestamper=stamper)
    return run_apart(lambda: pdf_signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)))).getvalue()


def test_a_time_stamp_is_told_with_who_set_it_and_whether_he_is_trusted(report):
    content = stamped_by_time_authority(report)
    for trusted, words_of_trust in ((authority().der, "» thuộc"), (stranger().der, "» không thuộc")):
        signature = only(examine(content, trusted))
        assert (signature.time_stamper, signature.time[:10]) == ("TSA thử nghiệm", "2026-03-04")
        (said,) = [one for one in words.signature_sentences(signature) if "Dấu thời gian" in one]
        assert words_of_trust in said.replace(",", "")


def test_a_certificate_that_vouches_for_itself_is_called_so(by_stranger):
    signature = only(examine(by_stranger, authority().der))
    assert (signature.intact, signature.trust) == (True, "self-signed")
    assert words.trust_sentence(signature).startswith("Chứng thư tự ký: không có cơ quan nào bảo đảm")


def test_one_that_this_machine_trusts_is_still_called_self_signed(by_stranger):
    signature = only(examine(by_stranger, stranger().der))
    assert signature.trust == "trusted"
    assert words.trust_sentence(signature).startswith("Chứng thư tự ký này thuộc danh sách")


def test_a_certificate_that_has_expired_since_is_not_trusted(signed):
    first, _ = examine(signed, authority().der, later=3650).found
    assert first.trust == "expired"
    assert "hết hạn từ ngày 01/01/2028" in words.trust_sentence(first)


def test_a_change_of_what_was_signed_is_noticed(by_stranger):
    place = by_stranger.index(b"stream") + 20
    forged = by_stranger[:place] + bytes([by_stranger[place] ^ 1]) + by_stranger[place + 1 :]
    found = examine(forged)
    assert found.fault or not only(found).intact


def test_what_was_added_behind_a_signature_and_is_none_is_noticed(by_stranger):
    signature = only(examine(changed_after(by_stranger)))
    assert (signature.intact, signature.changes) == (True, "other")
    assert not words.is_sound(signature)
    assert any("không chỉ là ký thêm" in sentence for sentence in words.signature_sentences(signature))


def test_what_came_after_the_beginning_of_a_file_is_told(report, signed):
    begin = len(report)
    assert examine(signed, beginning=begin).changes_since == "signed"
    assert examine(report, beginning=begin).changes_since == "none"
    assert examine(changed_after(report), beginning=begin).changes_since == "other"
    assert examine(sign(changed_after(report), officer()), beginning=begin).changes_since == "other"
    assert examine(signed).changes_since is None


def test_a_picture_that_hides_a_page_is_a_part_of_the_signature(report):
    one = sign(report, officer(), picture=handwriting())
    large = sign(one, stranger(), "agency", picture=seal(), width_mm=120)
    assert examine(large, beginning=len(report)).changes_since == "signed"


def test_a_file_without_signatures_has_none(report):
    assert examine(report) == Signatures()
    assert not process.is_signed(report)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 /ByteRange forty", b"GIF89a", b"%PDF-" + b"[" * 50_000])
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(content):
    assert examine(content) == Signatures(fault=validation.NOT_A_PDF)


def test_half_a_signed_file_is_no_signed_file(signed):
    assert examine(signed[: len(signed) * 2 // 3]).found == ()


def test_a_report_whose_objects_are_packed_together_is_examined_quickly(signed):
    begin = time.process_time()
    assert len(examine(signed).found) == 2
    assert time.process_time() - begin < 4  # pyHanko's own reader takes ten times as long


def test_what_takes_too_long_is_ended_and_told(signed, monkeypatch):
    monkeypatch.setattr(process, "SECONDS", 0.05)
    assert process.examine(signed, SIGNED_AT).fault == process.TOOK_TOO_LONG


def test_without_the_extra_nothing_is_claimed(signed, monkeypatch):
    monkeypatch.setattr(process, "find_spec", lambda name: None)
    found = process.examine(signed, SIGNED_AT)
    assert found.found == () and "chưa cài" in found.fault


def test_no_word_promises_what_was_not_checked():
    for trust in ("trusted", "self-signed", "expired", "unknown"):
        for changes in ("none", "signed", "filled", "other"):
            signature = FoundSignature(
                signer="A", agency="B", issuer="C", intact=True, changes=changes, trust=trust,
                self_signed=trust == "self-signed", expires="2026-01-01",
            )  # fmt: skip
            said = " ".join(words.signature_sentences(signature)).lower()
            assert "công vụ" not in said and "hợp lệ" not in said and "hợp pháp" not in said
    assert "thu hồi" in words.REVOCATION
    broken = FoundSignature(signer="A", agency="", issuer="C", intact=False)
    assert words.signature_sentences(broken) == [
        "Chữ ký không khớp với tệp: phần đã ký bị sửa sau khi ký, hoặc chữ ký hỏng."
    ]


def test_a_process_without_rights_finds_the_same(signed):
    found = process.examine(signed, SIGNED_AT, (authority().der,))
    assert found == examine(signed, authority().der)


def test_the_reader_of_pypdf_agrees_on_what_is_there(signed):
    fields = PdfReader(io.BytesIO(signed)).get_fields() or {}
    assert [field.get("/FT") for field in fields.values()] == ["/Sig", "/Sig"]
