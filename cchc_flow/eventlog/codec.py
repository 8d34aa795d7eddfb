"""The body of an event: canonical JSON (RFC 8785) of a CloudEvents 1.0 envelope.

These bytes are stored and hashed; verification reads them as stored and never serializes an event again.
"""

import unicodedata
from typing import Any, NoReturn

import msgspec
from msgspec.structs import force_setattr

from cchc_flow.conversion import decoder
from cchc_flow.errors import BadInput
from cchc_flow.eventlog import instants
from cchc_flow.eventlog.port import Draft, JsonObject, Meta, RecordedEvent

LARGEST_INTEGER = 2**53 - 1  # beyond it JSON numbers (RFC 8785, I-JSON) are not exact

_encoder = msgspec.json.Encoder(order="sorted")


class FirstEnvelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The envelope of events that were recorded before the second one; `data` stays undecoded JSON."""

    actor: str
    causationid: str | None
    commandid: str
    correlationid: str | None
    data: msgspec.Raw
    id: str
    recordedtime: str
    role: str | None
    rules: str | None
    source: str
    specversion: str
    streamversion: int
    subject: str
    time: str
    type: str
    unit: str | None


class Envelope(FirstEnvelope, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The envelope of an event: it also has the channel and the digest (hex) of the command."""

    channel: str
    commanddigest: str


def canonical_json(value: object) -> bytes:
    """Return a value as canonical JSON (RFC 8785), its texts in NFC.

    Raise BadInput for what JSON libraries may write in different ways: floats, integers beyond 2^53 - 1, keys
    that are not ASCII, lone surrogates, and anything that is not JSON.
    """
    return _encode(normalize_value(value))


def common_fields(meta: Meta, source: str, recordedtime: str) -> JsonObject:
    """Return the envelope fields that all events of one commit share, normalized for `encode_event`."""
    fields: dict[str, str | None] = {
        "specversion": "1.0",
        "source": source,
        "time": instants.format_instant(meta.time),
        "recordedtime": recordedtime,
        "actor": meta.actor,
        "unit": meta.unit,
        "role": meta.role,
        "commandid": meta.command_id,
        "correlationid": meta.correlation_id,
        "causationid": meta.causation_id,
        "rules": meta.rules,
        "channel": meta.channel,
        "commanddigest": meta.command_digest.hex(),
    }
    return fields if "".join(filter(None, fields.values())).isascii() else _normalize_object(fields)


def encode_event(common: JsonObject, draft: Draft, **own: str | int) -> bytes:
    """Return the body of one event.

    `common` comes from `common_fields`; `own` are the fields id, subject and streamversion.
    """
    return _encode({**common, **own, "type": draft.type, "data": normalize_value(draft.data)})


_decode = decoder(Envelope)
_decode_first = decoder(FirstEnvelope)
_decode_event = decoder(RecordedEvent)


def decode_envelope(body: bytes) -> Envelope | FirstEnvelope:
    """Return the envelope of a stored body; raise msgspec.DecodeError when its keys are not those of one.

    An old event takes two tries: logs are read far more often after their change to the second envelope.
    """
    try:
        return _decode(body)
    except msgspec.ValidationError:
        return _decode_first(body)


def decode_event(position: int, body: bytes) -> RecordedEvent:
    """Return the event at a position from its stored body; raise msgspec.DecodeError when it is no event."""
    try:
        event = _decode_event(body)
    except RecursionError as error:
        raise msgspec.DecodeError("nested too deeply") from error
    force_setattr(event, "position", position)  # it is new: nobody else has seen it without
    return event


def _encode(value: object) -> bytes:
    """Return a normalized value as canonical JSON; raise BadInput for lone surrogates."""
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError as error:
        raise BadInput(
            "Văn bản có ký tự hỏng, không lưu được.", "Hãy gõ lại hoặc dán lại đoạn văn bản đó."
        ) from error


def normalize_value(value: Any) -> Any:
    """Return a JSON value with its texts in NFC; raise BadInput as `canonical_json` does.

    Only lone surrogates are not noticed here but when the value is encoded.
    """
    kind = type(value)
    if kind is str:
        return normalize_text(value)
    if kind is dict:
        return _normalize_object(value)
    return value if value is None or kind is bool else _normalize_rarer(value)


def _normalize_object(value: JsonObject) -> JsonObject:
    """Return an object with its values normalized; raise BadInput for a key that is not ASCII.

    Most values are ASCII texts and nulls: they are passed on without a function call.
    """
    normalized: JsonObject = {}
    for key, item in value.items():
        name = key if type(key) is str and key.isascii() else _refuse_key(key)
        if item is None or (type(item) is str and item.isascii()):
            normalized[name] = item
        else:
            normalized[name] = normalize_value(item)
    return normalized


def normalize_text(text: str) -> str:
    """Return a text in Unicode NFC, the form in which all texts are stored."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _normalize_rarer(value: object) -> Any:
    """Return a list with normalized items, or an exact integer; raise BadInput for anything else."""
    if isinstance(value, list | tuple):
        return [normalize_value(item) for item in value]
    if isinstance(value, int) and -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
        return value
    raise BadInput(
        f"Giá trị {value!r} không lưu được.",
        "Số thập phân phải ghi dạng chữ, số nguyên không vượt quá 2^53 - 1.",
    )


def _refuse_key(key: object) -> NoReturn:
    """Raise BadInput for an object key that is not an ASCII text."""
    raise BadInput(f"Tên trường {key!r} không lưu được: chỉ dùng chữ cái ASCII.")
