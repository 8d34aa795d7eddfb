"""Verifying one body: canonical JSON (RFC 8785) in NFC, an envelope in its form, data true to their schema.

Only who has the signing key gets such a fault signed; two readers might then understand one body differently.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NoReturn, cast
from unicodedata import is_normalized

import msgspec

from cchc_flow.conversion import decoder
from cchc_flow.eventlog import catalogue
from cchc_flow.eventlog.codec import LARGEST_INTEGER, Envelope, FirstEnvelope, decode_envelope
from cchc_flow.eventlog.verification.data_types import data_type

AnyEnvelope = Envelope | FirstEnvelope

NOT_CANONICAL = "nội dung sự kiện không ở dạng JSON chuẩn (RFC 8785)"
BAD_ENVELOPE = "phần đầu của sự kiện không đúng dạng"
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding what is no event raises."""
BAD_DATA = "dữ liệu của sự kiện không đúng lược đồ của loại «{type}»"

INSTANT = b"0000-00-00T00:00:00.000000Z"
UUID = b"aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"
"""What instants and ids look like once their digits are all alike; in `UUID` hexadecimal ones."""
HEX = b"0123456789abcdef"
_ALIKE_DIGITS = bytes.maketrans(HEX[:10], b"0" * 10)
_ALIKE_HEX = bytes.maketrans(HEX, b"a" * 16)
VERSION, VARIANTS = b"7", b"89ab"
VERSION_PLACE, VARIANT_PLACE = 14, 19
"""Where a UUID tells its version and variant (RFC 9562)."""

_decode_any: Callable[[bytes], Any] = decoder(Any)
_encode = msgspec.json.Encoder(order="sorted").encode


def decode_by_type(types: Sequence[str], bodies: Iterable[bytes]) -> list[AnyEnvelope] | None:
    """Return bodies decoded with their data as the schemas of these types say, in one go.

    Data of a type whose schema leaves something open stay as they are. None when a body is not as its type
    says: then each has to be examined by itself.
    """
    try:
        decoders = {name: _typed_decoder(name) for name in set(types)}
        return [decoders[name](body) for name, body in zip(types, bodies, strict=True)]
    except (TypeError, _FloatFound, *UNREADABLE):
        return None


def are_right(bodies: list[bytes], events: list[AnyEnvelope]) -> bool:
    """Tell whether none of the bodies, which were decoded to `events`, has a fault."""
    return (
        _are_envelopes_right(events)
        and _encode(events) == b"[%s]" % b",".join(bodies)
        and _is_in_nfc(b"".join(bodies))
        and not any(_data_fault(event) for event in events if type(event.data) is msgspec.Raw)
    )


def body_fault(body: bytes, event: AnyEnvelope) -> str:
    """Return in Vietnamese the fault of a body that was decoded to `event`, empty when it has none.

    The data of an unknown type are only held to be canonical.
    """
    if not _are_envelopes_right([event]):
        return BAD_ENVELOPE
    if _encode(event) != body or not _is_in_nfc(body):
        return NOT_CANONICAL
    return _data_fault(event)


def _are_envelopes_right(events: list[AnyEnvelope]) -> bool:
    """Tell whether the values of all envelopes have the form that the log writes.

    They are compared all at once: an expression that reads character by character takes ten times as long.
    """
    return (
        {event.specversion for event in events} <= {"1.0"}
        and _are_uuids([event.id for event in events])
        and _are_instants([event.time for event in events])
        and _are_instants([event.recordedtime for event in events])
        and _are_digests([event.commanddigest for event in events if isinstance(event, Envelope)])
    )


def _are_instants(instants: list[str]) -> bool:
    """Tell whether all are RFC 3339 in UTC with six decimals; that the day exists is not looked at."""
    return _lines(instants).translate(_ALIKE_DIGITS) == _repeated(INSTANT, len(instants))


def _are_uuids(ids: list[str]) -> bool:
    """Tell whether all are UUIDs of version 7 (RFC 9562) in lower case."""
    lines = _lines(ids)
    length = len(UUID) + 1
    return (
        lines.translate(_ALIKE_HEX) == _repeated(UUID, len(ids))
        and lines[VERSION_PLACE::length] == VERSION * len(ids)
        and not lines[VARIANT_PLACE::length].translate(None, VARIANTS)
    )


def _are_digests(digests: list[str]) -> bool:
    """Tell whether all are bytes in lower-case hexadecimal, at least one byte each."""
    lengths = set(map(len, digests))
    return (
        0 not in lengths
        and not any(length % 2 for length in lengths)
        and _lines(digests).translate(None, HEX) == b"\n" * len(digests)
    )


def _lines(values: list[str]) -> bytes:
    """Return the values as lines; one with a line break in it makes more lines than there are values."""
    return "\n".join([*values, ""]).encode("utf-8", "surrogatepass")


def _repeated(form: bytes, number: int) -> bytes:
    return (form + b"\n") * number


def _is_in_nfc(text: bytes) -> bool:
    """Tell whether bodies are in NFC; they are when their texts are, as nothing between them composes."""
    return text.isascii() or is_normalized("NFC", text.decode())


def _data_fault(event: AnyEnvelope) -> str:
    """Return in Vietnamese the fault of an event's data, empty when they have none."""
    decode, is_open = _data_decoder(event.type)
    data = bytes(event.data)
    try:
        value = decode(data)
        is_canonical = _encode(value) == data and not (is_open and not _can_be_written(_decode_any(data)))
    except _FloatFound:
        return NOT_CANONICAL
    except UNREADABLE:
        return BAD_DATA.format(type=event.type)
    return "" if is_canonical else NOT_CANONICAL


def _can_be_written(value: Any) -> bool:
    """Tell whether the log would write a value at all: not with a key that is not ASCII, or a huge integer.

    Encoding data again does not show that: objects whose keys the schema does not name can have both.
    """
    match value:
        case dict():
            return all(map(str.isascii, value)) and all(map(_can_be_written, value.values()))
        case list():
            return all(map(_can_be_written, value))
        case int():
            return -LARGEST_INTEGER <= value <= LARGEST_INTEGER
        case _:
            return True


class _FloatFound(Exception):
    """A number with a fraction or an exponent, which the log never writes."""


def _refuse_float(number: str) -> NoReturn:
    raise _FloatFound(number)


@cache
def _typed_decoder(name: str) -> Callable[[bytes], AnyEnvelope]:
    """Return the decoder of whole bodies of an event type whose schema names all keys; else of envelopes."""
    if name not in catalogue.event_names() or data_type(name).is_open:
        return decode_envelope
    own = [("data", data_type(name).type)]
    typed = msgspec.defstruct("TypedEnvelope", own, bases=(Envelope,), kw_only=True)
    return decoder(cast("type[Envelope]", typed), _refuse_float)


@cache
def _data_decoder(name: str) -> tuple[Callable[[bytes], object], bool]:
    """Return the decoder of the data of an event type (for an unknown one that of any JSON).

    The second value tells whether the data may have objects whose keys the schema does not name.
    """
    if name not in catalogue.event_names():
        return decoder(Any, _refuse_float), True
    kind = data_type(name)
    return decoder(kind.type, _refuse_float), kind.is_open
