"""A workspace, wired once: the log, the vault, the read models and the clock of one commune."""

import os
import re
import secrets
from pathlib import Path

from sqlite_utils import Database

from cchc_flow.clock import Clock
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog import opening
from cchc_flow.eventlog.ids import RANDOM_BYTES, uuid7
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.vault import Vault
from cchc_flow.projections.runner import Models

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
RESERVED = frozenset({"private", "static", "setup", "health"})


class Workspace:
    """One commune: `name` stands in URLs and names its folder, `title` is what people read."""

    def __init__(self, data: Path, name: str, log: EventLog, clock: Clock) -> None:
        self.name = name
        self.folder = data / name
        self.private = data / "private" / name
        self.log = log
        self.vault = Vault(self.folder / "vault")
        self.models = Models(self.folder, log)
        self.secret = _secret(self.private / "command.key")
        self.now = clock
        opened = log.event(1).data
        self.title: str = opened["name"]
        self.demo: bool = opened["demo"]

    def read(self) -> Database:
        """Return the read models, brought up to date with the log first."""
        return self.models.read()

    def sweep(self) -> int:
        """Remove contents that no event came to refer to within a day; return how many went."""
        return self.vault.sweep(self.log.holds, self.now())

    def close(self) -> None:
        """Close the connections: none may pass into a process that is forked later."""
        self.models.close()
        self.log.close()

    def new_id(self) -> str:
        """Return an identifier that no other thing has (UUID version 7)."""
        return uuid7(int(self.now().timestamp() * 1000), os.urandom(RANDOM_BYTES))


def create(data: Path, name: str, *, title: str, clock: Clock, demo: bool = False) -> Workspace:
    """Make the folders, the key and the log of a new workspace; raise BadInput for a bad or taken name."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise BadInput(
            f"Tên không gian làm việc «{name}» không dùng được.",
            "Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, nhiều nhất 40 ký tự.",
        )
    if name in names(data):
        raise BadInput(f"Không gian làm việc «{name}» đã có.", "Hãy chọn tên khác.")
    opening.create(
        data / name, data / "private" / name, workspace=name, name=title, demo=demo, time=clock(), now=clock
    )
    return open_workspace(data, name, clock)


def open_workspace(data: Path, name: str, clock: Clock) -> Workspace:
    """Open a workspace that is there; raise NotFound."""
    if not NAME.fullmatch(name) or not (data / name / "events.db").is_file():
        raise NotFound(f"Không có không gian làm việc «{name}».", "Hãy kiểm tra lại tên.")
    return Workspace(data, name, opening.open_log(data / name, data / "private" / name, now=clock), clock)


def names(data: Path) -> list[str]:
    """Return the names of the workspaces in a data folder."""
    return sorted(path.parent.name for path in data.glob("*/events.db"))


def _secret(path: Path) -> bytes:
    """Return the key of command digests; the first process that asks makes it, readable by its owner only."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as handle:
            handle.write(secrets.token_bytes(32))
        _link_if_absent(draft, path)
    return path.read_bytes()


def _link_if_absent(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
