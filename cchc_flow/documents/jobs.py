"""What the process that sets documents is asked for, and what it answers."""

import msgspec

from cchc_flow.documents.attachments import Attachment


class Job(msgspec.Struct, frozen=True):
    """A page of HTML, the files that go with it, and how many seconds it may take."""

    html: str
    attachments: tuple[Attachment, ...]
    seconds: float


class Answer(msgspec.Struct, frozen=True):
    """The file; or what the page asked for from outside; or that there was too little memory for it."""

    pdf: bytes = b""
    asked_for: str = ""
    is_too_large: bool = False
