"""A workspace: the log, the vault, the read models and the clock of one commune, put together."""

import os
import re
import secrets
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cchc_flow.clock import Clock
from cchc_flow.data_folder import TEMPLATES
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.erasures import erase_again
from cchc_flow.eventlog.ids import RANDOM_BYTES, uuid7
from cchc_flow.eventlog.port import EventLog, JsonObject
from cchc_flow.eventlog.reads.store import ReadLog
from cchc_flow.homes import find_home
from cchc_flow.plugin_host.facts import FactSource, PluginFacts
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import HISTORY, ModelSet
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.runner import Models, Progress, position
from cchc_flow.projections.search import search_key
from cchc_flow.workflow.calendar import end_of_day, local_day
from cchc_flow.workflow.item import Item

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
RESERVED = frozenset({"private", "static", "setup", "health", "healthz", "readyz", "metrics"})


class Label(msgspec.Struct, frozen=True):
    """How a workspace is called: `name` in URLs, `title` on pages; `demo` for one to try things in."""

    name: str
    title: str
    demo: bool


class Workspace:
    """One commune: `name` is used in URLs and for its folder, `title` is shown to people.

    In a server that `serves_pages` no page waits while its read models are built anew beside the old ones.
    """

    def __init__(
        self,
        data: Path,
        name: str,
        log: EventLog,
        clock: Clock,
        plugins: Plugins = NO_PLUGINS,
        *,
        serves_pages: bool = False,
    ) -> None:
        self.name = name
        self.folder = data / name
        self.private = data / "private" / name
        self.log = log
        self.templates = self.folder / TEMPLATES
        """Where the commune's own templates of documents lie, if it has any."""
        home = find_home(data)
        self.vault, self.source = home.vault(name), home.source(name)
        self._secrets = home.secrets(name)
        self.models = Models(self.folder, log, builds_beside=serves_pages)
        self.history = Models(self.folder, log, HISTORY, builds_beside=serves_pages)
        self.reads = ReadLog(home.reads(name), self.private, log, clock)
        self._others: dict[str, Models] = {}
        self.now = clock
        self.plugins = plugins
        self.plugins_noted_at: int | None = None
        """The position of the event about plugins up to which these were compared with the log."""
        opened = _opening(log, name)
        self.title: str = opened["name"]
        self.demo: bool = opened["demo"]

    @cached_property
    def secret(self) -> bytes:
        """Return the key of command digests; it is created at first use, and reading needs none."""
        return self._secrets.read_or_create("command.key", lambda: secrets.token_bytes(32))

    def read(self) -> Database:
        """Return the read models, brought up to date with the log first; within a snapshot as it is."""
        return self.models.read()

    def read_history(self) -> Database:
        """Return the index of the history, brought up to date with the log, whatever a snapshot shows."""
        return self.history.read()

    def other_models(self, models: ModelSet) -> Models:
        """Return the read models of a set that a room further out brings; the workspace closes them."""
        if models.name not in self._others:
            self._others.setdefault(models.name, Models(self.folder, self.log, models))
        return self._others[models.name]

    def rebuild(self, progress: Progress | None = None) -> list[Path]:
        """Make all read models anew from the log; return their files."""
        return [self.models.rebuild(progress), self.history.rebuild(progress)]

    def differences(self, progress: Progress | None = None) -> list[str]:
        """Return in words the rows and tables of read models that are not what the log makes of them now."""
        return [*self.models.differences(progress), *self.history.differences(progress)]

    def snapshot(self) -> AbstractContextManager[Database]:
        """Let this thread read at one position until the end, whatever others write."""
        return self.models.snapshot()

    def renew(self) -> None:
        """Let a snapshot of this thread go on at the newest position."""
        self.models.renew()

    def facts(self, plugin: str) -> PluginFacts:
        """Return what a plugin may know now; the name is empty for what the core asks itself."""
        return FactSource(self.plugins, self.read, self.now).facts_of(plugin)

    def fact_source(
        self,
        *,
        pending: Sequence[Item] = (),
        actor: str = "",
        reader: Reader | None = None,
        cutoff: Cutoff | None = None,
    ) -> FactSource:
        """Return where the plugins that are asked now get their facts from, in whatever thread.

        With a cut-off they are told what was known then.
        """
        db = self.read_as_of(cutoff) if cutoff else self.read()
        return FactSource(
            self.plugins,
            lambda: db,
            self.now,
            pending=pending,
            actor=actor,
            reader=reader,
            cutoff=cutoff,
            abandon=self.models.forget,
        )

    def cutoff(self, day: date | None = None) -> Cutoff:
        """Return the cut-off at the end of a local day, or now when none is given or the day is not over.

        Its position is never after that of the snapshot in which this thread reads.
        """
        newest = position(self.read())
        if day is None:
            return Cutoff(newest, local_day(self.now()))
        return Cutoff(min(newest, self.log.position_before(end_of_day(day))), day)

    def read_as_of(self, cutoff: Cutoff) -> Database:
        """Return the read models as they were at a cut-off, whatever was recorded after it.

        All that is asked of them is answered as of then, but for what somebody has read or was told
        (`access`, `notices`). Raise BadInput for a cut-off that the log has not reached.
        """
        return self.models.read_as_of(cutoff.position)

    def sweep(self, kept: Collection[str] = ()) -> int:
        """Delete vault contents that no event has referred to within a day, and erased ones that came back.

        Contents whose digests are `kept` stay. Return how many were deleted. By a clock in doubt no content
        is a day old.
        """
        again = erase_again(self.log, self.vault)
        if self.log.find_clock_doubt():
            return again
        return again + self.vault.sweep_orphans(
            lambda digest: digest in kept or self.log.refers_to(digest), self.now()
        )

    def close(self) -> None:
        """Close all connections; SQLite's must not be carried into a forked process."""
        self.models.close()
        self.history.close()
        for others in self._others.values():
            others.close()
        self.reads.close()
        self.log.close()

    def new_id(self) -> str:
        """Return a new unique id (UUID version 7)."""
        return uuid7(int(self.now().timestamp() * 1000), os.urandom(RANDOM_BYTES))


