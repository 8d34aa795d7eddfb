"""The overview of a province in both homes of logs: what holds, what is old, what is never shown again."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from support.communes import Communes
from support.plugging import plugged
from support.postgres import TestDatabase

from cchc_flow.eventlog.contents import referenced_digests
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.moved_mark import MOVED, Mark, write_mark
from cchc_flow.eventlog.postgres.pool import close_pools
from cchc_flow.hookspecs import Measure, hookimpl
from cchc_flow.province.summary_store import KeptSummary

NORTH, SOUTH = "xa-bac", "xa-nam"
TABLES = ("heads", "events", "seals", "nodes", "commits", "contents")
PAST_THE_TRIGGERS = "SET session_replication_role = replica;"


class Province(Communes):
    """Two communes, and what happens to their logs behind the program's back, in whichever home they are."""

    def __init__(self, data: Path, database: TestDatabase | None = None) -> None:
        super().__init__(data, NORTH, SOUTH)
        self._database = database

    def assign(self, item: str = "2026-III.2.3.1") -> None:
        """Let something be recorded in the commune in the north."""
        self.worlds[NORTH].take("hoa", "assign", item, lead="phong-kinh-te", support=[], due="2026-06-30")

    def save_copy(self) -> None:
        """Make a copy of the log in the north as it is now, with its read models."""
        self._stop()
        shutil.copytree(self.data / NORTH, self.data / "copy")
        self._query("CREATE SCHEMA copy")
        for table in TABLES:
            self._query(
                f"CREATE TABLE copy.{table} AS SELECT * FROM cchc_log.{table} WHERE workspace = '{NORTH}'"
            )
        self._start()

    def restore_copy(self) -> None:
        """Put the copy in the place of the log, as who restores a backup does."""
        self._stop()
        shutil.rmtree(self.data / NORTH)
        shutil.copytree(self.data / "copy", self.data / NORTH)
        (self.data / "private" / NORTH / "log-end.txt").unlink()
        for table in TABLES:
            self._query(
                f"{PAST_THE_TRIGGERS} DELETE FROM cchc_log.{table} WHERE workspace = '{NORTH}';"
                f" INSERT INTO cchc_log.{table} SELECT * FROM copy.{table}"
            )
        self._start()

    def move_away(self) -> None:
        """Mark the log in the north as one that went to another home."""
        write_mark(self.data / NORTH, Mark(MOVED, "máy chủ mới"))
        self._query(f"UPDATE cchc_log.heads SET moved_to = 'máy chủ mới' WHERE workspace = '{NORTH}'")

    def change_an_event(self) -> None:
        """Change the newest event in the north, as who may write into its home and has no key."""
        self._stop()
        change = "UPDATE {} SET type = 'item.opened/9', leaf = {} WHERE position = {}"
        if self._database:
            at = f"(SELECT size FROM cchc_log.heads WHERE workspace = '{NORTH}') AND workspace = '{NORTH}'"
            self._query(PAST_THE_TRIGGERS + change.format("cchc_log.events", "sha256('x')", at))
        else:
            file = sqlite3.connect(self.data / NORTH / "events.db")
            for (trigger,) in file.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
            ).fetchall():
                file.execute(f"DROP TRIGGER {trigger}")
            file.execute(change.format("events", "zeroblob(32)", "(SELECT max(position) FROM events)"))
            file.commit()
            file.close()

    def lose_contents(self) -> None:
        """Take all that the vault in the north has."""
        shutil.rmtree(self.data / NORTH / "vault", ignore_errors=True)
        self._query(f"{PAST_THE_TRIGGERS} DELETE FROM cchc_log.vault WHERE workspace = '{NORTH}'")

    def _query(self, sql: str) -> None:
        if self._database:
            self._database.query(sql)

    def _stop(self) -> None:
        for world in self.worlds.values():
            world.ws.close()
        close_pools()

    def _start(self) -> None:
        for name, world in self.worlds.items():
            world.ws = self.open(name)


@pytest.fixture(params=["folder", "database"])
def province(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Province]:
    database: TestDatabase | None = None
    if request.param == "database":
        database = request.getfixturevalue("postgres")
        monkeypatch.setenv("CCHC_FLOW_LOG", database.url)
    made = Province(tmp_path / "data", database)
    yield made
    for world in made.worlds.values():
        world.ws.close()


