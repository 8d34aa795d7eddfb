"""The process that draws a page by a commune's own templates: it comes in pickled, and goes out as JSON."""

import pickle  # nosec B403  # what comes in is from the process that began this one
import sys

import jinja2.debug  # noqa: F401  # wanted when a template fails: loaded in time
import msgspec

from cchc_flow.documents import pages, templates  # noqa: F401  # pages has what the values name
from cchc_flow.sandbox import DRAWING, LIBRARIES, give_up_rights


def main() -> None:
    """Draw one page, without rights."""
    give_up_rights(DRAWING, templates.FOLDER, *LIBRARIES)
    name, own, values = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  # nosec B301
    sys.stdout.buffer.write(msgspec.json.encode(templates.draw_by_own(name, own, values)))


if __name__ == "__main__":
    main()
