"""Verifying one body: canonical JSON (RFC 8785) in NFC, an envelope in its form, data true to their schema.

Only who has the signing key gets such a fault signed; two readers might then understand one body differently.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NoReturn
from unicodedata import is_normalized

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.eventlog import catalogue
from cchc_flow.eventlog.codec import Envelope, FirstEnvelope, canonical_json
from cchc_flow.eventlog.verification.data_types import data_type

NOT_CANONICAL = "nội dung sự kiện không ở dạng JSON chuẩn (RFC 8785)"
BAD_ENVELOPE = "phần đầu của sự kiện không đúng dạng"
BAD_DATA = "dữ liệu của sự kiện không đúng lược đồ của loại «{type}»"

INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"
UUID7 = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_match_id_and_times = re.compile(f"{UUID7} {INSTANT} {INSTANT}", re.ASCII).fullmatch
_match_hex = re.compile("(?:[0-9a-f]{2})+").fullmatch

_encode = msgspec.json.Encoder(order="sorted").encode


def body_fault(body: bytes, event: Envelope | FirstEnvelope) -> str:
    """Return in Vietnamese the fault of a body that was decoded to `event`, empty when it has none.

    The data of an unknown type are only held to be canonical.
    """
    if not _is_envelope_right(event):
        return BAD_ENVELOPE
    if _encode(event) != body or not (body.isascii() or is_normalized("NFC", body.decode())):
        return NOT_CANONICAL  # the whole is in NFC when its texts are: what stands between never composes
    decode, is_open = _data_decoder(event.type)
    data = bytes(event.data)
    try:
        is_canonical = _encode(decode(data)) == data and not (is_open and not _is_written_so(data))
    except _FloatFound:
        return NOT_CANONICAL
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return BAD_DATA.format(type=event.type)
    return "" if is_canonical else NOT_CANONICAL


def _is_envelope_right(event: Envelope | FirstEnvelope) -> bool:
    """Tell whether the values of an envelope have the form that the log writes."""
    return (
        event.specversion == "1.0"
        and _match_id_and_times(f"{event.id} {event.time} {event.recordedtime}") is not None
        and (not isinstance(event, Envelope) or _match_hex(event.commanddigest) is not None)
    )


def _is_written_so(data: bytes) -> bool:
    """Tell whether data are what the log would have written for their values.

    Encoding them again does not show a key that is not ASCII or an integer that is too large: only objects
    whose keys the schema does not name can have them.
    """
    try:
        return canonical_json(msgspec.json.decode(data)) == data
    except BadInput:
        return False


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
        return msgspec.json.Decoder(float_hook=_refuse_float).decode, True
    kind = data_type(name)
    return msgspec.json.Decoder(kind.type, float_hook=_refuse_float).decode, kind.is_open
