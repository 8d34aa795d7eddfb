"""Examines the signatures of a PDF, in the process that may do nothing else; nothing is asked of anybody."""

from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from cchc_flow.signatures.found import Changes, FoundSignature, Question, Signatures, Trust
from cchc_flow.signatures.quick_reader import QuickReader

MOST_SIGNATURES = 20
NOT_A_PDF = "Không đọc được các chữ ký số trong tệp này: tệp hỏng, có mật khẩu, hoặc viết không đúng chuẩn."
ODD = (
    PdfError,
    SignatureValidationError,
    UnacceptableSignerError,
    ValueError,
    TypeError,
    KeyError,
    LookupError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
)
"""What pyHanko raises for files and certificates that are not as they should be."""
EITHER_USE = KeyUsageConstraints(
    key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
)


def examine(question: Question) -> Signatures:
    """Return what can be told of the signatures of a PDF."""
    try:
        reader = QuickReader(question.content)
        embedded = reader.embedded_signatures
        signed_fields = {signature.field_name for signature in embedded}
        found = tuple(
            _examine(signature, question, signed_fields) for signature in embedded[:MOST_SIGNATURES]
        )
        return Signatures(found=found, changes_since=_changes_since(reader, question, signed_fields))
    except ODD:
        return Signatures(fault=NOT_A_PDF)


def _examine(signature: EmbeddedPdfSignature, question: Question, signed_fields: set[str]) -> FoundSignature:
    """Return what can be told of one signature; one that cannot be examined is told with its names only."""
    is_time_stamp = signature.sig_object_type == "/DocTimeStamp"
    try:
        context = _context(question)
        status: Any = (
            validate_pdf_timestamp(signature, context)
            if is_time_stamp
            else validate_pdf_signature(signature, context, key_usage_settings=EITHER_USE)
        )
    except ODD:
        return FoundSignature(checked=False, is_time_stamp=is_time_stamp, **_names(signature))
    return FoundSignature(
        intact=status.intact and status.valid,
        changes="other" if status.docmdp_ok is False else _changes(signature.diff_result, signed_fields),
        trust=_trust(status, question),
        is_time_stamp=is_time_stamp,
        **_time(status, status if is_time_stamp else status.timestamp_validity),
        **_names(signature),
    )


def _time(status: Any, stamp: Any) -> dict[str, Any]:
    """Return when a signature was set: by its time stamp if that is sound, else as the signer says."""
    if stamp and stamp.intact and stamp.valid:
        return {
            "time": stamp.timestamp.isoformat(),
            "time_stamper": _name(stamp.signing_cert.subject),
            "time_stamper_trusted": bool(stamp.trusted),
        }
    told = getattr(status, "signer_reported_dt", None)
    return {"time": told.isoformat() if told else ""}


def _context(question: Question) -> ValidationContext:
    """Return what a certificate is judged by: the trusted ones only, as of the moment, asking nobody."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(certificate) for certificate in question.trusted],
        moment=datetime.fromisoformat(question.moment),
        allow_fetching=False,
    )


def _trust(status: Any, question: Question) -> Trust:
    if status.trusted:
        return "trusted"
    certificate = status.signing_cert
    if certificate.subject == certificate.issuer:
        return "self-signed"
    moment = datetime.fromisoformat(question.moment)
    return "expired" if certificate.not_valid_after < moment else "unknown"


def _names(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    """Return the names in the signer's certificate, as far as there is one."""
    try:
        certificate = signature.signer_cert
        return {
            "signer": _name(certificate.subject),
            "agency": _part(certificate.subject, "organization_name"),
            "issuer": _name(certificate.issuer),
            "self_signed": certificate.subject == certificate.issuer,
            "expires": certificate.not_valid_after.date().isoformat(),
        }
    except ODD:
        return {"signer": "", "agency": "", "issuer": ""}


def _name(name: x509.Name) -> str:
    """Return what a certificate calls somebody: the common name, else the agency, else all of it."""
    return _part(name, "common_name") or _part(name, "organization_name") or str(name.human_friendly)


def _part(name: x509.Name, part: str) -> str:
    value = name.native.get(part, "")
    return value if isinstance(value, str) else ", ".join(map(str, value))


def _changes(result: Any, signed_fields: set[str]) -> Changes:
    """Return in one word what pyHanko's comparison of revisions says."""
    if not isinstance(result, DiffResult) or result.modification_level > ModificationLevel.FORM_FILLING:
        return "other"
    if result.modification_level == ModificationLevel.NONE:
        return "none"
    return "signed" if result.changed_form_fields <= signed_fields else "filled"


def _changes_since(reader: QuickReader, question: Question, signed_fields: set[str]) -> Changes | None:
    """Return what was added after the beginning of the file that is asked about."""
    if not 0 < question.beginning <= len(question.content):
        return None
    revision = QuickReader(question.content[: question.beginning]).total_revisions - 1
    if revision == reader.total_revisions - 1:
        return "none" if question.beginning == len(question.content) else "other"
    before = reader.get_historical_resolver(revision)
    if "/AcroForm" not in before.root:
        before.root["/AcroForm"] = _empty_form(reader.get_historical_resolver(revision + 1))
    return _changes(DEFAULT_DIFF_POLICY.review_file(reader, before), signed_fields)


def _empty_form(after: HistoricalResolver) -> generic.DictionaryObject:
    """Return the form that a file gets with its first signature, without fields.

    pyHanko compares forms, and calls a file that had none damaged.
    """
    root: Any = after.root  # its `get` would not follow a reference
    form = root["/AcroForm"] if "/AcroForm" in root else {}  # noqa: SIM401
    settings = {key: form[key] for key in ("/SigFlags", "/DA", "/DR") if key in form}
    return generic.DictionaryObject({"/Fields": generic.ArrayObject(), **settings})  # type: ignore[no-untyped-call]
