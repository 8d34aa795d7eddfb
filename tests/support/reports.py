"""What a built report says, for tests that look for sentences."""

from collections.abc import Iterable, Iterator

from cchc_flow.documents.blocks import Block, Document, Listing, Number, Paragraph, Row, Table
from cchc_flow.documents.pages import cell_words
from cchc_flow.reporting.periodic.sentences import plain_words


def sentences_of(blocks: Iterable[Block]) -> list[str]:
    """Return the paragraphs and the entries of lists among blocks."""
    return list(_sentences(blocks))


def _sentences(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain_words(block.text)
        elif isinstance(block, Listing):
            yield from map(plain_words, block.entries)


def rows_of(table: Table) -> list[tuple[str, ...]]:
    """Return what the rows of a table show."""
    return [tuple(map(cell_words, row.cells)) for row in table.rows]


def numbers_of(document: Document) -> Iterator[Number]:
    """Yield every number of a document that can be asked for its events, in the text and in tables."""
    for block in (*document.blocks, *(block for each in document.appendices for block in each.blocks)):
        match block:
            case Paragraph(text=text):
                yield from (run for run in text if isinstance(run, Number))
            case Listing(entries=entries):
                yield from (run for text in entries for run in text if isinstance(run, Number))
            case Table(rows=rows):
                yield from _numbers_of_rows(rows)


def _numbers_of_rows(rows: Iterable[Row]) -> Iterator[Number]:
    return (cell for row in rows for cell in row.cells if isinstance(cell, Number))
