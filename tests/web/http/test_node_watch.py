"""An administrator is told when another machine runs another version or other plugins; nobody else is."""

import logging

import pytest
from flask.testing import FlaskClient
from support.visitors import Site

from cchc_flow.homes import FolderHome
from cchc_flow.nodes import PREFIX
from cchc_flow.web.http import node_watch

WORDS = "Máy «may-b» chạy phiên bản 9.9"


@pytest.fixture
def differing(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(FolderHome, "programs", lambda _: [f"{PREFIX}9.9/0123456789ab/may-b"])
    site.app.extensions["cchc"].node_watch.look()
    return site


def test_the_administrator_sees_it_among_the_settings(differing: Site, admin: FlaskClient) -> None:
    assert admin.get("/xa-mau/settings").text.count(WORDS) == 1
    assert WORDS not in differing.visitor("hoa").get("/xa-mau/settings").text


def test_it_is_logged_once_and_looked_at_once_a_minute(
    differing: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    watch = differing.app.extensions["cchc"].node_watch
    caplog.clear()
    watch.look()
    monkeypatch.setattr(node_watch, "EVERY_SECONDS", -1)
    watch.look()
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    monkeypatch.undo()
    monkeypatch.setattr(node_watch, "EVERY_SECONDS", -1)
    watch.look()
    assert watch.differences == []
