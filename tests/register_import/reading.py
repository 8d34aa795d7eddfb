"""Reads a table into raw data, with what was told, beside any workspace."""

from typing import Any, NamedTuple

from cchc_flow.commands import Row
from cchc_flow.register_import import parse_rows
from cchc_flow.workflow.definition import Field

FIELDS = (
    Field("title", "line", "Tên", required=True),
    Field("code", "line", "Mã"),
    Field("day", "day", "Ngày tiếp nhận"),
    Field("count", "count", "Số hồ sơ"),
    Field("amount", "amount", "Kinh phí"),
    Field("share", "percent", "Tỷ lệ"),
    Field("period", "period", "Kỳ"),
    Field("is_public", "choice", "Công khai", choices=(("yes", "Có"), ("no", "Không"))),
)


class Reading(NamedTuple):
    """The rows of a table and what was told of it."""

    rows: list[Row]
    notes: list[str]

    @property
    def faults(self) -> list[str]:
        """What is refused, a sentence for each line."""
        return [f"Dòng {row.line}: {row.fault}" for row in self.rows if row.fault]

    def values(self, name: str) -> list[Any]:
        """Return a column as it will be cleaned; it must have been read without faults."""
        assert self.faults == []
        return [row.data[name] for row in self.rows]


def read(content: bytes, name: str = "bang.xlsx") -> Reading:
    """Read a table for a register with the columns FIELDS."""
    notes: list[str] = []
    return Reading(parse_rows(name, content, FIELDS, (), tell=notes.append), notes)
