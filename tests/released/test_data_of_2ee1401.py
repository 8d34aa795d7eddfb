"""A data folder that an older program left is read, proved and carried on by this one (see its README)."""

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cchc_flow import commands
from cchc_flow.accounts import Client
from cchc_flow.accounts.opening import find_accounts
from cchc_flow.cli import run
from cchc_flow.commands import Order
from cchc_flow.eventlog.codec import canonical_json
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.figures import figures_on
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.projections import plans, reading, rules
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.settings import effective_settings
from cchc_flow.reporting.grading import grades
from cchc_flow.reporting.plan_document import plan_document
from cchc_flow.reporting.products import products
from cchc_flow.workflow.calendar import day_of, local_day
from cchc_flow.workflow.commands import TakeStep, Upload
from cchc_flow.workflow.definition import Workflow, as_data
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK
from cchc_flow.workspace import Workspace

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "data_2ee1401"
NAME = "test-material"
NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
"""The Monday after the last event."""
RELEASED = {
    *(f"directory.{fact}/1" for fact in (
        "person_added", "person_changed", "role_granted", "role_revoked", "unit_added", "unit_changed",
    )),
    *(f"item.{fact}/1" for fact in (
        "advanced", "approved", "assigned", "cancelled", "closed", "commented", "declined", "distributed",
        "excused", "extension_granted", "extension_refused", "extension_requested", "followed", "handed_over",
        "opened", "overruled", "progress_reported", "reminded", "reopened", "resumed", "returned", "started",
        "submitted", "suspended", "undone", "withdrawn", "workflow_changed",
    )),
    "item.opened/2", "log.key_rotated/1", "log.opened/1", "plan.adopted/1",
    *(f"plugin.{fact}/1" for fact in ("configured", "disabled", "enabled", "loaded")),
    "settings.changed/1", "workflow.published/1",
}  # fmt: skip
"""Every stored name that commit 2ee1401 had released."""
GRADES_THEN: dict[str, dict[str, list[str]]] = {
    "2025-Q4": {
        "phong-kinh-te": ["0", "0", "75", "45/2", "Không hoàn thành nhiệm vụ"],
    },
    "2026-01": {
        "phong-kinh-te": ["50", "50", "175/2", "245/4", "Hoàn thành nhiệm vụ"],
        "phong-van-hoa-xa-hoi": ["0", "0", "75", "45/2", "Không hoàn thành nhiệm vụ"],
        "trung-tam-phuc-vu-hanh-chinh-cong-xa": ["0", "0", "75", "45/2", "Không hoàn thành nhiệm vụ"],
    },
    "2026-02": {
        "phong-kinh-te": ["50", "50", "175/2", "245/4", "Hoàn thành nhiệm vụ"],
        "phong-van-hoa-xa-hoi": ["0", "0", "75", "45/2", "Không hoàn thành nhiệm vụ"],
        "trung-tam-phuc-vu-hanh-chinh-cong-xa": ["0", "0", "75", "45/2", "Không hoàn thành nhiệm vụ"],
        "van-phong-hdnd-va-ubnd-xa": ["0", "0", "75", "45/2", "Không hoàn thành nhiệm vụ"],
    },
}
"""The grades of units in periods that were over, as the program of that commit gave them."""
SEALS = (("seal.txt", 283), ("seal-of-the-first-key.txt", 212))
"""The checkpoints that were kept elsewhere, each with the number of events that it covers."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the folder, as a commune has it on its disk."""
    return shutil.copytree(FIXTURE / "data", tmp_path / "data")


@pytest.fixture
def ws(data: Path) -> Iterator[Workspace]:
    """The workspace of the copy, opened with all areas."""
    opened = commands.open_workspace(data, NAME, lambda: NOW, load_plugins())
    yield opened
    opened.close()


