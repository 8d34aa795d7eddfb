"""What is stored is RFC 8785, and what two libraries could write differently is refused."""

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
import rfc8785
from eventlog.appending import meta, step
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.conversion import decode
from cchc_flow.errors import BadInput
from cchc_flow.eventlog import codec, contents, ids, instants
from cchc_flow.eventlog.codec import LARGEST_INTEGER, canonical_json

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LEAVES = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXT
VALUES = st.recursive(
    LEAVES, lambda value: st.lists(value, max_size=4) | st.dictionaries(KEYS, value, max_size=4)
)


def composed(value: object) -> object:
    """Return a value with its texts in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: composed(item) for key, item in value.items()}
    return [composed(item) for item in value] if isinstance(value, list) else value


@given(VALUES)
def test_canonical_bytes_are_those_of_rfc_8785(value: object) -> None:
    assert canonical_json(value) == rfc8785.dumps(composed(value))  # type: ignore[arg-type]


@given(VALUES)
def test_what_was_written_reads_back_and_writes_the_same(value: object) -> None:
    assert canonical_json(decode(canonical_json(value), Any)) == canonical_json(value)


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        float("nan"),
        LARGEST_INTEGER + 1,
        -LARGEST_INTEGER - 1,
        {"tên": 1},
        {1: 2},
        "\ud800",
        ["a", {"b": "\udfff"}],
        b"x",
        {1, 2},
    ],
)
def test_what_libraries_write_differently_is_refused(value: object) -> None:
    with pytest.raises(BadInput):
        canonical_json(value)


def test_decode_gives_back_what_encode_was_given() -> None:
    common = codec.common_fields(meta("c-1"), "/ea-thu", "2026-03-02T01:30:00.000000Z")
    body = codec.encode_event(common, step("Đã nhận"), id="i-1", subject="item-1", streamversion=7)
    event = codec.decode_event(12, body)
    assert (event.position, event.id, event.stream, event.version) == (12, "i-1", "item-1", 7)
    assert (event.type, event.data, event.command_id) == (
        "item.started/1",
        {"from": None, "to": "Đã nhận"},
        "c-1",
    )


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'{"actor":1}', b"\xff"])
def test_bytes_that_are_no_event_are_not_read_as_one(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        codec.decode_event(1, body)


def test_a_body_nested_too_deeply_is_no_event_as_any_other_that_cannot_be_read() -> None:
    deep = b'{"data":' * 5_000 + b"1" + b"}" * 5_000
    with pytest.raises(msgspec.DecodeError):
        codec.decode_event(1, deep)


@given(
    st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=7))]),
        min_value=datetime(1000, 1, 1),  # noqa: DTZ001
    )
)
def test_an_instant_is_written_in_utc_with_six_decimals_and_reads_back(instant: datetime) -> None:
    text = instants.format_instant(instant)
    assert len(text) == 27 and text.endswith("Z") and instants.parse_instant(text) == instant


def test_an_instant_without_a_zone_has_no_place_in_the_log() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instants.format_instant(datetime(2026, 3, 2))  # noqa: DTZ001


@pytest.mark.parametrize("text", ["2026-03-02T01:30:00Z", "2026-03-02 01:30:00.000000Z", "2026-03-02", "x"])
def test_another_form_of_an_instant_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):
        instants.parse_instant(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02T16:59:59.999999Z", "2026-03-02"),
        ("2026-03-02T17:00:00.000000Z", "2026-03-03"),
        ("x", "x"),
    ],
)
def test_a_day_begins_at_midnight_in_viet_nam(text: str, day: str) -> None:
    assert instants.local_day_of(text) == day


def test_uuid7_is_that_of_the_standard() -> None:
    """The vector of RFC 9562, A.6: rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F."""
    random = (0xCC3 << 68 | 0x18C4DC0C0C07398F << 4).to_bytes(10, "big")
    assert ids.uuid7(0x017F22E279B0, random) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_uuid7_sorts_by_its_time(left: int, right: int, random: bytes) -> None:
    assert (ids.uuid7(left, random) < ids.uuid7(right, random)) == (left < right)


REFERENCE = {"digest": "0f" * 32, "size": 3, "media_type": 'text/plain; charset="utf-8"'}


@given(VALUES, st.lists(KEYS, max_size=3))
def test_a_reference_to_the_vault_is_found_wherever_it_stands(value: object, path: list[str]) -> None:
    data: object = REFERENCE
    for key in path:
        data = {key: [data]}
    body = canonical_json({"data": data, "text": value})
    assert contents.referenced_digests(body) == ["0f" * 32]


@pytest.mark.parametrize(
    "other",
    [
        {**REFERENCE, "name": "x"},
        {**REFERENCE, "digest": "0F" * 32},
        {**REFERENCE, "digest": "0f" * 31},
        {**REFERENCE, "size": None},
        canonical_json(REFERENCE).decode(),
        [REFERENCE["digest"], REFERENCE["size"]],
    ],
)
def test_what_only_looks_like_a_reference_is_none(other: object) -> None:
    assert contents.referenced_digests(canonical_json({"data": other})) == []