def name_from_title(title: str) -> str:
    """Return a workspace name made from a commune's name: krong-binh for "xã Krông Bình"."""
    plain = re.sub(r"[^a-z0-9]+", "-", re.sub(r"^(xa|phuong|dac khu)\b", "", search_key(title).strip()))
    name = plain.strip("-")[:40].strip("-")
    return name if name and name not in RESERVED else "default"


def create(
    data: Path, name: str, *, title: str, clock: Clock, demo: bool = False, plugins: Plugins = NO_PLUGINS
) -> Workspace:
    """Create a workspace: its folders, key and log; raise BadInput for an invalid or taken name."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise BadInput(
            f"Tên không gian làm việc «{name}» không dùng được.",
            "Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, nhiều nhất 40 ký tự.",
        )
    if is_begun(data, name, clock):
        raise _name_taken_error(name)
    find_home(data).create_log(name, title=title, demo=demo, time=clock(), now=clock)
    ws = open_workspace(data, name, clock, plugins)
    if (ws.title, ws.demo) != (title, demo):  # somebody else made it in the meantime
        ws.close()
        raise _name_taken_error(name)
    return ws


def _name_taken_error(name: str) -> BadInput:
    return BadInput(f"Không gian làm việc «{name}» đã có.", "Hãy chọn tên khác.")


def is_begun(data: Path, name: str, clock: Clock) -> bool:
    """Tell whether a workspace exists; one whose creation was interrupted does not, and is created again."""
    if name not in names(data):
        return False
    log = find_home(data).open_log(name, clock)
    try:
        return _size(log) > 0
    finally:
        log.close()


def open_workspace(
    data: Path,
    name: str,
    clock: Clock,
    plugins: Plugins = NO_PLUGINS,
    *,
    for_repair: bool = False,
    serves_pages: bool = False,
) -> Workspace:
    """Open an existing workspace; raise NotFound if there is none.

    Raise LogBroken when its log was changed, or (unless it is opened `for_repair`) lacks what it once had.
    What other users of this machine can read is closed to them.
    """
    if not NAME.fullmatch(name):
        raise NotFound(f"Không có không gian làm việc «{name}».", "Hãy kiểm tra lại tên.")
    log = find_home(data).open_log(name, clock, for_repair=for_repair)
    return Workspace(data, name, log, clock, plugins, serves_pages=serves_pages)


def read_label(data: Path, name: str, clock: Clock) -> Label:
    """Return how a workspace is called, without opening more than its log; raise as `open_workspace` does."""
    log = find_home(data).open_log(name, clock)
    try:
        opened = _opening(log, name)
        return Label(name, opened["name"], opened["demo"])
    finally:
        log.close()


def _size(log: EventLog) -> int:
    """Return the newest position of a log; 0 if another process is still creating its tables."""
    try:
        return log.size()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return 0
        raise


def _opening(log: EventLog, name: str) -> JsonObject:
    if _size(log) == 0:
        raise NotFound(
            f"Không gian làm việc «{name}» chưa được tạo xong.", f"Hãy tạo lại bằng «cchc-flow init {name}»."
        )
    return log.event(1).data


def names(data: Path) -> list[str]:
    """Return the names of the workspaces that this program serves, in alphabetical order."""
    return find_home(data).names()
