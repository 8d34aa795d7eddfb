"""The files that a PDF carries inside it, as PDF/A-3 allows."""

from datetime import date
from typing import Literal

import msgspec

Relation = Literal["Data", "Source", "Supplement"]
"""What a file is to the document (ISO 32000-2, 7.11.3): its figures, what it was made from, more of it."""


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file inside a PDF: `words` say what it is to whoever opens the list of attachments."""

    name: str
    media_type: str
    content: bytes
    words: str
    day: date
    relation: Relation = "Data"
