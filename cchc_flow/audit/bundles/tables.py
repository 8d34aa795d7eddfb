"""The events of a bundle as tables for people: what they say in Vietnamese, beside the bytes themselves."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from cchc_flow.audit.bundles.archive import BundleWriter
from cchc_flow.audit.bundles.manifest import EXPORTS, Range
from cchc_flow.audit.event_search import parse_search
from cchc_flow.audit.exports.csv_file import write_csv
from cchc_flow.audit.exports.view import EventView
from cchc_flow.audit.exports.xlsx_file import write_xlsx
from cchc_flow.projections.reading import Reader
from cchc_flow.workspace import Workspace

BLOCK_SIZE = 1 << 20
FORMS = (("csv", write_csv), ("xlsx", write_xlsx))


def add_tables(ws: Workspace, writer: BundleWriter, ranges: Iterable[Range], reader: Reader | None) -> None:
    """Write the table of the events in some ranges as .csv and .xlsx into a bundle."""
    view = EventView(ws, parse_search(ws, (), reader), reader)
    with TemporaryDirectory(dir=ws.private, prefix="bundle-") as folder:
        for ending, write in FORMS:
            path = Path(folder) / f"events.{ending}"
            write(view, view.records_at(_positions_in(ranges)), path)
            writer.add(f"{EXPORTS}{path.name}", _blocks(path))


def _positions_in(ranges: Iterable[Range]) -> Iterator[int]:
    for first, last in ranges:
        yield from range(first, last + 1)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK_SIZE):
            yield block
