"""One entry of the log of reads: its body, which is what is stored and hashed."""

import re

import msgspec

from cchc_flow.conversion import convert, decoder
from cchc_flow.eventlog.codec import canonical_json

TYPE = "read/1"
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
HOUR = len("2026-03-02T01")
"""How much of an instant names its hour (in UTC, as all instants are stored)."""


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody read something: the first time within an hour.

    `act` is how (see `audit.reads.ACTS`), `thing` what: an id, a digest, or a page with the names of its
    filters, and never what anybody typed. `time` is RFC 3339 in UTC.
    """

    person: str
    act: str
    thing: str
    time: str
    channel: str

    @property
    def hour(self) -> str:
        """The hour, such as 2026-03-02T01."""
        return self.time[:HOUR]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What there is only one entry of: the person, the thing, the act and the hour."""
        return self.person, self.thing, self.act, self.hour


class RecordedRead(Read, frozen=True, kw_only=True):
    """An entry as it is recorded: in the file of a month, at a position from 1."""

    month: str
    position: int


class _Body(Read, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The body of an entry: what it says, and of which type it is."""

    type: str


def encode_read(read: Read) -> bytes:
    """Return the body of an entry: canonical JSON (RFC 8785)."""
    return canonical_json(msgspec.to_builtins(read) | {"type": TYPE})


def body_of(read: RecordedRead) -> bytes:
    """Return the body that a recorded entry has when it is in its canonical form."""
    return encode_read(convert(msgspec.structs.asdict(read), Read))


_decode = decoder(_Body)


def decode_read(month: str, position: int, body: bytes) -> RecordedRead:
    """Return the entry of a stored body; raise msgspec.DecodeError for anything that is none."""
    found = _decode(body)
    if found.type != TYPE:
        raise msgspec.ValidationError(f"unknown type of entry: {found.type}")
    return RecordedRead(
        person=found.person,
        act=found.act,
        thing=found.thing,
        time=found.time,
        channel=found.channel,
        month=month,
        position=position,
    )
