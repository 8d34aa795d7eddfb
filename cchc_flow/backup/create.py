"""Writing a backup of a workspace while its server goes on.

The accounts come before the log and the vault after it: whatever the accounts know is in the log or yet to be
recorded, and whatever the log names was in the vault before it.
"""

import re
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

import msgspec

from cchc_flow import __version__
from cchc_flow.backup.archive import ArchiveWriter, create_file, refuse_existing
from cchc_flow.backup.database_home import copy_to_folder
from cchc_flow.backup.manifest import (
    EDITION,
    MANIFEST,
    SIGNATURE,
    SUMS,
    Manifest,
    format_sums,
    sign_manifest,
)
from cchc_flow.backup.read_back import read_back
from cchc_flow.commands.reactions import REACTED
from cchc_flow.data_folder import TEMPLATES
from cchc_flow.documents.templates import own_names
from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.eventlog.batch import Head
from cchc_flow.eventlog.codec import decode_event
from cchc_flow.eventlog.data_format import FILE as FORMAT_FILE
from cchc_flow.eventlog.data_format import read_format
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.erasures import PREFIX, erasure_stream
from cchc_flow.eventlog.head import check_ends
from cchc_flow.eventlog.instants import format_instant
from cchc_flow.eventlog.keys import folder_keys
from cchc_flow.eventlog.log_end import FILE as LOG_END
from cchc_flow.eventlog.reads.home import FOLDER as READS
from cchc_flow.eventlog.still_file import hold_file_still
from cchc_flow.eventlog.verification.reads import ReadsChecker
from cchc_flow.eventlog.verification.snapshot import DATABASE
from cchc_flow.eventlog.verification.source import FolderSource
from cchc_flow.homes import Home, find_home

ACCOUNTS, KEYS = "accounts.db", "keys"
NOT_KEPT = {LOG_END, REACTED}
"""Files of the private folder that tell what this machine has seen, and are not copied.

Its databases are not copied as they are either: the accounts are by a way of their own, the others are made
again, and would bring back what was erased. Without a mark of how far reactions have come, all events are
gone through again, and none is made twice.
"""
NOT_COPIED = re.compile(r"^new-|\.(?:lock|part|db)$|-(?:wal|shm)$")
SELECT_DIGESTS = "SELECT DISTINCT digest FROM contents ORDER BY digest"
SELECT_ERASED = "SELECT stream FROM events WHERE stream >= ? AND stream < ?"
SELECT_STREAM = "SELECT 1 FROM events WHERE stream = ?"
ERASED = PREFIX, PREFIX[:-1] + chr(ord(PREFIX[-1]) + 1)
TRIES = 3
Progress = Callable[[str, int, int], None]
"""Called with what is being done, and how many of how many bytes are done."""


class _ErasedMeanwhile(Exception):
    """A content that the copy of the log names was erased before it was copied."""


def create_backup(
    data: Path, name: str, out: Path, *, time: datetime, with_key: bool, progress: Progress
) -> Manifest:
    """Write a backup of a workspace into a new file, read it again, and return what it says of itself.

    Raise BadInput when there is such a file, LogBroken when the log's ends do not hold, NotFound without one.
    """
    refuse_existing(out)
    for _ in range(TRIES):
        try:
            with create_file(out) as file, _spare_folder(out) as spare, read_back(file):
                place = copy_to_folder(data, name, Path(spare), time)
                backup = _Backup(place, name, time, progress, find_home(data))
                return backup.write(file, Path(spare), with_key)
        except _ErasedMeanwhile:
            continue
        except OSError as error:
            raise error if error.filename else OSError(error.errno, error.strerror, str(out)) from error
    raise LogBroken("Trong lúc sao lưu, nội dung trong kho liên tục bị xóa.", "Hãy sao lưu lại sau.")


def _spare_folder(out: Path) -> tempfile.TemporaryDirectory[str]:
    """Return a folder for copies that could not be read in place; there is room where the backup goes."""
    return tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name[:40]}-")


class _Contents(msgspec.Struct):
    """How many contents were copied, and the digests of those that are missing or damaged.

    The file of a month's reads that is, is named with them: `reads-2026-03`.
    """

    count: int = 0
    missing: list[str] = []
    damaged: list[str] = []


