"""`CCHC_FLOW_TRACE_PLUGINS=1`: a line on stderr for each call of a plugin's hook."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from support.misbehaving import bad

from cchc_flow import settings
from cchc_flow.cli import run
from cchc_flow.hookspecs import Rule
from cchc_flow.plugin_host.calling import call_hook
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.plugin_host.manager import Manager

RULE = Rule("evidence", "Kết quả phải kèm tệp minh chứng.\nLuôn luôn.")


def trace_rules(does: Callable[[], Any], timeout: float = 20.0) -> list[str]:
    """Return the lines about one call of `rules` of a plugin named `bad`."""
    manager, lines = Manager(), list[str]()
    manager.register(bad("rules", does), name="bad")
    plugins = Plugins(manager, trace=lines.append)
    plugins.timeout = timeout
    list(call_hook(plugins, "rules", None, lambda name: {}))
    return lines


def test_a_call_is_one_line_with_plugin_hook_time_and_result() -> None:
    (line,) = trace_rules(lambda: [RULE])
    assert re.fullmatch(r"bad\.rules \d+\.\d ms: \[Rule\(key='evidence', words='.*'\)\]", line)


def test_a_long_result_is_cut_short() -> None:
    (line,) = trace_rules(lambda: [Rule(f"rule-{number}", "dài " * 100) for number in range(50)])
    assert line.endswith(", ...]") and len(line) < 350


@pytest.mark.parametrize(
    ("does", "fault"),
    [
        (lambda: 1 / 0, "fault: ZeroDivisionError: division by zero"),
        (lambda: ["không phải"], "fault: ValidationError: "),
        (lambda: exit(3), "fault: SystemExit: 3"),
    ],
)
def test_a_fault_is_traced_in_its_words(does: Callable[[], Any], fault: str) -> None:
    (line,) = trace_rules(does)
    assert f" ms: {fault}" in line


def test_a_plugin_that_hangs_is_traced_when_it_is_given_up() -> None:
    end = threading.Event()
    lines = trace_rules(lambda: end.wait(10), timeout=0.1)
    end.set()
    assert lines[0] == "bad.rules 100.0 ms: fault: không trả lời trong 0.1 giây"


@pytest.mark.parametrize(("value", "traced"), [(None, False), ("", False), ("0", False), ("1", True)])
def test_calls_are_traced_only_where_the_environment_asks_for_it(value: str | None, traced: bool) -> None:
    assert settings.traces_plugins({} if value is None else {"CCHC_FLOW_TRACE_PLUGINS": value}) is traced


def test_at_the_command_line_traces_go_to_stderr_and_results_to_stdout_as_before(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["areas"]) == 0
    quiet = capsys.readouterr()
    monkeypatch.setenv("CCHC_FLOW_TRACE_PLUGINS", "1")
    assert run(["areas"]) == 0
    traced = capsys.readouterr()
    assert (quiet.err, traced.out) == ("", quiet.out)
    assert re.search(r"^direction\.areas \d+\.\d ms: \[Area\(", traced.err, re.MULTILINE)
