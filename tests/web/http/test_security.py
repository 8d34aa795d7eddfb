"""What every answer carries, and what no request gets past."""

import hashlib
import json
import re
import stat
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.visitors import Site, csrf
from support.world import TASK, World
from werkzeug.test import TestResponse

from cchc_flow import web
from cchc_flow.accounts.web_key import secret_key
from cchc_flow.web import create_app

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
STATIC = Path(web.__file__).parent / "static"
ARGUMENTS = {
    "workspace": "xa-mau",
    "filename": "css/base.css",
    "item_id": TASK,
    "item": TASK,
    "unit": "phong-kinh-te",
    "person": "lan",
    "plan": "2026",
    "position": 1,
    "event": 1,
    "session": 1,
    "digest": "0" * 64,
    "state": "planned",
    "fact": "assignments",
    "step": "assign",
    "name": "assign",
}


def answers(app: Flask, client: FlaskClient) -> list[tuple[str, TestResponse]]:
    """Return the answer of every route, to every method it takes."""
    adapter = app.url_map.bind("localhost")
    asked = [
        (method, adapter.build(rule.endpoint, {name: ARGUMENTS.get(name, "1") for name in rule.arguments}))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]
    return [(f"{method} {path}", client.open(path, method=method, buffered=True)) for method, path in asked]


def protections(response: TestResponse) -> dict[str, bool]:
    """Return for each header that protects whether it is there."""
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    return {
        "policy": "default-src 'none'" in policy or policy.startswith("sandbox"),
        "sniff": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") == "same-origin",
        "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "resource": headers.get("Cross-Origin-Resource-Policy") == "same-origin",
        "permissions": "camera=()" in headers.get("Permissions-Policy", ""),
        "cache": "Cache-Control" in headers,
        "vary": "HX-Request" in headers.get("Vary", ""),
    }


def test_every_route_answers_with_the_headers_that_protect(site: Site, admin: FlaskClient) -> None:
    bare = {
        route: [name for name, there in protections(response).items() if not there]
        for route, response in answers(site.app, admin)
    }
    assert len(bare) > 20
    assert {route: missing for route, missing in bare.items() if missing} == {}


def test_no_route_fails_on_a_signed_in_person(site: Site, admin: FlaskClient) -> None:
    assert [route for route, response in answers(site.app, admin) if response.status_code >= 500] == []


def test_strangers_see_no_page_but_the_doors(site: Site, nobody: FlaskClient) -> None:
    opened = {route for route, response in answers(site.app, nobody) if response.status_code == 200}
    doors = {"GET /xa-mau/sign-in", "GET /static/css/base.css"}
    public = {"GET /setup/communes"}  # names of communes, which the law prints
    watched = {"GET /healthz", "GET /readyz", "GET /metrics"}  # figures: test_metrics
    assert opened == doors | public | watched