def cchc(data: Path, capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """Run a command over the data; return what it printed, once it said that all is well."""
    capsys.readouterr()
    code = run(["--data", str(data), *map(str, words)])
    said = capsys.readouterr()
    assert code == 0, said.err
    return said.out


def listed(data: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    """Return what `items --json` says of each item, by its id."""
    return {row["id"]: row for row in json.loads(cchc(data, capsys, "items", "--json"))}


def as_the_old_program_had_it() -> dict[str, dict[str, object]]:
    rows = json.loads((FIXTURE / "items.json").read_text(encoding="utf-8"))
    return {row["id"]: row for row in rows}


def same_keys(rows: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    """Return the rows with no more keys than they had then: a later program may tell more."""
    then = as_the_old_program_had_it()
    return {item: {key: row[key] for key in then[item] if key in row} for item, row in rows.items()}


def test_no_file_of_the_folder_was_ever_changed_added_or_removed() -> None:
    files = sorted(path for path in (FIXTURE / "data").rglob("*") if path.is_file())
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(FIXTURE)}" for path in files]
    assert sorted(sums) == sorted((FIXTURE / "SHA256SUMS").read_text().splitlines())


def test_it_holds_every_event_that_was_released_and_no_other(ws: Workspace) -> None:
    assert {event.type for event in ws.log.read_events(upto=283)} == RELEASED


def test_every_event_in_it_is_as_its_schema_says_today(ws: Workspace) -> None:
    families = {path.stem: json.loads(path.read_text("utf-8")) for path in (ROOT / "events").glob("*.json")}
    schemas = {name: schema for family in families.values() for name, schema in _schemas(family)}
    events = list(ws.log.read_events(upto=283))
    assert [event.position for event in events if not schemas[event.type].is_valid(event.data)] == []


def _schemas(family: dict[str, Any]) -> Iterator[tuple[str, jsonschema.Draft202012Validator]]:
    """Yield the stored name of each event of a family with what tells whether data are of that shape."""
    entries = family.get("$defs", {})
    for name, entry in entries.items():
        yield name, jsonschema.Draft202012Validator(entry | {"$defs": entries})


def test_a_definition_that_has_not_changed_since_is_stored_in_the_same_bytes(ws: Workspace) -> None:
    now = {(one.kind, one.version): one for one in (TASK, REPORT, *_registers(ws))}
    then = {
        (event.data["kind"], event.data["version"]): event.data["definition"]
        for event in ws.log.read_events(upto=283)
        if event.type == "workflow.published/1"
    }
    same = now.keys() & then.keys()
    assert len(same) > 20
    assert [key for key in same if canonical_json(as_data(now[key])) != canonical_json(then[key])] == []


def _registers(ws: Workspace) -> list[Workflow]:
    return [register for _, register in contributions.collect(ws.plugins).registers]


def test_what_a_new_version_closes_is_closed_for_entries_of_the_old_one_too(data: Path) -> None:
    entry = {"title": "Mục cũ", "lead": "van-phong-hdnd-va-ubnd-xa", "person": "A", "post": "B"}
    ws = commands.open_workspace(data, NAME, lambda: NOW)  # as the old program did, without the new version
    order = Order("hoa.le", ws.new_id())
    old = commands.open_entry(ws, "discipline", entry | {"found_on": "2026-03-01"}, order).item
    assert old.workflow == 1
    ws.close()
    ws = commands.open_workspace(data, NAME, lambda: NOW, load_plugins())
    for login, is_read in (("hoa.le", True), ("thang.nie", True), ("linh.bya", False), ("quan.tri", False)):
        reader = reading.reader_of(ws.read(), login)
        shown = queries.readable_cards(ws.read(), queries.all_cards(ws.read()), reader)
        assert (old.id in {card.id for card in shown}) is is_read, login
    ws.close()


def test_it_opens_with_all_areas_and_nothing_of_it_is_a_fault(ws: Workspace) -> None:
    assert commands.faults(ws) == []
    assert (ws.title, ws.demo) == ("Xã Thử Nghiệm (dữ liệu kiểm thử, không có thật)", False)


def test_every_item_is_where_the_old_program_had_it(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert same_keys(listed(data, capsys)) == as_the_old_program_had_it()


def test_the_read_models_that_the_old_program_left_are_followed_or_made_again(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = gzip.decompress((FIXTURE / "projections-1.db.gz").read_bytes())
    (data / NAME / "projections-1.db").write_bytes(rows)
    (data / NAME / "projections.current").write_text("projections-1.db\n")
    assert same_keys(listed(data, capsys)) == as_the_old_program_had_it()
    cchc(data, capsys, "rebuild", "--check")


@pytest.mark.parametrize("every", [[], ["--all"]])
def test_it_is_proved_whole(data: Path, capsys: pytest.CaptureFixture[str], every: list[str]) -> None:
    assert cchc(data, capsys, "verify", *every).startswith("Nhật ký nguyên vẹn: 283 sự kiện, 246 lần ghi")


@pytest.mark.parametrize(("seal", "size"), SEALS)
def test_it_is_proved_whole_against_a_checkpoint_that_was_kept_elsewhere(
    data: Path, capsys: pytest.CaptureFixture[str], seal: str, size: int
) -> None:
    said = cchc(data, capsys, "verify", "--checkpoint", FIXTURE / seal, "--key", FIXTURE / f"{seal}.key")
    assert f"khớp dấu niêm phong giữ bên ngoài ở cỡ {size}" in said
    assert "độc lập với nhật ký" in said


def test_every_word_and_file_that_it_refers_to_is_read(ws: Workspace) -> None:
    contents = dict(_contents([event.data for event in ws.log.read_events(upto=283)]))
    assert len(contents) == len(list((FIXTURE / "data" / NAME / "vault").glob("??/*"))) > 80
    assert {digest: len(ws.vault.load(digest)) for digest in contents} == contents


def _contents(value: object) -> Iterator[tuple[str, int]]:
    """Yield the digest and the size of each content that something in an event refers to."""
    if isinstance(value, dict) and value.keys() == {"digest", "media_type", "size"}:
        yield value["digest"], value["size"]
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _contents(one)


def take(ws: Workspace, person: str, item: str, step: str, **told: object) -> str:
    """Take a step; return the state to which it led."""
    return commands.take_step(ws, item, TakeStep(step, told), Order(person, ws.new_id())).item.state


def test_an_item_of_the_first_version_of_its_workflow_goes_on_under_the_one_of_today(ws: Workspace) -> None:
    item = "2025-III.2.2"
    report = Upload("bao-cao.txt", b"2025", "text/plain")
    assert take(ws, "lan.tran", item, "submit", result="Đã niêm yết.", evidence=[report]) == "submitted"
    assert take(ws, "hoa.le", item, "approve", quality="met") == "approved"
    after = commands.load_item(ws, item)
    assert (after.workflow.version, after.events[0].type) == (TASK.version, "item.opened/1")


def test_running_work_follows_the_definitions_of_today_by_one_event_each_and_stands_where_it_stood(
    data: Path,
) -> None:
    ws = commands.open_workspace(data, NAME, lambda: NOW)
    events = [event for event in ws.log.read_events() if event.position > 283]
    upgraded = [event for event in events if event.type == "item.workflow_changed/1"]
    assert upgraded and {event.actor for event in upgraded} == {"system:upgrade"}
    assert len({event.stream for event in upgraded}) == len(upgraded)
    assert all(event.data["from"] == event.data["to"] for event in upgraded)
    older = [
        item.id
        for newest in (TASK, REPORT)
        for item in items.items_of_kind(ws.read(), newest.kind)
        if item.workflow < newest.version and not newest.state(item.state).final
    ]
    size = ws.log.size()
    ws.close()
    again = commands.open_workspace(data, NAME, lambda: NOW)
    assert (older, again.log.size()) == ([], size)
    again.close()


def test_work_begun_then_goes_on_with_its_parts_extension_rest_and_undo(ws: Workspace) -> None:
    assert take(ws, "linh.bya", "2026-III.7.1", "start") == "in_progress"
    assert commands.undo_step(ws, "2026-III.7.1", Order("linh.bya", ws.new_id())).item.state == "assigned"
    assert take(ws, "hoa.le", "2026-III.4.1", "resume") == "assigned"
    take(ws, "thang.nie", "2026-III.2.1", "grant_extension", due="2026-07-31")
    assert commands.load_item(ws, "2026-III.2.1").item.due == "2026-07-31"
    part = "2026-III.3.2:trung-tam-phuc-vu-hanh-chinh-cong-xa"
    take(ws, "duy.trinh", part, "submit", result="Đã kiểm tra lại.")
    take(ws, "hoa.le", part, "approve", quality="met")
    take(ws, "thang.nie", part, "close")
    assert commands.load_item(ws, "2026-III.3.2").item.state == "closed"


def test_registers_go_on_under_their_rules_and_figures(ws: Workspace) -> None:
    told = {"title": "Một cửa không giấy", "lead": "van-phong-hdnd-va-ubnd-xa", "form": "initiative"}
    entry = commands.open_entry(ws, "initiative", told, Order("mai.do", ws.new_id())).item
    decision = {"decision": "40/QĐ-UBND", "decided_on": "2026-03-16"}
    assert take(ws, "thang.nie", entry.id, "recognise", **decision) == "recognised"
    (petition,) = (row["id"] for row in as_the_old_program_had_it().values()
                   if (row["kind"], row["state"]) == ("petition", "received"))  # fmt: skip
    answer = {"handled_on": "2026-03-16", "result": "explained", "note": "Đã giải thích."}
    assert take(ws, "linh.bya", str(petition), "handle", **answer) == "handled"


def test_a_period_that_ended_before_keeps_the_grades_that_the_old_program_showed(ws: Workspace) -> None:
    for period, expected in GRADES_THEN.items():
        found, rules = products(ws, parse(period), local_day(NOW))
        told = {
            str(one.who): [*map(str, (one.quantity, one.quality, one.progress, one.total)), one.words]
            for one in grades(found, "unit", rules)
        }
        assert told == expected, period
    assert effective_settings(ws.read()).grading.by_decree  # from this opening on


def test_a_figure_that_was_set_then_holds_from_the_day_of_its_event(ws: Workspace) -> None:
    db, changes = ws.read(), [one for one in ws.log.read_events() if one.type == "plugin.configured/1"]
    assert changes
    for event in changes:
        plugin, key, day = event.data["plugin"], event.data["figure"], day_of(event.recordedtime)
        assert figures_on(ws.plugins, db, plugin, day, event.position)[key].value == event.data["value"]
        assert rules.figure_changes(db, plugin, event.position)[0].since == day.isoformat()


def test_its_report_of_september_still_covers_nine_months(ws: Workspace) -> None:
    assert effective_settings(ws.read()).reporting.nine_months


def test_what_goes_on_is_still_consistent_with_the_checkpoints_of_then(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ws = commands.open_workspace(data, NAME, lambda: NOW, load_plugins())
    take(ws, "linh.bya", "2026-III.7.1", "start")
    commands.do_scheduled_work(ws)
    size = ws.log.size()
    ws.close()
    assert size > 283
    cchc(data, capsys, "rebuild", "--check")
    for seal, then in SEALS:
        kept = ["--checkpoint", FIXTURE / seal, "--key", FIXTURE / f"{seal}.key"]
        said = cchc(data, capsys, "verify", "--all", *kept)
        assert f"nguyên vẹn: {size} sự kiện" in said and f"ở cỡ {then}" in said


@pytest.mark.parametrize(
    ("login", "password", "must_change"),
    [
        ("hoa.le", "lúa-chín-đồng-xa-42", False),
        ("quan.tri", "trống-đồng-vang-xa-17", False),
        ("lan.tran", "pfwh-4aae-cx3p-2tgm", True),
    ],
)
def test_its_people_still_sign_in(data: Path, login: str, password: str, must_change: bool) -> None:
    accounts, desk = find_accounts(data, NAME), Client("127.0.0.1", "test")
    token = accounts.start_session(login, desk, NOW, accounts.verify_password(login, password, desk, NOW))
    session = accounts.find_session(token, NOW)
    assert session and (session.person, session.must_change) == (login, must_change)


def test_what_its_people_chose_is_still_so(data: Path) -> None:
    chosen = find_accounts(data, NAME).personal
    assert chosen.find_feed_owner("7djcEfrdiZLEljGQ0zd0oZNvUqN43jMHEd9guKFNzUw") == "hoa.le"
    mailing = chosen.mail_preferences("hoa.le")
    assert (mailing.address, mailing.kinds) == ("hoa.le@test-material.example", ("reminded", "submitted"))
    assert chosen.last_read_position("hoa.le") == 141


def test_a_plan_whose_tasks_stood_in_the_one_event_of_its_adoption_prints_with_them(ws: Workspace) -> None:
    plan = next(plan for plan in plans.plans(ws.read()) if plan.id == "2026")
    data = ws.log.event(plan.position).data
    [task, *_] = [task["text"] for area in data["areas"] for task in area["tasks"]]
    assert task in repr(plan_document(ws, ws.read(), plan.id).blocks)
