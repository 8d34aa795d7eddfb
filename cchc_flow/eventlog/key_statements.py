"""What the key in force says about a log, besides the seals of its commits."""

from abc import ABC, abstractmethod

from cchc_flow.eventlog.batch import Head
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.connection import Connections
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.note import Signer, format_note
from cchc_flow.eventlog.stored_streams import StoredStreams
from cchc_flow.eventlog.voucher import VOUCHER_BEGIN


class KeyStatements(StoredStreams, ABC):
    """What a log has stored, and the statements of its key. `port.EventLog` has the interface."""

    def __init__(self, connections: Connections, keys: KeyStore) -> None:
        super().__init__(connections)
        self._keys = keys

    @abstractmethod
    def head(self) -> Head:
        """Return the head of the log as it is now."""

    def verifier_key(self) -> str:
        """Return the verifier key (C2SP) now in force; auditors keep a copy away from the log."""
        return self.head().key

    def check_key(self) -> None:
        """Raise LogBroken unless the private key in force, which each append needs, is at hand."""
        self._signer(self.head())

    def sign(self, text: str) -> str:
        """Return a text as a note signed by the key in force; see `port.EventLog`."""
        head = self.head()
        if text.startswith((head.origin, VOUCHER_BEGIN)) or not text.endswith("\n"):
            raise ValueError(f"this is not for the key of a log to sign: {text[:80]!r}")
        return format_note(text, [self._signer(head).sign(text)])

    def checkpoint_for_witnesses(self) -> str:
        """Return the newest checkpoint without the line of its time, signed by the key in force."""
        head = self.head()
        return Checkpoint(head.origin, head.size, head.root).sign([self._signer(head)])

    def _signer(self, head: Head) -> Signer:
        return self._keys.signer(head.key)
