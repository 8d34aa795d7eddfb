"""Who has the signing key can have any bytes signed; a body that the log would not write is a fault."""

import json
from collections.abc import Callable

import pytest
from eventlog.appending import step
from eventlog.conftest import SampleLog
from eventlog.forging import hash_again, open_without_triggers, sign_again

from cchc_flow.eventlog import catalogue
from cchc_flow.eventlog.codec import canonical_json, decode_envelope
from cchc_flow.eventlog.verification.bodies import are_right, body_fault
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.verify import verify_log

POSITION = 16


@pytest.fixture
def home() -> str:
    """What these tests do, they do to a file."""
    return "sqlite"


def body_of(event_type: str, data: object) -> bytes:
    """Return the body of an event of a type as the log writes it."""
    envelope = {
        "specversion": "1.0",
        "id": "0198f3a0-1c2d-7000-8000-000000000000",
        "source": "/ea-thu",
        "type": event_type,
        "subject": "item-1",
        "streamversion": 1,
        "time": "2026-03-02T01:30:00.000000Z",
        "recordedtime": "2026-03-02T01:30:00.000000Z",
        "actor": "hoa.le",
        **dict.fromkeys(("unit", "role", "correlationid", "causationid", "rules")),
        "commandid": "c-1",
        "commanddigest": "00ff",
        "channel": "program",
        "data": data,
    }
    return canonical_json(envelope)


def fault_of(body: bytes) -> str:
    """Return the fault of a body; checked with others at once it must be found as well."""
    fault, envelope = body_fault(body, decode_envelope(body)), decode_envelope(body)
    assert are_right([body, body], [envelope, envelope]) is not bool(fault)
    return fault


@pytest.mark.parametrize("name", sorted(catalogue.event_names()))
def test_every_example_of_every_released_version_is_right_and_no_key_of_it_may_be_missing_or_extra(
    name: str,
) -> None:
    for example in catalogue.event_schemas()[name]["examples"]:
        assert fault_of(body_of(name, example)) == ""
        assert "không đúng lược đồ" in fault_of(body_of(name, {**example, "them": 1}))
        for key in example:
            lacking = {other: value for other, value in example.items() if other != key}
            assert "không đúng lược đồ" in fault_of(body_of(name, lacking)), key


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("item.progress_reported/1", "percent", 101),
        ("item.progress_reported/1", "percent", "50"),
        ("item.progress_reported/1", "percent", True),
        ("item.extension_requested/1", "due", "2026-02-30"),
        ("item.undone/1", "undoes", "x"),
        ("item.commented/1", "text", {"digest": "A" * 64, "media_type": "text/plain", "size": 1}),
        ("item.commented/1", "text", {"digest": "a" * 64, "media_type": "text/plain", "size": -1}),
        ("content.erased/1", "digest", "a" * 64 + "\n"),
        ("item.opened/2", "fields", {"so": 5}),
    ],
)
def test_a_value_that_its_schema_does_not_allow_is_a_fault(name: str, key: str, value: object) -> None:
    example = catalogue.event_schemas()[name]["examples"][0]
    assert "không đúng lược đồ" in fault_of(body_of(name, {**example, key: value}))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{"setting"', '{ "setting"'),
        ('"source":"x"', '"source":"y","source":"x"'),
        ('"setting":"holidays"', '"setting":"\\u0068olidays"'),
        ('"so":1', '"so":1.0'),
        ('"so":1', '"so":1e3'),
        ('"so":1', '"so":9007199254740993'),
        ('"so":1', '"số":1'),
        ('"so":1', '"so":"e\u0302"'),
        ('"so":1', '"so":1,"so":1'),
        ('"so":1', '"so":{"b":1,"a":1}'),
        ('"source":"/ea-thu"', '"source":"/\\u0065a-thu"'),
    ],
)
@pytest.mark.parametrize("event_type", ["settings.changed/1", "settings.unknown/9"])
def test_what_two_readers_might_understand_differently_is_not_canonical(
    old: str, new: str, event_type: str
) -> None:
    body = body_of(event_type, {"setting": "holidays", "value": {"so": 1}, "source": "x"}).decode()
    assert old in body and fault_of(body.encode()) == ""
    assert "JSON chuẩn" in fault_of(body.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"specversion":"1.0"', '"specversion":"1.1"'),
        ('"id":"0198f3a0', '"id":"0198F3A0'),
        ('"time":"2026-03-02T01:30:00.000000Z"', '"time":"2026-03-02T08:30:00.000000+07:00"'),
        ('"commanddigest":"00ff"', '"commanddigest":"xx"'),
        (
            '"commanddigest":"00ff"',
            '"commanddigest":"00\\n1.0 0198f3a0-1c2d-7000-8000-000000000000 2026-03-02T01:30:00.000000Z'
            ' 2026-03-02T01:30:00.000000Z ff"',
        ),
    ],
)
def test_an_envelope_of_another_form_is_a_fault(old: str, new: str) -> None:
    body = body_of("item.closed/1", {"from": "approved", "to": "closed"}).decode()
    assert old in body
    assert fault_of(body.replace(old, new).encode()) == "phần đầu của sự kiện không đúng dạng"


