"""Facts at a cut-off of 2,500 events, in a log of 5,000 events and in one of a million.

The first 5,000 events of both logs are the same: ten of each of 500 tasks, step after step, so that each task
has changed since the cut-off and is folded from its stream. In the long log half of the others go on with the
same tasks (a thousand reports of progress each), half are those of the 99 plans that follow. Its read models
have the rows that folding it would leave, made from those of the short one.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sqlite_utils import Database

from bench.append import meta
from bench.counts import LIFE, NOTE, PLAN, TASKS
from bench.measure import Result, at_most, median_seconds
from bench.worlds import commune
from cchc_flow import clock, commands
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.plugin_host.facts import PluginFacts
from cchc_flow.projections import model_files
from cchc_flow.projections.as_of import OPEN, Cutoff
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.periods import parse
from cchc_flow.workspace import Workspace

PLANS = 100
REPORTS = 1_000
"""How many reports of progress come after the year on each of its tasks."""
AIM = 1.5
NAMES = [f"III.{1 + number % 2}.{number}" for number in range(1, TASKS + 1)]
REPORT = Draft("item.progress_reported/1", {"percent": 80, "note": NOTE, "evidence": []})


def rows() -> Iterator[Result]:
    """Measure the facts that a report asks for: by a new connection to the past, and by one that is kept."""
    with tempfile.TemporaryDirectory() as folder:
        small = _make_short_log(Path(folder) / "small")
        year = small.log.size()
        small.close()
        shutil.copytree(Path(folder) / "small", Path(folder) / "large")
        large = commands.open_workspace(Path(folder) / "large", small.name, clock.now)
        _go_on(large, year)
        cutoff = Cutoff(year // 2, local_day(clock.now()))
        assert _facts(small, cutoff) == _facts(large, cutoff)
        for name, forgets in (("first", True), ("again", False)):
            jobs = (_asking(ws, cutoff, forgets=forgets) for ws in (large, small))
            long, short = median_seconds(*jobs)
            detail = f"{long * 1e3:.1f} ms and {short * 1e3:.1f} ms"
            title = f"facts at a cut-off, {name}: {large.log.size():,} / {year:,} events"
            yield at_most(title, long / short, AIM, detail)
        large.close()


def _make_short_log(folder: Path) -> Workspace:
    """Return a commune whose 500 tasks go through their life together."""
    ws = commune(folder, TASKS, under_way=0)
    for version, draft in enumerate(LIFE, 1):
        ws.log.append([Change(f"item-2026-{name}", version, (draft,)) for name in NAMES], meta(f"{version}"))
    ws.read()
    return ws


def _asking(ws: Workspace, cutoff: Cutoff, *, forgets: bool) -> Callable[[], object]:
    def ask() -> object:
        if forgets:
            ws.models.forget()
        return _facts(ws, cutoff)

    return ask


def _facts(ws: Workspace, cutoff: Cutoff) -> object:
    """Return what every method of the facts answers, and the four counts."""
    facts: PluginFacts = ws.fact_source(cutoff=cutoff).facts_of("")
    tasks = facts.items("task")
    db = ws.read_as_of(cutoff)
    return (
        (facts.position, facts.today, facts.plan, facts.units, facts.people, facts.working_days),
        tasks,
        facts.items("task", plan="2026"),
        [facts.item(task.id) for task in tasks],
        facts.window(parse("2026-06")),
        counts.counts(db, PLAN, cutoff.day),
        counts.counts(db, Filters(), cutoff.day),
    )


def _go_on(ws: Workspace, year: int) -> None:
    """Append the events that come after the year, and give the read models the rows that they leave."""
    life = (LIFE[0], *LIFE)  # the first one in the place of the opening
    lives = [(f"item-{2026 + plan}-{name}", 0, life) for plan in range(1, PLANS) for name in NAMES]
    lives += [(f"item-2026-{name}", len(life), (REPORT,)) for name in NAMES]
    for first in range(0, len(lives), TASKS):
        ws.log.append([Change(*each) for each in lives[first : first + TASKS]], meta(f"later-{first}"))
    for number in range(1, REPORTS):
        again = [Change(f"item-2026-{name}", len(life) + number, (REPORT,)) for name in NAMES]
        ws.log.append(again, meta(f"again-{number}"))
    _write_rows(ws, year)


def _write_rows(ws: Workspace, year: int) -> None:
    """Put the later rows beside those of the year: of the other plans, and of each report of progress."""
    size = ws.log.size()
    db = model_files.connect(ws.folder / "projections-1.db", {})
    same = {table: list(db[table].columns_dict) for table in ("items", "cards")}
    shift = {"plan": "plan + n", "id": "(plan + n) || substr(id, 5)", "item": "(plan + n) || substr(item, 5)"}
    shift |= {name: f"{name} + n * {year}" for name in ("opened", "position", "from_position")}
    shift["to_position"] = f"iif(to_position = {OPEN}, {OPEN}, to_position + n * {year})"
    last = f"{size} - (1 + {REPORTS} - n) * {TASKS} + rowid % {TASKS}"
    now = f"plan = '2026' AND to_position = {OPEN}"
    report = {"from_position": last, "to_position": f"iif(n = {REPORTS}, {OPEN}, {last} + {TASKS})"}
    db.execute("BEGIN")
    for table, names in same.items():
        _insert(db, table, names, shift, f"n < {PLANS}", "true")
    _insert(db, "cards", same["cards"], report | {"progress": "n"}, f"n <= {REPORTS}", now)
    ended = f"{size} - {REPORTS} * {TASKS} + rowid % {TASKS}"
    db.execute(f"UPDATE cards SET to_position = {ended} WHERE {now} AND from_position <= {year}")  # noqa: S608  # our own words
    db.execute(f"UPDATE items SET position = {size} WHERE plan = '2026'")  # noqa: S608  # our own words
    db.execute("UPDATE progress SET position = ?, root = ?", [size, ws.log.root(size)])
    db.execute("COMMIT")
    db.close()


def _insert(
    db: Database, table: str, names: list[str], other: Mapping[str, str], until: str, where: str
) -> None:
    """Insert rows made from those of a table, for each n from 1 on; `other` are the values that differ."""
    values = ", ".join(other.get(name, name) for name in names)
    db.execute(
        f"WITH RECURSIVE times(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM times WHERE n + 1 {until[2:]})"  # noqa: S608  # our own words
        f" INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM times,"
        f" (SELECT rowid, * FROM {table} WHERE {where})"
    )
