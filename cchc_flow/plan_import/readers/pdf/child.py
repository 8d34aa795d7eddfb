"""The process that reads one PDF, which comes on standard input, and may do nothing else."""

import sys

import msgspec
import pypdfium2

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.readers.pdf.answer import Answer, Scan, pack
from cchc_flow.plan_import.readers.pdf.document import read_document
from cchc_flow.sandbox import READING_PLANS, give_up_rights


def main() -> None:
    """Write an Answer to standard output."""
    pypdfium2.PdfDocument.new().close()
    give_up_rights(READING_PLANS)
    try:
        answer = pack(read_document(sys.stdin.buffer.read()))
    except BadInput as error:
        answer = Answer(why=error.why, now=error.now, is_scan=isinstance(error, Scan))
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    main()