def change_body(sample: SampleLog, change: Callable[[bytes], bytes], position: int = POSITION) -> str:
    """Let whoever has the key change a body and sign everything again; return the report's sentence."""
    signer = sample.signer
    with open_without_triggers(sample.folder) as connection:
        (body,) = connection.execute("SELECT body FROM events WHERE position = ?", [position]).fetchone()
        connection.execute("UPDATE events SET body = ? WHERE position = ?", [change(body), position])
        hash_again(connection)
        sign_again(connection, signer)
    report = verify_log(sample.folder, all_checkpoints=True)
    assert not report.ok
    return report_sentence(report)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"actor":', b' "actor":', "không ở dạng JSON chuẩn"),
        (b'"data":{', b'"data":{"to":"x",', "không ở dạng JSON chuẩn"),
        (b'"data":{', b'"data":{"a":1,', "không đúng lược đồ của loại «item.started/1»"),
        (b'"source":"/ea-thu"', b'"source":"/ea-gia"', "không gian làm việc khác"),
        (b'"specversion":"1.0"', b'"specversion":"2.0"', "phần đầu của sự kiện"),
    ],
)
def test_a_body_in_another_form_is_named_though_it_was_signed_again(
    sample: SampleLog, old: bytes, new: bytes, words: str
) -> None:
    sentence = change_body(sample, lambda body: body.replace(old, new, 1))
    assert f"từ vị trí {POSITION}" in sentence and words in sentence


def test_a_body_nested_too_deeply_is_named(sample: SampleLog) -> None:
    deep = b"[" * 5_000 + b"]" * 5_000
    sentence = change_body(sample, lambda body: body.replace(b'"from":null', b'"from":' + deep))
    assert f"từ vị trí {POSITION}" in sentence


def test_an_event_that_lost_its_channel_after_others_had_one_is_named(sample: SampleLog) -> None:
    def strip(body: bytes) -> bytes:
        envelope = json.loads(body)
        return canonical_json({k: v for k, v in envelope.items() if k not in ("channel", "commanddigest")})

    sentence = change_body(sample, strip)
    assert f"từ vị trí {POSITION}: sự kiện thiếu kênh và mã băm lệnh" in sentence


def test_events_of_the_first_envelope_are_told_as_unproved_and_are_no_fault(sample: SampleLog) -> None:
    signer = sample.signer
    with open_without_triggers(sample.folder) as connection:
        rows = connection.execute("SELECT position, body FROM events WHERE position <= 14").fetchall()
        for position, body in rows:
            envelope = {
                key: value
                for key, value in json.loads(body).items()
                if key not in ("channel", "commanddigest")
            }
            connection.execute(
                "UPDATE events SET body = ? WHERE position = ?", [canonical_json(envelope), position]
            )
        hash_again(connection)
        sign_again(connection, signer)
    report = verify_log(sample.folder)
    assert report.ok and "3 lần ghi đầu chưa được chứng minh mã băm lệnh" in report_sentence(report)


def test_the_words_of_a_step_are_those_of_a_valid_event() -> None:
    draft = step("đã xong")
    assert fault_of(body_of(draft.type, draft.data)) == ""
