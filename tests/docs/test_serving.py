"""docs/serving.md tells the limits and the settings that the server has."""

import re
from pathlib import Path

from cchc_flow import settings
from cchc_flow.web.serving.connections import Limits

DOCUMENT = (Path(__file__).parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")


def test_the_limits_are_those_of_the_server() -> None:
    limits = Limits()
    for words in (
        f"{limits.head_seconds} seconds, {limits.head_bytes // 1024} KiB",
        f"{limits.body_seconds} seconds, and one more for each {limits.body_bytes_a_second:,} bytes",
        f"{limits.body_bytes // 1024**2} MiB",
        f"| {limits.body_bytes_of_stranger // 1024} KiB",
        f"| {limits.idle_seconds} seconds",
        f"| {limits.answer_seconds} seconds",
        f"| {limits.connections:,}, or",
    ):
        assert words in DOCUMENT


def test_the_settings_are_told_with_what_holds_without_them() -> None:
    told = dict(re.findall(r"^\| `(CCHC_FLOW_\w+)` \|.*\| (.*?) \|$", DOCUMENT, re.MULTILINE))
    assert set(told) == {settings.PROXIES, settings.CONNECTIONS, settings.METRICS}
    assert told[settings.CONNECTIONS] == str(settings.Deployment().connections)
    assert all(
        f"`{network}`".replace("/128", "") in told[settings.PROXIES] for network in settings.THIS_MACHINE
    )
