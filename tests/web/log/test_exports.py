"""The history is taken out from its page: a file as the answer of a form, recorded before it is sent."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.history import ITEM, commune
from support.visitors import Site, csrf
from werkzeug.test import TestResponse

from cchc_flow.audit import event_words
from cchc_flow.audit.exports.formats import FORMATS


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    ws = commune(tmp_path)
    yield Site(ws)
    ws.close()


def take_out(site: Site, name: str, filters: str = "", login: str = "ha.nguyen") -> TestResponse:
    visitor = site.visitor(login)
    token = csrf(visitor.get("/ea-thu/account").text)
    form = {"csrf_token": token, "command_id": "always-the-same", "format": name}
    return visitor.post(f"/ea-thu/exports{filters}", data=form)


@pytest.mark.parametrize("name", FORMATS)
def test_an_inspector_gets_each_format_as_a_file_that_the_log_knows(site: Site, name: str) -> None:
    size = site.ws.log.size()
    answer = take_out(site, name)
    assert answer.status_code == 200
    assert answer.mimetype == FORMATS[name].media_type
    ending = FORMATS[name].ending
    assert f"ea-thu-nhat-ky-{size}.{ending}" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    event = site.ws.log.event(size + 1)
    assert (event.type, event.actor, event.role, event.channel) == (
        "log.exported/1", "ha.nguyen", "inspector", "web",
    )  # fmt: skip
    assert event.data["digest"] == hashlib.sha256(answer.data).hexdigest()
    assert (event.data["format"], event.data["count"]) == (name, size)
    assert answer.content_length == len(answer.data)
    answer.close()


def test_one_page_gives_several_files_one_after_the_other(site: Site) -> None:
    for name in ("csv", "xes", "csv"):
        answer = take_out(site, name)
        assert answer.status_code == 200
        answer.close()
    recorded = [event.data["format"] for event in site.ws.log.read_events() if event.type == "log.exported/1"]
    assert recorded == ["csv", "xes", "csv"]


def test_the_form_of_a_filtered_history_takes_out_what_is_shown(site: Site) -> None:
    page = site.visitor("ha.nguyen").get(f"/ea-thu/events?item={ITEM}").text
    assert f'action="/ea-thu/exports?item={ITEM}"' in page
    answer = take_out(site, "jsonl", f"?item={ITEM}")
    assert answer.data.count(b"\n") == 8
    answer.close()


@pytest.mark.parametrize(
    ("name", "filters", "words"),
    [
        ("pdf", "", "Không có định dạng «pdf»"),
        ("csv", "?persn=hoa.le", "Nhật ký không có điều kiện lọc «persn»"),
        ("csv", "?person=khong.co", "không có «khong.co» để lọc"),
    ],
)
def test_what_cannot_be_meant_is_told_and_no_file_is_made(
    site: Site, name: str, filters: str, words: str
) -> None:
    size = site.ws.log.size()
    answer = take_out(site, name, filters)
    assert answer.status_code == 422
    assert words in answer.text
    assert name != "pdf" or "Tải các sự kiện này về" in answer.text  # its form stands there again
    assert site.ws.log.size() == size


def test_a_file_that_would_lack_events_is_not_given_while_their_words_cannot_be_found(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_words, "PATIENCE", 0.0)
    event_words.rebuild_index(site.ws)
    size = site.ws.log.size()
    answer = take_out(site, "csv", "?q=ra+soat")
    assert answer.status_code == 422
    assert "nên tệp sẽ thiếu." in answer.text
    assert site.ws.log.size() == size


def test_who_may_not_read_the_whole_log_has_neither_the_form_nor_the_file(site: Site) -> None:
    size = site.ws.log.size()
    assert "/ea-thu/exports" not in site.visitor("b.tran").get(f"/ea-thu/events?item={ITEM}").text
    assert take_out(site, "csv", f"?item={ITEM}", "b.tran").status_code == 403
    assert site.ws.log.size() == size
