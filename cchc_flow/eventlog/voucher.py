"""Vouchers: a key's word for a commit whose seal comes after it, so that others may seal it.

Where the seal is stored after the commit, whoever can write into the database could add events and let the
next honest writer seal them. The voucher is made before the commit, of what its maker knows by then: the
command and the leaves, not their place. It is no checkpoint: its text begins otherwise.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from cchc_flow.eventlog.note import Signer, VerifierKey, is_signature

VOUCHER_BEGIN = "cchc-flow-voucher/1\n"


def make_voucher(signer: Signer, command_id: str, leaves: Sequence[bytes]) -> bytes:
    """Return the voucher (64 bytes) of a commit with these leaf hashes by the key that is in force."""
    return signer.sign(_text(signer.verifier_key.name, command_id, leaves)).value


def is_vouched(key: VerifierKey, voucher: bytes, command_id: str, leaves: Sequence[bytes]) -> bool:
    """Tell whether a voucher is one of the key for a commit with these leaf hashes."""
    return is_signature(key.public, voucher, _text(key.name, command_id, leaves))


def _text(origin: str, command_id: str, leaves: Sequence[bytes]) -> str:
    digests = sha256(command_id.encode()).digest(), sha256(b"".join(leaves)).digest()
    command, events = (b64encode(digest).decode() for digest in digests)
    return f"{VOUCHER_BEGIN}{origin}\n{command}\n{events}\n"
