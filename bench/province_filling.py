"""A province with long logs in PostgreSQL, made in minutes.

Real: the province and its communes are founded and the plans adopted by commands; what follows are reports of
progress, each of which has the body, leaf, place in the tree, voucher and seal that an append makes (the same
`Batch`, signed with the commune's own key), in commits of ten. Not real: they are written by the database's
owner with COPY, and nobody decided on them; a commune's year passes in the moment in which it is written.
"""

import itertools
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import msgspec
import psycopg

from bench.counts import LIFE
from bench.worlds import adoption, order
from cchc_flow import clock, commands
from cchc_flow.eventlog.batch import Batch, Head
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.eventlog.voucher import make_voucher
from cchc_flow.homes import find_home
from cchc_flow.province.commune_list import Entry
from cchc_flow.province.founding import found_province

NAME, TITLE_OF_PROVINCE = "tinh-do", "tỉnh Đo"
INSPECTOR = "thu"
TASKS = 100
AT_ONCE = 10
"""So many events are in one commit."""
AGO = timedelta(days=300)
"""How long ago the province was founded: its events are spread over that time."""
REPORT = Draft("item.progress_reported/1", {"percent": 40, "note": None, "evidence": []})
STREAMS = [f"item-2026-III.{1 + number % 2}.{number}" for number in range(1, TASKS + 1)]
COLUMNS = {
    "events": ("text int8 text int8 text text text bytea bytea",
               "workspace, position, stream, version, type, recordedtime, actor, leaf, body"),
    "nodes": ("text int4 int8 bytea", "workspace, level, idx, hash"),
    "commits": ("text text int8 int8 bytea bytea",
                "workspace, command_id, first, last, command_digest, voucher"),
    "seals": ("text int8 text", "workspace, position, seal"),
}  # fmt: skip
Rows = dict[str, list[tuple[object, ...]]]


class Database(msgspec.Struct, frozen=True):
    """Where a province is: the data folder of its node, and its database for a node and for the owner."""

    data: Path
    url: str
    owner_url: str


def make_province(database: Database, communes: int, events: int) -> list[str]:
    """Found a province with so many communes, give each a log of about so many events; return their names.

    The read models of the communes are built as well.
    """
    began = clock.now() - AGO
    os.environ["CCHC_FLOW_LOG"] = database.url
    entries = [Entry(number, f"{24000 + number}", f"Đo {number}", "xã") for number in range(1, communes + 1)]
    found_province(database.data, NAME, title=TITLE_OF_PROVINCE, entries=entries, clock=lambda: began)
    with closing(commands.open_workspace(database.data, NAME, clock.now)) as ws:
        commands.add_person(ws, INSPECTOR, "Thu", None, None, order(ws, "system:bench"))
        commands.grant_role(ws, INSPECTOR, "inspector", order(ws, "system:bench"))
    names = [name for name in find_home(database.data).names() if name != NAME]
    if events:
        make = partial(_make_commune, database, events, began)
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            list(pool.map(make, names))
        with psycopg.connect(database.owner_url, autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")
    return names


def _make_commune(database: Database, events: int, began: datetime, name: str) -> None:
    """Let a commune adopt its plan, write its events, and build its read models."""
    os.environ["CCHC_FLOW_LOG"] = database.url
    adopted = began + timedelta(days=1)
    with closing(commands.open_workspace(database.data, name, lambda: adopted)) as ws:
        commands.adopt_plan(ws, adoption(TASKS), order(ws, "system:bench"))
        head = ws.log.head()  # type: ignore[attr-defined]
    signer = KeyStore(find_home(database.data).secrets(name)).signer(head.key)
    with psycopg.connect(database.owner_url) as owner:
        for rows, after in _portions(head, signer, events, adopted):
            for table, (types, columns) in COLUMNS.items():
                with owner.cursor().copy(f"COPY cchc_log.{table} ({columns}) FROM STDIN BINARY") as copy:
                    copy.set_types(types.split())
                    for row in rows[table]:
                        copy.write_row(row)
            values = after.size, after.made, after.recordedtime, list(after.subtrees), after.root, name
            owner.execute(
                "UPDATE cchc_log.heads SET size = %s, made = %s, recordedtime = %s, subtrees = %s, root = %s"
                " WHERE workspace = %s",
                values,
            )
            owner.commit()
    with closing(commands.open_workspace(database.data, name, clock.now)) as ws:
        ws.read()


def _portions(
    head: Head, signer: object, events: int, adopted: datetime, most: int = 20_000
) -> Iterator[tuple[Rows, Head]]:
    """Yield the rows of the later events in portions, each with the head of the log after it."""
    commits = max(1, (events - head.size) // AT_ONCE)
    step = (clock.now() - timedelta(minutes=1) - adopted) / commits
    streams = itertools.cycle(STREAMS)
    versions = dict.fromkeys(STREAMS, 1)
    rows: Rows = {table: [] for table in COLUMNS}
    for number in range(commits):
        time = adopted + step * (number + 1)
        batch = _batch(head, [next(streams) for _ in range(AT_ONCE)], versions, time)
        _add_rows(rows, batch, signer)
        head = batch.head_after()
        if len(rows["events"]) >= most or number == commits - 1:
            yield rows, head
            rows = {table: [] for table in COLUMNS}


def _batch(head: Head, streams: list[str], versions: dict[str, int], time: datetime) -> Batch:
    command = f"bench-{head.size}"
    meta = Meta(
        actor="lan", time=time, command_id=command, command_digest=b"bench", role="officer", channel="web"
    )
    batch = Batch(head, meta, time)
    for stream in streams:
        version = versions[stream]
        draft = LIFE[version - 1] if version <= 2 else REPORT
        batch.add(Change(stream, version, (draft,)), version)
        versions[stream] = version + 1
    return batch


def _add_rows(rows: Rows, batch: Batch, signer: object) -> None:
    name = batch.head.workspace
    rows["events"] += [(name, *row) for row in batch.events]
    rows["nodes"] += [(name, *node) for node in batch.nodes]
    command, first, last, digest = batch.commit_row()
    voucher = make_voucher(signer, command, [row[6] for row in batch.events])  # type: ignore[arg-type]
    rows["commits"].append((name, command, first, last, digest, voucher))
    rows["seals"].append((name, last, batch.checkpoint().sign([signer])))  # type: ignore[list-item]
