"""With --as the terminal tells a person what the person may read, and no more."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.civil_service import AREA, case, evaluation
from support.registers import AreaCommune
from support.terminal import Terminal

from cchc_flow.commands.workspace_setup import publish

TITLES = ("Xem xét kỷ luật", "Đánh giá Trần Văn Bình")


@pytest.fixture
def commune(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AreaCommune]:
    """A commune with a case of discipline and an evaluation."""
    made = AreaCommune(data, AREA)
    monkeypatch.setattr("cchc_flow.cli.context.MachineClock", lambda: made.ws.now)
    case(made)
    evaluation(made)
    yield made
    made.ws.close()


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ((), {*TITLES}),
        (("--as", "leader"), {*TITLES}),
        (("--as", "unit.head"), {TITLES[1]}),
        (("--as", "officer"), set()),
        (("--as", "admin"), set()),
    ],
)
def test_items_are_those_that_the_person_may_read(
    commune: AreaCommune, terminal: Terminal, options: tuple[str, ...], shown: set[str]
) -> None:
    rows = json.loads(terminal(*options, "items", "--json").out)
    assert {row["title"] for row in rows if row["kind"] in ("discipline", "evaluation")} == shown
    assert {title for title in TITLES if title in terminal(*options, "items").out} == shown


def test_the_life_of_a_closed_item_is_told_only_to_who_may_read_it(
    commune: AreaCommune, terminal: Terminal
) -> None:
    (entry,) = commune.entries("discipline")
    assert TITLES[0] in terminal("log", entry.id).out
    assert TITLES[0] in terminal("--as", "leader", "log", entry.id).out
    for form in ((), ("--json",)):
        refused = terminal("--as", "admin", "log", entry.id, *form)
        assert (refused.code, refused.out) == (1, "")
        assert f"Không có công việc «{entry.id}», hoặc bạn không được xem." in refused.err


def test_who_moves_entries_to_another_version_reads_no_titles_that_are_closed(
    commune: AreaCommune, terminal: Terminal
) -> None:
    newest = commune.workflow("discipline")
    newer = replace(newest, version=newest.version + 1)
    publish(commune.ws, newer)
    words = ("workflow", "migrate", "discipline", "--to", str(newer.version), "--dry-run")
    told = {who: terminal("--as", who, *words).out for who in ("coordinator", "admin")}
    assert TITLES[0] in told["coordinator"] and TITLES[0] not in told["admin"]
    assert all("Sẽ chuyển 1 công việc" in out for out in told.values())
