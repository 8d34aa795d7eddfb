"""The process that sets a document as PDF: HTML comes on standard input, the file goes to standard output.

It ends with status 3 when the page asks for something from outside.
"""

import sys
from pathlib import Path
from typing import Any, NoReturn

import weasyprint
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from cchc_flow.documents.pdf import ASKS_FOR_MORE, FONTS
from cchc_flow.sandbox import PRINTING, give_up_rights

VARIANT = "pdf/a-3a"
ALL_FACES = "<p>Ă <b>Ă <i>Ă</i></b> <i>Ă</i>"


class NothingFetched(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
    """Refuses whatever a page asks for: pictures, style sheets and fonts are in it, or on this machine."""

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        """Refuse; an address without a scheme is no exception."""
        raise FatalURLFetchingError(f"a document fetches nothing: {url[:80]}")


def make_pdf(html: str) -> bytes:
    """Return a document as PDF/A-3a; raise FatalURLFetchingError when it asks for anything from outside."""
    pdf: bytes = HTML(string=html, url_fetcher=NothingFetched()).write_pdf(pdf_variant=VARIANT)
    return pdf


def main() -> None:
    """Print one page, which loads what a page needs; then, without rights, the one that was asked for."""
    make_pdf(f"<html lang='vi'><title>.</title><style>* {{font-family: Liberation Serif}}</style>{ALL_FACES}")
    give_up_rights(PRINTING, FONTS, Path(weasyprint.__file__).parent)
    html = sys.stdin.buffer.read().decode()
    try:
        pdf = make_pdf(html)
    except FatalURLFetchingError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(ASKS_FOR_MORE)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
