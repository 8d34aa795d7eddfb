"""Questions that are ready to ask: of a log of 10,000 events and of a million.

Both are lives of tasks that answer the questions: late, extended, returned, approved at once, by one person.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.append import meta
from bench.comparison import skip_folding
from bench.counts import LIFE, NOTE
from bench.measure import Result, at_most, median_seconds, without_aim
from bench.measure import seconds as seconds_of
from bench.worlds import UNIT, commune
from cchc_flow.audit.questions.answering import count_hits, load_answer
from cchc_flow.audit.questions.catalogue import CORE, find_question
from cchc_flow.audit.questions.parsing import Asked, default_values
from cchc_flow.eventlog.port import Change, Draft, JsonObject
from cchc_flow.workspace import Workspace

SIZES = (10_000, 1_000_000)
AIM = 2.0
AT_ONCE = 100
OPENED: JsonObject = dict.fromkeys(
    ("from", "parent", "period", "heading", "product", "cadence", "suggested_lead", "unit")
) | {
    "to": "planned",
    "kind": "task",
    "workflow": 4,
    "plan": "2026",
    "ref": "III.1.1",
    "area": "1",
    "title": "Rà soát thủ tục",
    "text": "",
    "due": "2026-01-01",
    "fields": {},
}
ASSIGNED: JsonObject = LIFE[0].data | {"lead": UNIT, "due": "2026-01-01"}
EXTENSION = (
    Draft("item.extension_requested/1", {"due": "2026-02-01", "reason": NOTE}),
    Draft("item.extension_granted/1", {"due": "2026-02-01", "asked": "2026-02-01", "comment": None}),
)
CLOSED = Draft("item.closed/1", {"from": "approved", "to": "closed"})
WHOLE_LIFE = (
    Draft("item.opened/2", OPENED),
    Draft("item.assigned/1", ASSIGNED),
    *EXTENSION,
    *LIFE[1:],
    CLOSED,
)


def rows() -> Iterator[Result]:
    """Measure each question with its count, and how long the index of the history takes to be made."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (_make_log(Path(folder) / str(size), size) for size in SIZES)
        taken = seconds_of(lambda: large.read_history())
        small.read_history()
        yield without_aim(
            f"the index of the history, {large.log.size():,} events",
            f"{taken:.1f} s, once, when somebody looks",
        )
        for ready in CORE:
            key = ready.question.key
            _ask(small, key)(), _ask(large, key)()  # what lies beside the log is filled at the first asking
            long, short = median_seconds(_ask(large, key), _ask(small, key))
            detail = f"{long * 1e3:.1f} ms and {short * 1e3:.1f} ms"
            yield at_most(f"question {key}, 1,000,000 / 10,000 events", long / short, AIM, detail)
        small.close()
        large.close()


def _ask(ws: Workspace, name: str) -> Callable[[], object]:
    """Return what asks a question as it is offered: its first page and its count."""
    offered = find_question(ws, ws.read(), name)
    asked = Asked(default_values(offered.question))

    def ask() -> None:
        load_answer(ws, offered, asked, None)
        count_hits(ws, offered)

    return ask


def _make_log(folder: Path, size: int) -> Workspace:
    """Return a commune with a log of about so many events: whole lives of tasks, a hundred in a commit."""
    ws = commune(folder, 1, under_way=0)
    number = 0
    while ws.log.size() < size:
        changes = [Change(f"item-2026-N.{one}", 0, WHOLE_LIFE) for one in range(number, number + AT_ONCE)]
        ws.log.append(changes, meta(f"lives-{number}"))
        number += AT_ONCE
    skip_folding(ws)
    return ws
