"""A process that opens a log in PostgreSQL, appends to one stream, and prints each version acknowledged."""

import hashlib
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from cchc_flow.eventlog.keys import folder_keys
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.eventlog.postgres import opening
from cchc_flow.eventlog.postgres.pool import close_pools, find_database


def main(url: str, private: Path, stream: str, count: int) -> None:
    """Append `count` events, each a commit; print each version reached, then the slowest append (s)."""
    log = opening.create_log(
        find_database(url),
        folder_keys(private),
        private,
        workspace="ea-thu",
        name="Xã Ea Thử",
        demo=False,
        time=datetime.now(UTC),
        now=lambda: datetime.now(UTC),
    )
    slowest = 0.0
    for version in range(count):
        command = f"{stream}-{version}"
        meta = Meta(
            actor="system",
            time=datetime.now(UTC),
            command_id=command,
            command_digest=hashlib.sha256(command.encode()).digest(),
        )
        start = time.perf_counter()
        log.append([Change(stream, version, (Draft("item.started/1", {"from": None, "to": "ghi"}),))], meta)
        slowest = max(slowest, time.perf_counter() - start)
        print(version + 1, flush=True)
    print(slowest)
    log.close()
    close_pools()


main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
