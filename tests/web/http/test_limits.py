"""Before anybody signed in, a form is small, and nothing of it is repeated or kept."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from support.visitors import Site, csrf
from support.world import World

from cchc_flow.web.http.limits import MAX_FIELDS_OF_STRANGER, MAX_REQUEST_OF_STRANGER

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
LONG = "chữ-của-người-lạ-" * 300


def stranger_form(client: FlaskClient, **typed: str) -> dict[str, str]:
    return {"csrf_token": csrf(client.get("/xa-mau/sign-in").text), "login": "lan", "password": "x"} | typed


@pytest.mark.parametrize(
    "address", ["/xa-mau/sessions", "/xa-mau/directory/units", "/setup", "/xa-mau/setup"]
)
def test_a_large_form_of_a_stranger_is_refused_in_words(nobody: FlaskClient, address: str) -> None:
    form = stranger_form(nobody, note="x" * MAX_REQUEST_OF_STRANGER)
    answer = nobody.post(address, data=form)
    assert answer.status_code == 413 or (address.endswith("setup") and answer.status_code == 303)
    assert answer.status_code == 303 or "lớn quá mức cho phép" in answer.text


def test_a_form_of_many_parts_of_a_stranger_is_refused_in_words(nobody: FlaskClient) -> None:
    parts = {f"field{number}": "x" for number in range(MAX_FIELDS_OF_STRANGER)}
    answer = nobody.post(
        "/xa-mau/sessions", data=stranger_form(nobody, **parts), content_type="multipart/form-data"
    )
    assert answer.status_code == 413


def test_who_is_signed_in_sends_large_forms(site: Site) -> None:
    visitor = site.visitor("lan")
    form = {
        "csrf_token": csrf(visitor.get("/xa-mau/account").text),
        "note": "x" * 2 * MAX_REQUEST_OF_STRANGER,
    }
    form |= {f"field{number}": "x" for number in range(2 * MAX_FIELDS_OF_STRANGER)}
    answer = visitor.post("/xa-mau/inbox/read-marks", data=form | {"position": "1"})
    assert answer.status_code in {200, 204, 303}


def test_a_large_form_is_not_lost_when_the_session_ends_while_it_is_typed(site: Site, world: World) -> None:
    visitor = site.visitor("lan")
    form = {"csrf_token": csrf(visitor.get("/xa-mau/account").text), "text": "Chữ của Lan " * 10_000}
    world.time += timedelta(days=1)
    answer = visitor.post("/xa-mau/items/2026-III.1.1/comments", data=form, headers=SAME_SITE)
    assert (answer.status_code, "Chữ của Lan" in answer.text) == (401, True)


@pytest.mark.parametrize("address", ["/xa-mau/directory/units", "/xa-mau/sessions"])
@pytest.mark.parametrize("token", [{}, {"csrf_token": "old"}], ids=["fresh", "stale"])
def test_nothing_that_a_stranger_typed_is_in_the_answer(
    nobody: FlaskClient, address: str, token: dict[str, str]
) -> None:
    form = stranger_form(nobody, login=LONG, password=LONG, name=LONG, next=f"/xa-mau/{LONG}") | token
    answer = nobody.post(address, data=form, headers=SAME_SITE)
    assert answer.status_code in {400, 401, 422}
    assert "người-lạ" not in answer.text


@pytest.mark.parametrize("page", [LONG, "/other/", "/xa-mau/a\r\nSet-Cookie: x=1", '/xa-mau/"><script>'])
def test_a_page_to_go_to_that_is_none_of_ours_is_not_in_the_sign_in_form(
    nobody: FlaskClient, page: str
) -> None:
    assert "<script>" not in nobody.get("/xa-mau/sign-in", query_string={"next": page}).text
    assert "người-lạ" not in nobody.get("/xa-mau/sign-in", query_string={"next": page}).text


def test_no_login_that_a_stranger_typed_is_kept(site: Site, world: World, nobody: FlaskClient) -> None:
    for login in ("khong.co", "mat.khau.bi.mat.go.nham.o", LONG):
        nobody.post("/xa-mau/sessions", data=stranger_form(nobody, login=login, password="x" * 20))
    for file in (path for path in world.ws.private.parent.parent.rglob("*") if path.is_file()):
        kept = file.read_bytes()
        assert b"khong.co" not in kept and b"go.nham" not in kept and "người-lạ".encode() not in kept, file


def test_a_connection_is_small_until_somebody_signed_in(site: Site, world: World) -> None:
    served = site.app.extensions["cchc"]
    name, token = site.session("lan")
    told = [f"{name}={token}", f"__Host-{name}={token}", f"a=b; {name}={token}"]
    others = ["", f"{name}=made-up", f"cchc-other={token}", "cchc-=x", "=", ";;"]
    assert [served.knows_session(cookies) for cookies in told + others] == [True] * 3 + [False] * 6
