"""The keys that sign: in a PKCS#12 file, or in a token, which is reached by PKCS#11 and never gives them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pkcs11 import PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer, SimpleSigner

from cchc_flow.errors import BadInput
from cchc_flow.workflow.calendar import day_of, day_words


def pkcs12_signer(content: bytes, password: str) -> SimpleSigner:
    """Return what signs with the key of a PKCS#12 file; raise BadInput for a wrong password or file."""
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(content, [], password.encode())
    except (ValueError, TypeError, AttributeError) as error:
        raise BadInput(
            "Không mở được tệp khóa: mật khẩu sai, hoặc đây không phải tệp PKCS#12 có khóa bí mật.",
            "Hãy kiểm tra lại tệp và mật khẩu.",
        ) from error
    return signer


@contextmanager
def pkcs11_signer(library: Path, token: str, label: str, pin: str) -> Iterator[PKCS11Signer]:
    """Yield what signs with the key called `label` of a token; raise BadInput when it cannot be reached."""
    try:
        session = open_pkcs11_session(str(library), token_criteria=TokenCriteria(label=token), user_pin=pin)
    except (PKCS11Error, RuntimeError, OSError) as error:
        raise BadInput(
            f"Không mở được thiết bị khóa «{token}» ({type(error).__name__}).",
            "Hãy kiểm tra thiết bị đã cắm, tên thiết bị, mã PIN và đường dẫn thư viện PKCS#11.",
        ) from error
    with session:
        yield PKCS11Signer(session, cert_label=label, key_label=label, other_certs_to_pull=None)


def require_certificate_in_force(signer: Signer, moment: datetime) -> None:
    """Raise BadInput unless the certificate of a key is there, and in force at a moment."""
    try:
        certificate = signer.signing_cert
    except PKCS11Error as error:
        raise BadInput("Thiết bị không có chứng thư mang nhãn này.", "Hãy kiểm tra lại nhãn.") from error
    if certificate is None:
        raise BadInput("Khóa này không có chứng thư.", "Hãy dùng tệp khóa có cả chứng thư.")
    first, last = certificate.not_valid_before, certificate.not_valid_after
    if not first <= moment <= last:
        days = " đến ".join(day_words(day_of(end.isoformat())) for end in (first, last))
        raise BadInput(
            f"Chứng thư chỉ có hiệu lực từ {days} nên không ký được.", "Hãy dùng chứng thư còn hiệu lực."
        )