def test_a_fault_of_ours_answers_with_the_headers_and_no_traceback(world: World) -> None:
    app = create_app(world.data, world.ws.now)
    app.add_url_rule("/broken", "broken", lambda: 1 // 0)
    response = app.test_client().get("/broken")
    assert response.status_code == 500
    assert all(protections(response).values())
    assert "ZeroDivisionError" not in response.text


def test_the_content_policy_allows_only_ourselves(nobody: FlaskClient) -> None:
    assert nobody.get("/xa-mau/sign-in").headers["Content-Security-Policy"] == POLICY


def test_pages_with_peoples_data_are_never_stored(admin: FlaskClient) -> None:
    assert admin.get("/xa-mau/directory").headers["Cache-Control"] == "no-store"


def test_a_static_file_under_the_mark_of_its_content_may_be_kept(nobody: FlaskClient) -> None:
    address = re.search(r'href="(/static/css/forms.css\?v=[^"]+)"', nobody.get("/xa-mau/sign-in").text)
    assert address is not None
    assert "immutable" in nobody.get(address[1], buffered=True).headers["Cache-Control"]


def test_no_page_has_scripts_styles_or_handlers_within(site: Site, admin: FlaskClient) -> None:
    inline = re.compile(
        r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|hx-on|javascript:|\bjs:", re.IGNORECASE
    )
    pages = [
        (route, answer.text) for route, answer in answers(site.app, admin) if answer.mimetype == "text/html"
    ]
    assert {route: found for route, text in pages if (found := inline.findall(text))} == {}


def test_htmx_is_told_to_evaluate_nothing_and_to_stay_here(nobody: FlaskClient) -> None:
    found = re.search(r"name=\"htmx-config\" content='([^']+)'", nobody.get("/xa-mau/sign-in").text)
    assert found is not None
    config = json.loads(found[1])
    assert [config[name] for name in ("allowEval", "allowScriptTags", "includeIndicatorStyles")] == [
        False
    ] * 3
    assert config["selfRequestsOnly"] is True
    assert config["historyCacheSize"] == 0


def test_the_vendored_files_are_those_of_their_releases() -> None:
    listed = json.loads((STATIC / "vendor" / "vendor.json").read_text())
    digests = {
        one["file"]: hashlib.sha256((STATIC / "vendor" / one["file"]).read_bytes()).hexdigest()
        for one in listed
    }
    assert digests == {one["file"]: one["sha256"] for one in listed}


def test_every_vendored_file_is_listed_with_its_licence() -> None:
    listed = json.loads((STATIC / "vendor" / "vendor.json").read_text())
    known = {one[name] for one in listed for name in ("file", "licence_file")} | {"vendor.json"}
    assert {file.name for file in (STATIC / "vendor").iterdir()} == known


def test_a_form_without_the_token_changes_nothing(admin: FlaskClient) -> None:
    response = admin.post("/xa-mau/directory/units", data={"name": "Phòng Lạ", "command_id": "1"})
    assert response.status_code == 400
    assert "Phòng Lạ" not in admin.get("/xa-mau/directory").text


def test_a_form_that_lay_open_too_long_is_offered_again_with_what_was_typed(admin: FlaskClient) -> None:
    stale = {"name": "Phòng <Mới>", "command_id": "1", "csrf_token": "old"}
    response = admin.post("/xa-mau/directory/units", data=stale, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 400
    again = re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', response.text)
    assert again == [("name", "Phòng &lt;Mới&gt;")]
    assert "Hồ Minh Quân" in response.text
    fresh = {"name": "Phòng <Mới>", "command_id": "1", "csrf_token": csrf(response.text)}
    assert admin.post("/xa-mau/directory/units", data=fresh).status_code == 303


def test_a_password_is_never_written_into_an_answer(site: Site, nobody: FlaskClient) -> None:
    typed = {"login": "quan", "password": "bí mật của tôi", "csrf_token": "old"}
    response = nobody.post("/xa-mau/sessions", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 400
    assert "bí mật của tôi" not in response.text


def test_a_form_typed_before_the_session_ended_is_kept(admin: FlaskClient, nobody: FlaskClient) -> None:
    token = csrf(admin.get("/xa-mau/directory").text)
    typed = {"name": "Phòng Mới", "command_id": "1", "csrf_token": token}
    response = nobody.post("/xa-mau/directory/units", data=typed)
    assert response.status_code == 401
    assert "Phòng Mới" in response.text


def test_htmx_hears_after_the_session_ended_where_to_sign_in(nobody: FlaskClient) -> None:
    token = csrf(nobody.get("/xa-mau/sign-in").text)
    form = {"name": "Phòng Mới", "command_id": "1", "csrf_token": token}
    board = {"HX-Request": "true", "HX-Current-URL": "http://localhost/xa-mau/board?area=2&unit=-"}
    response = nobody.post("/xa-mau/directory/units", data=form, headers=board)
    assert (response.status_code, response.headers["HX-Retarget"]) == (401, "#toasts")
    assert '<a href="/xa-mau/sign-in?next=/xa-mau/board?area%3D2%26unit%3D-"' in response.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_that_another_site_sends_changes_nothing(admin: FlaskClient, headers: dict[str, str]) -> None:
    token = csrf(admin.get("/xa-mau/directory/units/new").text)
    typed = {"name": "Phòng Lạ", "command_id": "1", "csrf_token": token}
    response = admin.post("/xa-mau/directory/units", data=typed, headers=headers)
    assert response.status_code == 403
    assert "Phòng Lạ" not in admin.get("/xa-mau/directory").text


def test_what_another_site_sends_is_not_offered_to_be_sent_again(admin: FlaskClient) -> None:
    stale = {"name": "Phòng Lạ", "csrf_token": "old"}
    response = admin.post("/xa-mau/directory/units", data=stale, headers={"Sec-Fetch-Site": "cross-site"})
    assert "Gửi lại" not in response.text


def test_the_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    made = secret_key(tmp_path)
    assert len(made) == 32
    assert secret_key(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "private" / "web.key").stat().st_mode) == 0o600


def test_over_https_the_session_is_bound_to_this_host(site: Site) -> None:
    client = site.app.test_client()
    token = csrf(client.get("/xa-mau/sign-in", base_url="https://localhost").text)
    response = client.post(
        "/xa-mau/sessions",
        data={"login": "lan", "password": site.give_password("lan"), "csrf_token": token},
        base_url="https://localhost",
    )
    cookies = response.headers.getlist("Set-Cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["__Host-cchc-xa-mau"]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookies[0].split("; "))
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


def test_over_https_the_cookie_behind_the_forms_stays_on_https(nobody: FlaskClient) -> None:
    cookie = nobody.get("/xa-mau/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_a_name_that_is_not_ours_gets_no_page(world: World) -> None:
    client = create_app(world.data, world.ws.now, hosts=("localhost",)).test_client()
    response = client.get("/xa-mau/sign-in", base_url="http://rebound.example")
    assert response.status_code == 400
    assert all(protections(response).values())


def test_htmx_hears_of_a_refusal_in_a_toast(site: Site) -> None:
    response = site.visitor("lan").get("/xa-mau/directory/units/new", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Retarget"]) == (403, "#toasts")
    assert "quản trị" in response.text


def test_a_person_who_may_not_do_it_hears_who_may(site: Site) -> None:
    response = site.visitor("lan").get("/xa-mau/directory/units/new")
    assert response.status_code == 403
    assert "do quản trị thực hiện" in response.text
