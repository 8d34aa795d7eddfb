"""Verifying one body: canonical JSON (RFC 8785) in NFC, an envelope in its form, data true to their schema.

Only who has the signing key gets such a fault signed; two readers might then understand one body differently.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn
from unicodedata import is_normalized

import msgspec

from cchc_flow.conversion import decoder
from cchc_flow.eventlog import catalogue
from cchc_flow.eventlog.codec import LARGEST_INTEGER, Envelope, FirstEnvelope
from cchc_flow.eventlog.verification.data_types import data_type

AnyEnvelope = Envelope | FirstEnvelope

NOT_CANONICAL = "nội dung sự kiện không ở dạng JSON chuẩn (RFC 8785)"
BAD_ENVELOPE = "phần đầu của sự kiện không đúng dạng"
BAD_DATA = "dữ liệu của sự kiện không đúng lược đồ của loại «{type}»"

INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"
UUID7 = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
ENVELOPE = rf"1\.0 {UUID7} {INSTANT} {INSTANT} (?:[0-9a-f]{{2}})+"
_match_envelopes = re.compile(f"(?:{ENVELOPE}\n)*", re.ASCII).fullmatch

_decode_any: Callable[[bytes], Any] = decoder(Any)
_encode = msgspec.json.Encoder(order="sorted").encode


def are_right(bodies: list[bytes], events: list[AnyEnvelope]) -> bool:
    """Tell whether none of the bodies, which were decoded to `events`, has a fault."""
    return (
        _are_envelopes_right(events)
        and list(map(_encode, events)) == bodies
        and _is_in_nfc(b"".join(bodies))
        and not any(map(_data_fault, events))
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
    """Tell whether the values of all envelopes have the form that the log writes."""
    lines = "".join([_envelope_line(event) for event in events])
    return lines.count("\n") == len(events) and _match_envelopes(lines) is not None


def _envelope_line(event: AnyEnvelope) -> str:
    """Return what has a form of its own in an envelope, as one line."""
    digest = event.commanddigest if isinstance(event, Envelope) else "00"
    return f"{event.specversion} {event.id} {event.time} {event.recordedtime} {digest}\n"


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
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
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
def _data_decoder(name: str) -> tuple[Callable[[bytes], object], bool]:
    """Return the decoder of the data of an event type (for an unknown one that of any JSON).

    The second value tells whether the data may have objects whose keys the schema does not name.
    """
    if name not in catalogue.event_names():
        return decoder(Any, _refuse_float), True
    kind = data_type(name)
    return decoder(kind.type, _refuse_float), kind.is_open
