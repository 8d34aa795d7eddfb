"""What a reader of the page sees of pieces of text: signs, capitals, and letters of old fonts as Unicode."""

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from cchc_flow.plan_import.readers.legacy import convert, encoding_of_font
from cchc_flow.plan_import.readers.looks import Piece
from cchc_flow.plan_import.readers.marks import check_marks
from cchc_flow.plan_import.readers.symbols import is_symbol_font, symbol_text


def show_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces that are not hidden, as they are seen; those of one old font are one piece.

    In VNI a letter and its tone are two characters, which may stand in two runs.
    """
    seen = [piece for piece in pieces if piece.text and not piece.look.hidden]
    joined: list[Piece] = []
    for encoding, group in groupby(seen, key=lambda piece: encoding_of_font(piece.look.font)):
        run = list(group)
        joined += run if encoding is None else [Piece("".join(piece.text for piece in run), run[0].look)]
    return [Piece(shown_text(piece), piece.look) for piece in joined]


def shown_text(piece: Piece) -> str:
    """Return the text of a piece as its font and capitals show it, in NFC."""
    font = piece.look.font
    text = symbol_text(piece.text, font) if is_symbol_font(font) else convert(piece.text, font)
    text = unicodedata.normalize("NFC", check_marks(text)).replace("\u2011", "-")
    return text.upper() if piece.look.capitals else text


def text_of(pieces: Iterable[Piece]) -> str:
    """Return the text of all pieces, in NFC."""
    return unicodedata.normalize("NFC", check_marks("".join(piece.text for piece in pieces)))