def test_what_holds_is_not_read_again_and_what_happened_makes_the_figures_old_at_once(
    province: Province,
) -> None:
    first = province.read()
    assert all(each.is_fresh for each in first.values())
    assert province.read() == first and province.opened == [NORTH, SOUTH]
    province.assign()
    north, south = province.overview.look(province.communes, province.today)
    assert north.is_old and north.is_waiting and north.summary == first[NORTH].summary
    assert south.is_fresh
    assert province.read()[NORTH].is_fresh and province.opened == [NORTH, SOUTH, NORTH]


def test_figures_of_a_log_that_an_older_one_took_the_place_of_are_never_shown_again(
    province: Province,
) -> None:
    province.save_copy()
    province.assign()
    day = province.today
    for world in province.worlds.values():
        world.wait(days=9)
    later, past = province.read()[NORTH].summary, province.read(day)[NORTH].summary
    assert later and past and past.position == later.position
    province.restore_copy()
    for each in (province.today, day):
        assert province.overview.look(province.communes, each)[0].summary is None
    province.assign("2026-III.1.1")
    province.assign("2026-III.2.10")  # by now the other log is longer than the one that was looked at
    for each in (province.today, day):
        assert province.overview.look(province.communes, each)[0].summary is None
    assert province.read()[NORTH].is_fresh
    again = province.read(day)[NORTH].summary
    assert again and again.position < past.position


def test_a_commune_that_moved_to_another_home_is_said_to_be_there_and_its_figures_are_old(
    province: Province,
) -> None:
    first = province.read()
    province.move_away()
    north, south = province.overview.look(province.communes, province.today)
    assert "đã chuyển sang máy chủ mới" in north.trouble
    assert north.is_old and not north.is_waiting and north.summary == first[NORTH].summary
    assert south.is_fresh
    assert province.read()[NORTH].is_old and province.opened == [NORTH, SOUTH]


def test_a_commune_that_left_has_old_figures_at_once_and_none_when_that_was_seen(province: Province) -> None:
    province.read()
    province.closed.add(NORTH)
    province.assign()
    assert province.overview.look(province.communes, province.today)[0].is_old
    north = province.read()[NORTH]
    assert north.summary is None and "chưa tham gia" in north.trouble


def change_the_log(province: Province) -> None:
    province.change_an_event()


def spoil_the_read_models(province: Province) -> None:
    """Leave what tells the file's version and position as it is: else it is simply built anew."""
    ws = province.worlds[NORTH].ws
    page = ws.read().execute("SELECT rootpage FROM sqlite_schema WHERE name = 'cards'").fetchone()[0]
    ws.close()
    [file] = (province.data / NORTH).glob("projections-*.db")
    with file.open("r+b") as opened:
        opened.seek((page - 1) * 4096)
        opened.write(b"no page at all!!" * 256)


@pytest.mark.parametrize("spoil", [change_the_log, spoil_the_read_models])
def test_the_trouble_of_one_commune_is_named_there_and_the_others_are_read(
    province: Province, spoil: Callable[[Province], None]
) -> None:
    spoil(province)
    found = province.read()
    assert "«cchc-flow verify»" in found[NORTH].trouble and found[NORTH].summary is None
    assert found[SOUTH].is_fresh and not found[SOUTH].trouble


def test_a_text_that_the_vault_lacks_changes_no_figure(province: Province) -> None:
    ws = province.worlds[NORTH].ws
    digests = [digest for _, body in ws.log.read_bodies() for digest in referenced_digests(body)]
    province.lose_contents()
    assert digests and not any(ws.vault.has(digest) for digest in digests)
    assert all(each.is_fresh for each in province.read().values())


def test_a_plugin_that_cannot_count_is_named_beside_the_figures_that_need_none_of_it(
    province: Province,
) -> None:
    @hookimpl
    def measures() -> list[Measure]:
        raise ValueError

    module = ModuleType("counting", "Lĩnh vực đếm")
    module.measures = measures  # type: ignore[attr-defined]
    province.plugins = plugged(counting=module)
    for sighting in province.read().values():
        assert sighting.summary and sighting.summary.counts.total == 3
        assert "Lĩnh vực đếm" in sighting.summary.faults[0]


def test_two_processes_that_see_two_logs_keep_nothing_of_the_older_one(province: Province) -> None:
    seen = province.read()[NORTH]
    assert seen.summary and seen.made
    end = province.store.ends()[NORTH]
    province.assign()
    province.read()
    newer = province.store.ends()[NORTH]
    old = KeptSummary(seen.summary, seen.made)
    province.store.note_look(NORTH, None, end, old)
    assert province.store.ends()[NORTH] == newer
    assert province.store.of_day(date(2026, 3, 2))[NORTH].summary.position == newer.size
