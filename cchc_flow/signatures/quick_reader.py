"""pyHanko's reader of PDFs, without its slowness where many objects are packed together."""

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader


class QuickReader(PdfFileReader):
    """Reads the table of an object stream once.

    pyHanko 0.38 reads it from its beginning for each object, and WeasyPrint packs all objects of a document
    into one stream: a report of eight pages took ten seconds. What is unusual is left to pyHanko.
    """

    def __init__(self, content: bytes) -> None:
        self._tables: dict[int, tuple[bytes, list[tuple[int, int]]]] = {}
        super().__init__(BytesIO(content))

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        data, table = self._tables.get(stmnum) or self._read_table(stmnum)
        if 0 <= idx < len(table) and table[idx][0] == idnum:
            source = BytesIO(data)
            source.seek(table[idx][1])
            try:
                packed = generic.read_object(source, generic.Reference(idnum, 0, self))
            except (misc.PdfStreamError, misc.PdfReadError):
                packed = None
            if packed is not None and not isinstance(packed, generic.StreamObject | generic.IndirectObject):
                return packed
        return super()._get_object_from_stream(idnum, stmnum, idx)  # type: ignore[no-untyped-call]

    def _read_table(self, number: int) -> tuple[bytes, list[tuple[int, int]]]:
        """Return the data of an object stream, and the number and place of each object; none if odd."""
        stream = generic.Reference(number, 0, self).get_object()
        data, table = b"", []
        if isinstance(stream, generic.StreamObject) and stream.get("/Type") == "/ObjStm":
            data = stream.read_data(DecodePurpose.OBJECT_STREAM)
            first = int(stream["/First"])
            words = data[:first].split()
            if all(word.isdigit() for word in words):
                numbers = [int(word) for word in words]
                table = [(one, first + at) for one, at in zip(numbers[::2], numbers[1::2], strict=False)]
        self._tables[number] = data, table
        return data, table
