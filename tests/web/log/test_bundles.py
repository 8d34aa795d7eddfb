"""The page «Hồ sơ bằng chứng» gives a bundle of what its form asks for, and records it."""

import io
from hashlib import sha256
from pathlib import Path

import pytest
from support.bundling import tell_story, unpack, verdict
from support.dividing import MINE, THEIRS, distribute
from support.visitors import Site, csrf
from support.world import TASK, TASKS, World, adopt
from werkzeug.test import TestResponse


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tell_story(World(tmp_path / "data")).ws)


def ask(site: Site, login: str = "thu", note: str = "", **values: str) -> TestResponse:
    """Send the form, as somebody."""
    visitor = site.visitor(login)
    page = visitor.get("/xa-mau/account").text
    form = {"csrf_token": csrf(page), "command_id": site.ws.new_id()} | values
    files = {"kept": (io.BytesIO(note.encode()), "dau.txt")} if note else {}
    return visitor.post(
        "/xa-mau/bundles", data=form | files, content_type="multipart/form-data", buffered=True
    )


def test_an_inspector_takes_the_whole_log_along_and_that_is_an_event(site: Site, tmp_path: Path) -> None:
    answer = ask(site)
    size = site.ws.log.size() - 1
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert f"xa-mau-ho-so-whole-{size}.zip" in answer.headers["Content-Disposition"]
    assert verdict(tmp_path, answer.data)[1] == 0
    event = site.ws.log.event(size + 1)
    assert (event.type, event.actor, event.data["count"]) == ("log.exported/1", "thu", size)
    assert event.data["digest"] == sha256(answer.data).hexdigest()


def test_each_field_makes_a_bundle_of_its_scope(site: Site, tmp_path: Path) -> None:
    fields = {"item": "iii.2.3.1", "unit": "phong-kinh-te", "period": "quý I/2026"}
    for name, value in fields.items():
        answer = ask(site, **{name: value})
        assert verdict(tmp_path, answer.data)[1] == 0
        assert f'"kind":"{name}"' in unpack(answer.data)["manifest.json"].decode()


def test_the_reference_of_a_whole_takes_it_with_all_its_parts(world: World) -> None:
    distribute(world)
    answer = ask(Site(world.ws), item="III.2.3.1")
    assert answer.status_code == 200
    manifest = unpack(answer.data)["manifest.json"].decode()
    assert all(f'"item-{id_}"' in manifest for id_ in (TASK, MINE, THEIRS))


def test_a_reference_that_several_plans_have_offers_them_as_links(world: World) -> None:
    adopt(world, 2027, TASKS)
    other = f"2027-{TASK.removeprefix('2026-')}"
    site = Site(world.ws)
    answer = ask(site, item="III.2.3.1")
    assert answer.status_code == 422 and "Hãy chọn một ở dưới." in answer.text
    links = [f'href="/xa-mau/bundles?item={id_}">III.2.3.1 · ' for id_ in (TASK, other)]
    assert all(link in answer.text for link in links)
    assert f'value="{other}"' in site.visitor("thu").get(f"/xa-mau/bundles?item={other}").text


def test_a_checkpoint_of_any_moment_that_was_brought_along_can_be_compared(
    site: Site, tmp_path: Path
) -> None:
    note, key = site.ws.log.checkpoint_at(3)
    answer = ask(site, note=note, item=TASK)
    (tmp_path / "dau.txt").write_text(f"{note}\n{key}\n", encoding="utf-8")
    words, code = verdict(tmp_path, answer.data, str(tmp_path / "dau.txt"))
    assert code == 0 and "Khớp dấu niêm phong bạn giữ" in words


WRONG = (
    ({"item": "IX.9"}, "Không có công việc"),
    ({"unit": "tram-y-te"}, "Trạm Y tế chưa chủ trì công việc nào"),
    ({"unit": "khong-co"}, "Không có đơn vị"),
    ({"period": "2031-Q1"}, "Trong quý I/2031 nhật ký không ghi sự kiện nào"),
    ({"period": "hôm qua"}, "không phải một kỳ"),
    ({"item": TASK, "period": "2026"}, "Mỗi hồ sơ chỉ có một phạm vi"),
    ({"note": "không phải dấu"}, "Đây không phải là dấu niêm phong"),
)


def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost_or_recorded(site: Site) -> None:
    for values, words in WRONG:
        answer = ask(site, **values)
        assert answer.status_code == 422 and words in answer.text
        assert all(value in answer.text for name, value in values.items() if name != "note")
    assert "log.exported/1" not in [event.type for event in site.ws.log.read_events()]


def test_only_auditors_take_bundles(site: Site) -> None:
    assert ask(site, "lan").status_code == 403
    assert site.visitor("lan").get("/xa-mau/bundles").status_code == 403
    assert "log.exported/1" not in [event.type for event in site.ws.log.read_events()]
