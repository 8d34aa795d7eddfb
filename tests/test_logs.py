"""What a server logs: text or JSON, and refusals in lines that hold no secret and nothing that was typed."""

import json
import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_flow import logs
from cchc_flow.errors import BadInput
from cchc_flow.logs import SECURITY, JsonFormatter, Logging, configure, report_refusal
from cchc_flow.settings import read_deployment


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root, security = logging.getLogger(), logging.getLogger(SECURITY)
    handlers, level = list(root.handlers), logging.getLogger("cchc_flow").level
    yield
    for handler in security.handlers:
        handler.close()
    root.handlers, security.handlers, security.propagate = handlers, [], True
    logging.getLogger("cchc_flow").setLevel(level)


Stderr = pytest.CaptureFixture[str]


def test_as_json_each_record_is_one_line(capsys: Stderr) -> None:
    configure(Logging(as_json=True))
    try:
        raise ValueError("hai\ndòng")
    except ValueError:
        logging.getLogger("elsewhere").exception("lỗi %s", "này")
    logs.tell("Đã nạp.")
    report_refusal("locked_out", address="203.0.113.7", status=429)
    fault, told, refusal = map(json.loads, capsys.readouterr().err.splitlines())
    assert (fault["level"], fault["logger"], fault["message"]) == ("ERROR", "elsewhere", "lỗi này")
    assert "Traceback" in fault["exception"] and fault["time"].endswith("+00:00")
    assert (told["level"], told["message"]) == ("INFO", "Đã nạp.")
    assert {"message": "locked_out", "address": "203.0.113.7", "status": 429}.items() <= refusal.items()


def test_half_a_letter_breaks_no_line() -> None:
    record = logging.LogRecord("elsewhere", logging.ERROR, "", 0, "nửa \ud800", None, None)
    assert json.loads(JsonFormatter().format(record))["message"] == "nửa ?"


def test_as_text_a_fault_is_its_sentence_and_a_refusal_a_line(capsys: Stderr) -> None:
    configure(Logging())
    logging.getLogger("elsewhere").warning("một câu")
    report_refusal("not_allowed", address="203.0.113.7", account="lan")
    sentence, line = capsys.readouterr().err.splitlines()
    assert sentence == "một câu"
    assert line.endswith(" security not_allowed address=203.0.113.7 account=lan")


def test_refusals_go_into_a_file_of_their_own_for_its_owner_alone(tmp_path: Path, capsys: Stderr) -> None:
    file = tmp_path / "log" / "security.log"
    configure(Logging(as_json=True, security_file=file))
    report_refusal("form_token", address="::1")
    assert json.loads(file.read_text())["message"] == "form_token"
    assert capsys.readouterr().err == ""
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_was_moved_away_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "security.log"
    configure(Logging(security_file=file))
    report_refusal("form_token")
    file.rename(tmp_path / "security.log.1")
    report_refusal("locked_out")
    assert "form_token" not in file.read_text() and "locked_out" in file.read_text()


def test_who_is_refused_all_the_time_fills_no_disk(capsys: Stderr, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([1.0] * 500 + [2.0] * 10)
    monkeypatch.setattr("cchc_flow.logs.time.monotonic", lambda: next(moments))
    configure(Logging(as_json=True))
    for _ in range(501):
        report_refusal("locked_out")
    report_refusal("not_allowed")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert len(lines) == logs.MOST_A_SECOND + 2
    assert lines[-2]["left_out"] == 500 - logs.MOST_A_SECOND and "left_out" not in lines[-1]


def test_configuring_twice_writes_once(capsys: Stderr) -> None:
    configure(Logging())
    configure(Logging())
    logging.getLogger("elsewhere").error("một lần")
    assert capsys.readouterr().err.count("một lần") == 1


def test_the_settings_choose_form_and_file() -> None:
    assert read_deployment({}).logging == Logging()
    chosen = read_deployment({"CCHC_FLOW_LOG_FORMAT": "json", "CCHC_FLOW_SECURITY_LOG": "/var/log/x"}).logging
    assert chosen == Logging(as_json=True, security_file=Path("/var/log/x"))
    with pytest.raises(BadInput, match="json hoặc text"):
        read_deployment({"CCHC_FLOW_LOG_FORMAT": "xml"})
