"""Drafts that were built are kept in memory: at its cut-off a report is always the same.

One thing changes it: words of a unit that were erased since. So a draft counts only for as many erasures as
there were when it was built. What is issued, or compared with the log, is always built.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from weakref import WeakKeyDictionary

from cchc_flow.eventlog.erasures import PREFIX
from cchc_flow.reporting.periodic.values import BuiltReport
from cchc_flow.workspace import Workspace

MOST_REPORTS = 16

_kept: WeakKeyDictionary[Workspace, OrderedDict[Hashable, BuiltReport]] = WeakKeyDictionary()
_lock = threading.Lock()


def find_or_build(ws: Workspace, key: Hashable, build: Callable[[], BuiltReport]) -> BuiltReport:
    """Return the report that was kept under a key, or build it; one in which an area failed is not kept."""
    full = key, _erasures(ws)
    with _lock:
        reports = _kept.setdefault(ws, OrderedDict())
        if full in reports:
            reports.move_to_end(full)
            return reports[full]
    report = build()
    if not report.has_faults:
        with _lock:
            reports[full] = report
            while len(reports) > MOST_REPORTS:
                reports.popitem(last=False)
    return report


def _erasures(ws: Workspace) -> int:
    """Return how many contents were erased so far."""
    return sum(1 for _ in ws.log.read_streams((PREFIX,)))
