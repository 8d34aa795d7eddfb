"""A file of evidence and its salt are downloaded, brought back, and found to be what the event names."""

import io
from typing import Any

import pytest
from support.visitors import Site, csrf
from support.world import RESULT, TASK, World

CONTENT = RESULT["evidence"][0].content


@pytest.fixture
def site(world: World) -> Site:
    world.submitted()
    return Site(world.ws)


def address_of_evidence(site: Site) -> str:
    events = site.ws.log.stream(f"item-{TASK}")
    submitted = next(event for event in events if event.type.startswith("item.submitted/"))
    digest = submitted.data["evidence"][0]["content"]["digest"]
    return f"/xa-mau/items/{TASK}/evidence/{digest}"


def check(site: Site, login: str = "thu", **files: bytes) -> Any:
    """Send the form with these files."""
    visitor = site.visitor(login)
    page = visitor.get("/xa-mau/account").text
    data = {"csrf_token": csrf(page)} | {n: (io.BytesIO(content), n) for n, content in files.items()}
    return visitor.post("/xa-mau/content-checks", data=data, content_type="multipart/form-data")


def test_a_file_that_was_downloaded_with_its_salt_is_tied_to_its_event(site: Site) -> None:
    visitor, address = site.visitor("thu"), address_of_evidence(site)
    assert f"{address}/salt" in visitor.get(f"{address}/preview").text
    salt = visitor.get(f"{address}/salt")
    assert salt.headers["Content-Disposition"].endswith('.muoi.txt"')
    answer = check(site, file=visitor.get(address).data, salt=salt.data)
    assert answer.status_code == 200
    assert "Tệp đúng là tệp mà sự kiện đã nêu" in answer.text
    assert "nêu đúng mã băm đó" in answer.text and "Đây là sự kiện số" in answer.text


def test_a_changed_file_is_called_so(site: Site) -> None:
    salt = site.visitor("thu").get(f"{address_of_evidence(site)}/salt").data
    answer = check(site, file=CONTENT + b"x", salt=salt)
    assert "Tệp có điều không đúng" in answer.text and "tệp đã bị sửa" in answer.text


def test_what_lacks_or_is_something_else_is_said(site: Site) -> None:
    answer = check(site)
    assert answer.status_code == 422 and "hãy chọn tệp muối đã tải về cùng" in answer.text
    answer = check(site, file=CONTENT, salt=b"x")
    assert answer.status_code == 422 and "không phải tệp muối" in answer.text.lower()


def test_only_auditors_check_and_who_may_not_read_the_item_gets_no_salt(site: Site) -> None:
    assert check(site, "lan").status_code == 403
    assert site.visitor("lan").get(f"{address_of_evidence(site)}x/salt").status_code == 404
