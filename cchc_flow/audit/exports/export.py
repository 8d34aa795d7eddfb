"""An export: a view is written as a file, recorded in the log, and only then given out."""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import file_digest
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError as XlsxFileError

from cchc_flow.audit.exports.formats import Format
from cchc_flow.audit.exports.view import EventView, Record
from cchc_flow.commands import Order
from cchc_flow.commands.exports import Export, record_export, require_auditor
from cchc_flow.errors import Refusal, describe_os_error
from cchc_flow.eventlog.driver import sqlite3


class Tally:
    """What a file has: how many events, from which position to which, and how many of them withheld."""

    def __init__(self) -> None:
        self.count = self.withheld = 0
        self.first: int | None = None
        self.last: int | None = None

    def counting(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the events and count each."""
        for record in records:
            self.count += 1
            self.withheld += record.withheld
            self.first = min(self.first or record.position, record.position)
            self.last = max(self.last or record.position, record.position)
            yield record


def write_export(view: EventView, form: Format, path: Path, order: Order) -> Export:
    """Write a view as a new file and record that in the log; return what was recorded.

    The file is there as a whole or not at all, and never before the log says so. Raise NotAllowed for who may
    not read the whole log, and Refusal when there is such a file or it cannot be written; then nothing is
    recorded.
    """
    require_auditor(view.ws, order)
    with _words_of_disk(path):
        path.touch(mode=0o600, exist_ok=False)  # nobody else can take the name from here on
    draft = path.with_name(f"new-{view.ws.new_id()}.part")
    try:
        with _words_of_disk(path):
            export = _write(view, form, draft)
        record_export(view.ws, order, export)
        with _words_of_disk(path):
            draft.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        draft.unlink(missing_ok=True)
    return export


@contextmanager
def _words_of_disk(path: Path) -> Iterator[None]:
    """Raise Refusal in the place of an error of the disk; it names the file that was to be."""
    try:
        yield
    except (OSError, XlsxFileError, sqlite3.OperationalError) as error:
        why = describe_os_error(error) if isinstance(error, OSError) else str(error)
        now = "Hãy chọn tên khác." if isinstance(error, FileExistsError) else "Hãy chọn nơi khác."
        raise Refusal(f"Không ghi được tệp «{path}»: {why}.", now) from error


def _write(view: EventView, form: Format, draft: Path) -> Export:
    """Write a file that nobody sees yet; return what there is to record of it."""
    tally = Tally()
    records = view.records_by_stream() if form.by_stream else view.records()
    draft.touch(mode=0o600)
    with closing(records):  # it may keep a temporary file, also when the disk is full
        form.write(view, tally.counting(records), draft)
    with draft.open("rb+") as file:
        digest = file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return Export(
        format=form.name,
        view=view.filters,
        words=view.words,
        first=tally.first,
        last=tally.last,
        count=tally.count,
        withheld=tally.withheld,
        digest=digest,
    )
