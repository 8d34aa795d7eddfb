"""The process that examines the signatures of one PDF: a Question comes in, Signatures go out as JSON."""

import logging
import sys

import msgspec
from pyhanko.pdf_utils.metadata import xmp_xml  # noqa: F401  # needs libraries of the system: loaded in time

from cchc_flow.sandbox import CHECKING, LIBRARIES, give_up_rights
from cchc_flow.signatures import validation
from cchc_flow.signatures.found import Question


def main() -> None:
    """Answer one question, without rights."""
    logging.disable()  # pyHanko logs the files that it refuses, with their words
    give_up_rights(CHECKING, *LIBRARIES)
    question = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Question)
    sys.stdout.buffer.write(msgspec.json.encode(validation.examine(question)))


if __name__ == "__main__":
    main()
