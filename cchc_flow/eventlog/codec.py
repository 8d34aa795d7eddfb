"""The bytes of an event: canonical JSON (RFC 8785) of a CloudEvents 1.0 envelope.

These bytes are stored, hashed and verified as they are; nothing is serialised twice to be checked.
"""

import unicodedata
from typing import Any, NoReturn

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.eventlog import instants
from cchc_flow.eventlog.port import Draft, JsonObject, Meta, RecordedEvent

LARGEST_INTEGER = 2**53 - 1  # the integers that RFC 8785 (I-JSON) carries exactly

_encoder = msgspec.json.Encoder(order="sorted")


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The stored form, its keys in canonical order; `data` stays as bytes until somebody asks."""

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


def canonical_json(value: object) -> bytes:
    """Return the RFC 8785 bytes of a JSON value, its text in NFC.

    Raise BadInput for what two JSON libraries may write differently: floats, integers beyond 2^53 - 1, keys
    that are not ASCII, lone surrogates, and anything that is not JSON.
    """
    return _bytes(normalize_value(value))


def common_fields(meta: Meta, source: str, recordedtime: str) -> JsonObject:
    """Return the part of the envelope that all events of one commit have in common, fit to be written."""
    common = {
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
    }
    return _object(common)


def encode_event(common: JsonObject, draft: Draft, **own: str | int) -> bytes:
    """Return the body of one event: `common` comes from `shared`, `own` is its id, subject and version."""
    return _bytes({**common, **own, "type": draft.type, "data": normalize_value(draft.data)})


_decoder = msgspec.json.Decoder(Envelope)


def decode_event(position: int, body: bytes) -> RecordedEvent:
    """Return the event whose stored bytes are `body`; raise msgspec.DecodeError when they are no event."""
    envelope = _decoder.decode(body)
    return RecordedEvent(
        position=position,
        id=envelope.id,
        stream=envelope.subject,
        version=envelope.streamversion,
        type=envelope.type,
        time=envelope.time,
        recordedtime=envelope.recordedtime,
        actor=envelope.actor,
        unit=envelope.unit,
        role=envelope.role,
        command_id=envelope.commandid,
        correlation_id=envelope.correlationid,
        causation_id=envelope.causationid,
        rules=envelope.rules,
        data=msgspec.json.decode(envelope.data),
    )


def _bytes(value: object) -> bytes:
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError as error:
        raise BadInput(
            "Văn bản có ký tự hỏng, không lưu được.", "Hãy gõ lại hoặc dán lại đoạn văn bản đó."
        ) from error


def normalize_value(value: Any) -> Any:
    """Return a value with its texts in NFC, or raise BadInput as `canonical` does but for lone surrogates."""
    kind = type(value)
    if kind is str:
        return normalize_text(value)
    if kind is dict:
        return _object(value)
    return value if value is None or kind is bool else _other(value)


def _object(value: JsonObject) -> JsonObject:
    """Return an object fit to be written; texts and nulls, which most values are, cost no call."""
    found: JsonObject = {}
    for key, item in value.items():
        name = key if type(key) is str and key.isascii() else _key(key)
        if item is None or (type(item) is str and item.isascii()):
            found[name] = item
        else:
            found[name] = normalize_value(item)
    return found


def normalize_text(text: str) -> str:
    """Return a text as it is stored: in NFC."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _other(value: object) -> Any:
    if isinstance(value, list | tuple):
        return [normalize_value(item) for item in value]
    if isinstance(value, int) and -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
        return value
    raise BadInput(
        f"Giá trị {value!r} không lưu được.",
        "Số thập phân phải ghi dạng chữ, số nguyên không vượt quá 2^53 - 1.",
    )


def _key(key: object) -> NoReturn:
    raise BadInput(f"Tên trường {key!r} không lưu được: chỉ dùng chữ cái ASCII.")
