"""The four counts of one plan: in a log of 500,000 events against one of 5,000, now and as of a past day.

One plan of 500 tasks with ten events each is folded from a real log. The two logs of 500,000 events have the
rows that folding them would leave, made from those rows: `many plans` is that year a hundred times over, one
plan after the other (a commune's hundred years); in the `busy plan` each event is followed by 99 reports of
progress, each of which leaves a row.
"""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from bench.append import meta
from bench.measure import Result, at_most, median_seconds
from bench.worlds import UNIT, commune
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.workspace import Workspace

TASKS = 500
TIMES = 100
PLAN = Filters(plan="2026")
DAY = date(2026, 7, 1)
ASKED = 5
PLACE = ("from_position", "to_position")
NOTE = {"digest": "0" * 64, "size": 1, "media_type": "text/plain"}
MOVE = {"from": "in_progress", "to": "submitted"}
BACK = {"from": "submitted", "to": "in_progress"}
LIFE = (
    Draft("item.assigned/1", {"from": "planned", "to": "assigned", "lead": UNIT, "support": []}
          | dict.fromkeys(("officer", "due", "cadence"))),
    Draft("item.started/1", {"from": "assigned", "to": "in_progress"}),
    *(Draft("item.progress_reported/1", {"percent": n, "note": None, "evidence": []}) for n in (20, 40, 60)),
    Draft("item.submitted/1", MOVE | {"result": NOTE, "evidence": []}),
    Draft("item.returned/1", BACK | {"reason": NOTE, "defects": 1}),
    Draft("item.submitted/1", MOVE | {"result": NOTE, "evidence": []}),
    Draft("item.approved/1", {"from": "submitted", "to": "approved", "quality": "met", "comment": None}),
)  # fmt: skip


def rows() -> Iterator[Result]:
    """Measure both shapes of a long log, now and as of the middle of the plan's year."""
    with tempfile.TemporaryDirectory() as folder:
        small = _make_year(Path(folder) / "small")
        middle = small.log.size() // 2
        for name, grow, at in (
            ("many plans", _many_plans, middle + (TIMES // 2) * small.log.size()),
            ("a busy plan", _busy_plan, middle * TIMES),
        ):
            large = _make_year(Path(folder) / name)
            grow(large.read(), large.log.size())
            yield from _compare_counts(name, small.read(), large.read(), (small.log.size(), middle, at))


def _compare_counts(
    name: str, small: Database, large: Database, places: tuple[int, int, int]
) -> Iterator[Result]:
    """Yield the comparison of the counts; both logs must give the same figures."""
    size, then, at = places
    number = large.execute("SELECT max(from_position) FROM cards").fetchone()[0]
    for when, before, after in (("now", None, None), ("of a past day", then, at)):
        assert counts.counts(small, PLAN, DAY, at=before) == counts.counts(large, PLAN, DAY, at=after)
        long, short = median_seconds(_count_repeatedly(large, after), _count_repeatedly(small, before))
        detail = f"{long / ASKED * 1e3:.2f} ms and {short / ASKED * 1e3:.2f} ms"
        yield at_most(f"counts {when}, {name}: {number:,} / {size:,} events", long / short, 2.0, detail)


def _count_repeatedly(db: Database, at: int | None) -> Callable[[], None]:
    def ask() -> None:
        for _ in range(ASKED):
            counts.counts(db, PLAN, DAY, at=at)

    return ask


def _make_year(folder: Path) -> Workspace:
    """Return a commune whose 500 tasks have ten events each, month after month as they are due."""
    ws = commune(folder, TASKS, under_way=0)
    names = [f"2026-III.{1 + number % 2}.{number}" for number in range(1, TASKS + 1)]
    for first in range(0, TASKS, TASKS // 12):
        for version, draft in enumerate(LIFE, 1):
            part = names[first : first + TASKS // 12]
            changes = [Change(f"item-{name}", version, (draft,)) for name in part]
            ws.log.append(changes, meta(f"{first}-{version}"))
    return ws


def _many_plans(db: Database, size: int) -> None:
    """Put the plan 50 years after the first of a hundred that are all alike."""
    _copy(db, "id, plan, kind, body", "(plan + n) || substr(id, 5), plan + n, kind, body", "items")
    same = [name for name in db["cards"].columns_dict if name not in ("plan", "item", *PLACE)]
    middle = size * TIMES // 2
    _copy(
        db,
        f"plan, item, {', '.join((*PLACE, *same))}",
        f"plan + n, (plan + n) || substr(item, 5), from_position + n * {size} + {middle},"
        f" iif(to_position = {OPEN}, {OPEN}, to_position + n * {size} + {middle}), {', '.join(same)}",
        "cards",
    )


def _copy(db: Database, names: str, values: str, table: str) -> None:
    """Put a hundred rows in the place of each, n from -50 to 49."""
    db.execute("BEGIN")
    db.execute(f"CREATE TEMP TABLE was_{table} AS SELECT * FROM {table}")  # noqa: S608  # our own words
    db.execute(f"DELETE FROM {table}")  # noqa: S608  # our own words
    db.execute(
        "WITH RECURSIVE years(n) AS (SELECT -50 UNION ALL SELECT n + 1 FROM years WHERE n < 49)"  # noqa: S608  # our own words
        f" INSERT INTO {table} ({names}) SELECT {values} FROM years, was_{table}"
    )
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _busy_plan(db: Database, size: int) -> None:
    """Let 99 reports of progress follow each event, on the item that it befell."""
    same = [name for name in db["cards"].columns_dict if name not in ("progress", *PLACE)]
    begin = f"from_position * {TIMES} + n + 50"
    end = f"iif(to_position = {OPEN}, {OPEN}, to_position * {TIMES})"
    _copy(
        db,
        f"progress, {', '.join((*PLACE, *same))}",
        f"n + 50, {begin}, iif(n < 49, {begin} + 1, {end}), {', '.join(same)}",
        "cards",
    )
