"""The process that sets documents as PDF: it loads what they need once, and waits without any rights.

It is asked over the socket that is its standard input. Each job comes with two handles, a socket for the
job and its answer and a pipe for complaints, and is done by a fork, which the limits hold for and which no
other document can disturb.
"""

import gc
import os
import signal
import socket
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

from cchc_flow.documents.attachments import Attachment
from cchc_flow.documents.equipment import FONTS
from cchc_flow.documents.jobs import Answer, Job
from cchc_flow.sandbox import PRINTING, give_up_rights

VARIANT = "pdf/a-3a"
ALL_FACES = "<p>Ă <b>Ă <i>Ă</i></b> <i>Ă</i>"
IDLE_SECONDS = 600
"""After so long without a job the process ends, so that it holds no memory of a machine at rest."""
MOST_JOBS = 1_000
PIECE = 1 << 20


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
    """Print one page, which loads what a page needs; then, without rights, whatever is asked for."""
    make_pdf(f"<html lang='vi'><title>.</title><style>* {{font-family: Liberation Serif}}</style>{ALL_FACES}")
    give_up_rights(PRINTING, FONTS, Path(weasyprint.__file__).parent)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()  # what is loaded stays shared with the forks
    with socket.socket(fileno=sys.stdin.fileno()) as jobs:
        jobs.settimeout(IDLE_SECONDS)
        for _ in range(MOST_JOBS):
            try:
                asked, handles, _, _ = socket.recv_fds(jobs, 1, 2)
            except TimeoutError:
                break
            if not asked:
                break
            if not os.fork():
                jobs.close()
                _fulfil(*handles)
            for handle in handles:
                os.close(handle)


def _fulfil(channel: int, complaints: int) -> NoReturn:
    """Answer one job and end this process, whatever happens."""
    status = 1
    talk = socket.socket(fileno=channel)  # closed by the end of the process, after the complaints
    try:
        os.dup2(complaints, sys.stderr.fileno())
        job = msgspec.msgpack.decode(b"".join(iter(lambda: talk.recv(PIECE), b"")), type=Job)
        signal.setitimer(signal.ITIMER_REAL, job.seconds)
        talk.sendall(msgspec.msgpack.encode(_answer(job)))
        status = 0
    except Exception:  # the fork must never go on as the process that waits
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)


def _answer(job: Job) -> Answer:
    try:
        return Answer(make_pdf(job.html, job.attachments))
    except FatalURLFetchingError as error:
        return Answer(asked_for=str(error))
    except MemoryError:
        return Answer(is_too_large=True)


if __name__ == "__main__":
    main()
