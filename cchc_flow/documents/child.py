"""The process that sets a document as PDF: an Order comes in, the file goes out, by the standard streams.

It ends with status 3 when the page asks for something from outside.
"""

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import pydyf
import weasyprint
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from cchc_flow.documents.attachments import Attachment, Order
from cchc_flow.documents.pdf import ASKS_FOR_MORE, FONTS
from cchc_flow.sandbox import PRINTING, give_up_rights

VARIANT = "pdf/a-3a"
ALL_FACES = "<p>Ă <b>Ă <i>Ă</i></b> <i>Ă</i>"


class NothingFetched(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
    """Refuses whatever a page asks for: pictures, style sheets and fonts are in it, or on this machine."""

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        """Refuse; an address without a scheme is no exception."""
        raise FatalURLFetchingError(f"a document fetches nothing: {url[:80]}")


def make_pdf(html: str, attachments: Iterable[Attachment] = ()) -> bytes:
    """Return a document as PDF/A-3a; raise FatalURLFetchingError when it asks for anything from outside."""
    # readers look a name up by halving, so the names have to be in order
    files = [_attach(attachment) for attachment in sorted(attachments, key=lambda one: one.name)]
    pdf: bytes = HTML(string=html, url_fetcher=NothingFetched()).write_pdf(
        pdf_variant=VARIANT, attachments=files, finisher=_list_files_once
    )
    return pdf


def _attach(attachment: Attachment) -> weasyprint.Attachment:
    """Return an attachment with the day that is its own, so that the same files make the same bytes."""
    made = datetime.combine(attachment.day, time())
    file = weasyprint.Attachment(
        string=attachment.content,
        name=attachment.name,
        description=attachment.words,
        created=made,
        modified=made,
        relationship=attachment.relation,
    )
    # its media type would otherwise be guessed from its name, by tables of this machine
    file.source = nullcontext((BytesIO(attachment.content), None, None, attachment.media_type))
    return file


def _list_files_once(_document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """Name each attached file once among those that belong to the document; WeasyPrint names it twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def main() -> None:
    """Print one page, which loads what a page needs; then, without rights, the one that was asked for."""
    make_pdf(f"<html lang='vi'><title>.</title><style>* {{font-family: Liberation Serif}}</style>{ALL_FACES}")
    give_up_rights(PRINTING, FONTS, Path(weasyprint.__file__).parent)
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    try:
        pdf = make_pdf(order.html, order.attachments)
    except FatalURLFetchingError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(ASKS_FOR_MORE)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
