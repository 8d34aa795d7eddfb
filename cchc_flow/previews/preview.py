"""What a file shows, as the process that read it tells."""

import msgspec

Rows = tuple[tuple[str, ...], ...]


class Preview(msgspec.Struct, frozen=True):
    """What a file shows: pages that can be drawn, or the paragraphs (text) and tables (rows) of a document.

    `fault` says in words why nothing can be shown, `left_out` what of it is not shown.
    """

    pages: int = 0
    blocks: tuple[str | Rows, ...] = ()
    left_out: str = ""
    fault: str = ""
