"""The formats in which events can be taken out."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from cchc_flow.audit.exports.cloudevents import write_cloudevents
from cchc_flow.audit.exports.csv_file import write_csv
from cchc_flow.audit.exports.json_lines import write_json_lines
from cchc_flow.audit.exports.ocel_json import write_ocel_json
from cchc_flow.audit.exports.ocel_sqlite import write_ocel_sqlite
from cchc_flow.audit.exports.view import EventView, Record
from cchc_flow.audit.exports.xes import write_xes
from cchc_flow.audit.exports.xlsx_file import write_xlsx
from cchc_flow.documents.xlsx import MEDIA_TYPE as XLSX
from cchc_flow.errors import BadInput

Writer = Callable[[EventView, Iterable[Record], Path], None]


class Format(msgspec.Struct, frozen=True):
    """A format: its name, what it is for, the ending and media type of its files, and what writes them.

    With `by_stream` the events of a stream stand together, else all stand in the order of their positions.
    """

    name: str
    title: str
    ending: str
    media_type: str
    write: Writer
    by_stream: bool = False


_FORMATS = (
    Format("xlsx", "Bảng Excel (.xlsx)", "xlsx", XLSX, write_xlsx),
    Format("csv", "Bảng CSV (.csv)", "csv", "text/csv", write_csv),
    Format("jsonl", "Nguyên văn từng sự kiện (.jsonl)", "jsonl", "application/jsonl", write_json_lines),
    Format(
        "cloudevents", "CloudEvents (.json)", "cloudevents.json", "application/cloudevents-batch+json",
        write_cloudevents,
    ),
    Format("xes", "XES, IEEE 1849 (.xes)", "xes", "application/xml", write_xes, by_stream=True),
    Format("ocel-json", "OCEL 2.0 (.json)", "ocel.json", "application/json", write_ocel_json),
    Format(
        "ocel-sqlite", "OCEL 2.0 (.sqlite)", "ocel.sqlite", "application/vnd.sqlite3", write_ocel_sqlite
    ),
)  # fmt: skip
FORMATS = {form.name: form for form in _FORMATS}


def find_format(name: str) -> Format:
    """Return the format of a name; raise BadInput for another name."""
    if name not in FORMATS:
        raise BadInput(f"Không có định dạng «{name[:40]}».", f"Hãy chọn một trong: {', '.join(FORMATS)}.")
    return FORMATS[name]