class _Backup:
    """One backup in the making."""

    def __init__(self, data: Path, name: str, time: datetime, progress: Progress, home: Home) -> None:
        self._name, self._time, self._progress = name, time, progress
        self._folder, self._private = data / name, data / "private" / name
        self._vault, self._source = home.vault(name), home.source(name)

    def write(self, file: IO[bytes], spare: Path, with_key: bool) -> Manifest:
        """Write everything into the file and onto the disk; return the manifest."""
        size = (self._folder / DATABASE).stat().st_size if (self._folder / DATABASE).is_file() else 0
        writer = ArchiveWriter(
            file, int(self._time.timestamp()), lambda done: self._progress("Sao lưu", done, size)
        )
        for folder in (self._name, "private", f"private/{self._name}"):
            writer.add_folder(folder)
        self._write_private(writer, spare, with_key)
        if (self._folder / FORMAT_FILE).exists():
            writer.add(f"{self._name}/{FORMAT_FILE}", (self._folder / FORMAT_FILE).read_bytes())
        for name in own_names(self._folder / TEMPLATES):
            writer.add(f"{self._name}/{TEMPLATES}/{name}", (self._folder / TEMPLATES / name).read_bytes())
        with hold_file_still(self._folder / DATABASE, spare) as (connection, database):
            head = self._check_head(connection)
            writer.add_database(f"{self._name}/{DATABASE}", database)
            contents = self._write_contents(writer, connection)
            self._write_reads(writer, connection, spare, contents)
            manifest = self._describe(connection, head, contents, with_key)
        manifest = self._write_manifest(writer, manifest)
        writer.finish()
        return manifest

    def _check_head(self, connection: sqlite3.Connection) -> Head:
        """Return the head of the log in the copy; raise LogBroken when its ends do not hold."""
        if head := check_ends(connection):
            return head
        raise LogBroken(f"Nhật ký của «{self._name}» còn trống, chưa có gì để sao lưu.")

    def _write_private(self, writer: ArchiveWriter, spare: Path, with_key: bool) -> None:
        """Write the accounts and the small files of the private folder; the keys only if asked for."""
        if (self._private / ACCOUNTS).is_file():
            with hold_file_still(self._private / ACCOUNTS, spare) as (_, database):
                writer.add_database(f"private/{self._name}/{ACCOUNTS}", database)
        for path in self._private_files(with_key):
            writer.add(f"private/{self._name}/{path.relative_to(self._private)}", path.read_bytes())

    def _private_files(self, with_key: bool) -> Iterator[Path]:
        """Yield the files of the private folder that are copied byte by byte."""
        if not self._private.is_dir():
            return
        for path in sorted(self._private.iterdir()):
            if path.is_file() and path.name not in NOT_KEPT and not NOT_COPIED.search(path.name):
                yield path
        if with_key:
            yield from sorted((self._private / KEYS).glob("*.pem"))

    def _write_contents(self, writer: ArchiveWriter, connection: sqlite3.Connection) -> _Contents:
        """Write the contents that the log in the copy names, and return which are not as they should be."""
        erased = {stream.removeprefix(PREFIX) for (stream,) in connection.execute(SELECT_ERASED, ERASED)}
        contents = _Contents()
        for (digest,) in connection.execute(SELECT_DIGESTS):
            if digest in erased:
                continue  # also when an older copy of the vault brought it back
            salted = self._vault.find_salted(digest)
            if salted is None:
                self._require_not_erased(digest)
                contents.missing.append(digest)
                continue
            if sha256(salted).hexdigest() != digest:
                contents.damaged.append(digest)
            writer.add(f"{self._name}/vault/{digest[:2]}/{digest}", salted)
            contents.count += 1
        return contents

    def _write_reads(
        self, writer: ArchiveWriter, connection: sqlite3.Connection, spare: Path, found: _Contents
    ) -> None:
        """Write the files of reads, after the log that has their roots; add those that are not right."""
        checker = ReadsChecker(connection, FolderSource(self._folder))
        for month in checker.wanted():
            name = f"{READS}/{month}.db"
            try:
                with hold_file_still(self._folder / name, spare) as (file, database):
                    if checker.fault_of_file(file, month):
                        found.damaged.append(f"{READS}-{month}")
                    writer.add_database(f"{self._name}/{name}", database)
            except (NotFound, sqlite3.OperationalError):
                if checker.is_deleted_now(month):
                    raise _ErasedMeanwhile from None
                found.missing.append(f"{READS}-{month}")

    def _require_not_erased(self, digest: str) -> None:
        """Raise _ErasedMeanwhile when the log as it is now erases a content, so that the copy is too old."""
        with self._source.open_snapshot() as snapshot:
            if snapshot.connection.execute(SELECT_STREAM, (erasure_stream(digest),)).fetchone():
                raise _ErasedMeanwhile

    def _describe(
        self, connection: sqlite3.Connection, head: Head, contents: _Contents, with_key: bool
    ) -> Manifest:
        """Return what the backup says of itself, but for the digest of its digests."""
        (body,) = connection.execute("SELECT body FROM events WHERE position = 1").fetchone()
        return Manifest(
            backup=EDITION,
            format=read_format(self._folder),
            program=__version__,
            made=format_instant(self._time),
            workspace=self._name,
            title=str(decode_event(1, body).data["name"]),
            origin=head.origin,
            log_size=head.size,
            log_root=b64encode(head.root).decode(),
            log_time=head.recordedtime,
            key=head.key,
            with_key=with_key,
            contents=contents.count,
            missing=tuple(contents.missing),
            damaged=tuple(contents.damaged),
            sums="",
        )

    def _write_manifest(self, writer: ArchiveWriter, described: Manifest) -> Manifest:
        """Write the digests, the manifest and, if the key is at hand, its signature; return the manifest."""
        sums = format_sums(writer.digests)
        manifest = msgspec.structs.replace(described, sums=sha256(sums).hexdigest())
        content = manifest.to_bytes()
        writer.add(SUMS, sums)
        writer.add(MANIFEST, content)
        if signer := folder_keys(self._private).find_signer(manifest.key):
            writer.add(SIGNATURE, sign_manifest(content, manifest.origin, signer))
        return manifest
