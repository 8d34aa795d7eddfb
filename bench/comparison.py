"""Two moments with a thousand events between them: at the end of a log of 10,000 events and of a million.

Between the two moments a hundred tasks go through their life. All the events before are reports of progress
on other tasks, so what is compared is the same in both logs, and only their length differs.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.append import meta
from bench.counts import LIFE, NOTE
from bench.measure import Result, at_most, median_seconds
from bench.worlds import commune
from cchc_flow.audit.comparison.compare import SORTS, Comparison, compare
from cchc_flow.audit.comparison.scope import Scope
from cchc_flow.audit.comparison.wording import Wording
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.projections import model_files
from cchc_flow.workspace import Workspace

SIZES = (10_000, 1_000_000)
TASKS = 1_000
CHANGED = 100
AIM = 1.5
NAMES = [f"2026-III.{1 + number % 2}.{number}" for number in range(1, TASKS + 1)]
REPORT = Draft("item.progress_reported/1", {"percent": 80, "note": NOTE, "evidence": []})


def rows() -> Iterator[Result]:
    """Measure the whole comparison, with its lines in words, and that of one unit."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (_make_log(Path(folder) / str(size), size) for size in SIZES)
        assert _figures(_compare(small, Scope())) == _figures(_compare(large, Scope()))
        for name, scope in (("everything", Scope()), ("one unit", Scope(unit="nobody"))):
            long, short = median_seconds(_comparing(large, scope), _comparing(small, scope))
            detail = f"{long * 1e3:.1f} ms and {short * 1e3:.1f} ms"
            title = f"two moments, {name}: {large.log.size():,} / {small.log.size():,} events"
            yield at_most(title, long / short, AIM, detail)
        small.close()
        large.close()


def _comparing(ws: Workspace, scope: Scope) -> Callable[[], object]:
    def ask() -> None:
        found, wording = _compare(ws, scope), Wording(ws, None)
        for sort in SORTS:
            wording.item_lines(sort, found.items[sort])

    return ask


def _compare(ws: Workspace, scope: Scope) -> Comparison:
    size = ws.log.size()
    return compare(ws, scope, (size - CHANGED * len(LIFE), size), None)


def _figures(found: Comparison) -> dict[str, int]:
    return {sort: len(courses) for sort, courses in found.items.items()}


def _make_log(folder: Path, size: int) -> Workspace:
    """Return a commune with a log of so many events, at whose end a hundred tasks go through their life."""
    ws = commune(folder, TASKS, under_way=0)
    others, version = NAMES[CHANGED:], 1
    while ws.log.size() < size - CHANGED * len(LIFE):
        room = size - CHANGED * len(LIFE) - ws.log.size()
        ws.log.append(
            [Change(f"item-{name}", version, (REPORT,)) for name in others[:room]], meta(f"{version}")
        )
        version += 1
    for version, draft in enumerate(LIFE, 1):
        ws.log.append(
            [Change(f"item-{name}", version, (draft,)) for name in NAMES[:CHANGED]], meta(f"life-{version}")
        )
    skip_folding(ws)
    return ws


def skip_folding(ws: Workspace) -> None:
    """Let the read models' file say that it knows all events: nothing is asked of the rows that it lacks."""
    db = model_files.connect(ws.folder / "projections-1.db", {})
    db.execute("UPDATE progress SET position = ?, root = ?", [ws.log.size(), ws.log.root(ws.log.size())])
    db.close()
