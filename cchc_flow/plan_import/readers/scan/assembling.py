"""Makes paragraphs and tables of recognised pages, and says of each how surely it was recognised."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from statistics import fmean

from msgspec.structs import replace

from cchc_flow.plan_import.document import Block, Table
from cchc_flow.plan_import.readers.pdf.document import Reader
from cchc_flow.plan_import.readers.scan.misreadings import mend
from cchc_flow.plan_import.readers.scan.recognition import RecognisedPage

UNKNOWN = 0.5
"""How sure a word is that was put together from parts."""


def assemble_blocks(pages: Sequence[RecognisedPage]) -> list[Block]:
    """Return the blocks of recognised pages, each with its legibility."""
    blocks = Reader().read_pages(page.page for page in pages)
    by_page = {page.page.number: page.sureness for page in pages}
    return [mend_block(block, legibility(block, by_page)) for block in blocks]


def mend_block(block: Block, legible: float) -> Block:
    """Return the block with its legibility, and its text mended."""
    if isinstance(block, Table):
        rows = tuple(tuple(map(mend, row)) for row in block.rows)
        return replace(block, rows=rows, legibility=legible)
    return replace(block, text=mend(block.text), legibility=legible)


def legibility(block: Block, by_page: Mapping[int, Mapping[str, float]]) -> float:
    """Return how surely the words of a block were recognised, on its page or the next, from 0 to 1."""
    number = block.page or 1
    here, next_page = by_page.get(number, {}), by_page.get(number + 1, {})
    sure = [here.get(word, next_page.get(word, UNKNOWN)) for text in texts_of(block) for word in text.split()]
    return round(fmean(sure), 2) if sure else UNKNOWN


def texts_of(block: Block) -> Iterable[str]:
    """Return the texts of a block."""
    return chain.from_iterable(block.rows) if isinstance(block, Table) else [block.text]
