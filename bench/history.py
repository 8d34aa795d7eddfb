"""The history with its filters and its search: in a log of a million events against one of ten thousand.

Both logs go on with reports of progress on the same tasks, by fifty people of ten units in turn. The indexes
of the long one have the rows that folding it would leave; how fast they are really filled is measured with
the short one. What is measured is the whole page as an inspector gets it, with all its counts.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from flask.testing import FlaskClient

from bench.browsing import session_cookie
from bench.counts import LIFE, NOTE
from bench.measure import Result, at_most, median_seconds, seconds, without_aim
from bench.worlds import commune, order
from cchc_flow import clock, commands
from cchc_flow.audit import event_words
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.projections import model_files, trail_terms
from cchc_flow.projections.search import search_key
from cchc_flow.web import create_app
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workspace import Workspace

SIZES = (10_000, 1_000_000)
TASKS = 100
AT_ONCE = 5
"""So many reports on each task are in one commit."""
AIM = 2.0
REPORT = Draft("item.progress_reported/1", {"percent": 80, "note": NOTE, "evidence": []})
NAMES = [f"2026-III.{1 + number % 2}.{number}" for number in range(1, TASKS + 1)]
RARE = "P49"
"""Somebody who acted in the beginning only."""
RARE_WORDS = 50
"""So many events of either log have the rare word."""
SENTENCE = search_key("Người thứ {} (Phòng Kinh tế) đã báo cáo tiến độ 80%, có ghi chú. Rà soát thủ tục")
PAGES = {
    "first page": "",
    "an older page": "before=6000",
    "one person": "person=P15",
    "person, unit, type": "person=P15&unit=u5&type=item.progress_reported",
    "a rare and a frequent filter": f"person={RARE}&channel=web&area=1",
    "filters that exclude each other": f"person={RARE}&unit=u1",
    "an item": "item=2026-III.1.2",
    "a day of orders": "clock=happened&day={}",
    "a frequent word": "q=tien+do",
    "a rare word": "q=hiem+hoi",
    "a frequent word and a rare filter": f"q=tien+do&person={RARE}",
    "a frequent word, filters that exclude each other": f"q=tien+do&person={RARE}&unit=u1",
}


def rows() -> Iterator[Result]:
    """Measure how fast the indexes are filled, and each page in the long log against the short one."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (_make_log(Path(folder) / str(size), size) for size in SIZES)
        size = small.log.size()
        clients = [_client(ws) for ws in (large, small)]
        day = local_day(clock.now()).isoformat()
        for name, query in PAGES.items():
            long, short = median_seconds(*(_opening(client, query.format(day)) for client in clients))
            detail = f"{long * 1e3:.0f} ms and {short * 1e3:.0f} ms"
            yield at_most(f"history, {name}: {large.log.size():,} / {size:,}", long / short, AIM, detail)
        filled = seconds(small.history.rebuild)
        yield without_aim("filling the history's index", f"{size / filled:,.0f} events a second")
        event_words.rebuild_index(small)
        filled = seconds(lambda: event_words.fill_index(small))
        yield without_aim("filling the index of words", f"{size / filled:,.0f} events a second")
        small.close()
        large.close()


def _client(ws: Workspace) -> FlaskClient:
    client = create_app(ws.folder.parent, clock.now).test_client()
    name, token = session_cookie(ws, "thu")
    client.set_cookie(name, token, domain="localhost")
    return client


def _opening(client: FlaskClient, query: str) -> Callable[[], object]:
    def open_page() -> None:
        answer = client.get(f"/xa-do/events?{query}")
        assert answer.status_code == 200, query
        assert "Chưa lọc được" not in answer.text, query

    return open_page


def _make_log(folder: Path, size: int) -> Workspace:
    """Return a commune with a log of so many events, and all its indexes."""
    ws = commune(folder, TASKS, under_way=0)
    commands.add_person(ws, "thu", "Thu", None, None, order(ws, "system:bench"))
    commands.grant_role(ws, "thu", "inspector", order(ws, "system:bench"))
    for version, draft in enumerate(LIFE, 1):
        _append(ws, version, draft, 49 if version < 3 else version)
    base, version = ws.log.size(), len(LIFE) + 1
    ws.read(), ws.read_history(), event_words.fill_index(ws)
    while ws.log.size() + TASKS * AT_ONCE <= size:
        _append(ws, version, REPORT, version % 49, AT_ONCE)
        version += AT_ONCE
    _write_rows(ws, base)
    return ws


def _append(ws: Workspace, version: int, draft: Draft, who: int, times: int = 1) -> None:
    """Append an event to each task some times, as somebody of some unit orders it."""
    command = f"{version}"
    meta = Meta(
        actor=f"P{who:02}",
        time=datetime.now(UTC),
        command_id=command,
        command_digest=hashlib.sha256(command.encode()).digest(),
        unit=f"u{who % 10}",
        role="officer",
        channel="web",
        correlation_id=command,
    )
    ws.log.append([Change(f"item-{name}", version, (draft,) * times) for name in NAMES], meta)


def _write_rows(ws: Workspace, base: int) -> None:
    """Put the rows of the later events into the indexes, and let the read models stand at the end."""
    size, now = ws.log.size(), clock.now()
    day, instant = local_day(now).isoformat(), now.isoformat(timespec="microseconds")
    progress = "UPDATE progress SET position = ?, root = ?", [size, ws.log.root(size)]
    history = model_files.connect(ws.folder / "history-1.db", {}, decides=False)
    history.execute("BEGIN")
    for number, first in enumerate(range(base + 1, size + 1, TASKS * AT_ONCE)):
        _write_commit(history, first, _who(number), (day, instant))
    trail_terms.finish(history)
    history.execute(*progress)
    history.execute("COMMIT")
    index = model_files.connect(ws.folder / "words-1.db", {}, decides=False)
    index.execute("BEGIN")
    later, once, every = range(base + 1, size + 1), TASKS * AT_ONCE, size // RARE_WORDS
    words = (_words(place, _who((place - base - 1) // once), every) for place in later)
    index.conn.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", words)
    index.execute(*progress)
    index.execute("COMMIT")
    pages = model_files.connect(ws.folder / "projections-1.db", {})
    pages.execute(*progress)


def _write_commit(history: model_files.ReadModels, first: int, who: int, when: tuple[str, str]) -> None:
    """Write what the fold writes of one commit; the tasks have the areas 1 and 2 in turn."""
    day, instant = when
    person, unit, channel = f"P{who:02}", f"u{who % 10}", "web"
    sql = "INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?, ?, 'officer', ?, ?, ?, 'task', ?, ?, ?, NULL)"
    names = [name for name in NAMES for _ in range(AT_ONCE)]
    common = (instant, day, instant, day, person, unit, channel, REPORT.type)
    rows = [
        (first + number, *common, f"item-{name}", name[9], f"{first}", f"{first}")
        for number, name in enumerate(names)
    ]
    history.conn.executemany(sql, rows)
    terms = {"person": person, "unit": unit, "role": "officer", "channel": channel, "kind": "task"}
    terms |= {"type": REPORT.type.partition("/")[0], "version": REPORT.type, "happened": day}
    for number, name in enumerate(names):
        for facet, value in (*terms.items(), ("area", name[9])):
            trail_terms.add_term(history, facet, value, first + number)


def _who(number: int) -> int:
    """Return who orders a commit, by how many come before it."""
    return (len(LIFE) + 1 + number * AT_ONCE) % 49


def _words(place: int, who: int, every: int) -> tuple[int, str]:
    return place, f"{SENTENCE.format(who)} {'hiem hoi' if place % every == 7 else ''}"
