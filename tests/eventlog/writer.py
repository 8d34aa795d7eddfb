"""A process that opens a log, appends to one stream, and prints each version that was acknowledged."""

import hashlib
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from cchc_flow.eventlog import opening
from cchc_flow.eventlog.port import Change, Draft, Meta


def main(root: Path, stream: str, count: int) -> None:
    """Append `count` events, each a commit; print each version reached, then the slowest append (s)."""
    log = opening.create_log(
        root / "ea-thu",
        root / "private" / "ea-thu",
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


main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
