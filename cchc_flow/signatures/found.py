"""What was found out about the signatures of a PDF."""

from typing import Literal

import msgspec

Changes = Literal["none", "signed", "filled", "other"]
"""What was added to a file: nothing, only signatures and what keeps them, also fields of a form, anything."""
Trust = Literal["trusted", "self-signed", "expired", "unknown"]


class FoundSignature(msgspec.Struct, frozen=True, kw_only=True):
    """One signature, or one time stamp over the file; `checked` is False when it could not be examined.

    `intact` tells that what was signed is as it was, `changes` what was added to the file afterwards. `time`
    is RFC 3339: by the signer's own machine, or by the time stamp of `time_stamper`, for whom somebody may
    vouch or not. `expires` is the last day of the certificate.
    """

    signer: str
    agency: str
    issuer: str
    checked: bool = True
    intact: bool = False
    changes: Changes = "none"
    trust: Trust = "unknown"
    self_signed: bool = False
    time: str = ""
    time_stamper: str = ""
    time_stamper_trusted: bool = False
    expires: str = ""
    is_time_stamp: bool = False


class Signatures(msgspec.Struct, frozen=True, kw_only=True):
    """The signatures of a file, oldest first; `fault` says in words why they could not be read.

    `changes_since` tells what was added to a file after the beginning that was asked about, None when that
    is not where one of its revisions ends.
    """

    found: tuple[FoundSignature, ...] = ()
    fault: str = ""
    changes_since: Changes | None = None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF to be examined at a moment (RFC 3339), with the certificates (DER) that this machine trusts.

    `beginning` is how many of its first bytes are a file of their own, 0 when that is not asked.
    """

    content: bytes
    moment: str
    trusted: tuple[bytes, ...] = ()
    beginning: int = 0
