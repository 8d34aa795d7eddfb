"""Restores text whose encoding is not said, judged by the letters and syllables of the whole document."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Table
from cchc_flow.plan_import.readers.legacy.mojibake import undo_decoding
from cchc_flow.plan_import.readers.legacy.syllables import marked_words, share_of_syllables
from cchc_flow.plan_import.readers.legacy.tables import from_tcvn3, from_vni

CERTAIN, APART = 0.9, 0.15
"""A reading is certain if nine words in ten become Vietnamese syllables, and no other comes near it."""
BAD = 0.5
FEWEST_WORDS = 8
MOST_LETTERS = 200_000
UNICODE = re.compile(r"[\u1ea0-\u1ef9]")
SUSPECT = re.compile(r"[\u00a1-\u00ff\u0102\u0152-\u0192\u2018-\u203a\u20ab\u20ac\u2122]")
LOST = re.compile(r"\ufffd|(?<=[^\W\d_])\?(?=[^\W\d_])")
MOST_LOST = 0.02
FEWEST_LOST = 20
ASCII_LETTER = re.compile(r"[A-Za-z]")


def tcvn3_text(text: str) -> str:
    """Return a text in TCVN3 as Unicode; what was typed in a font of capitals becomes capitals."""
    return "\n".join(raise_capitals(line, from_tcvn3(line)) for line in text.split("\n"))


def raise_capitals(typed: str, converted: str) -> str:
    """Return a converted line in capitals where its plain letters are, as the font drew the others."""
    if is_capital(ASCII_LETTER.findall(typed), least=3):
        return converted.upper()
    pairs = zip(typed.split(" "), converted.split(" "), strict=True)
    return " ".join(
        word.upper() if is_capital(ASCII_LETTER.findall(old), least=2) else word for old, word in pairs
    )


def is_capital(letters: Sequence[str], *, least: int) -> bool:
    """Return whether there are letters enough, and hardly a small one among them."""
    return len(letters) >= least and sum(letter.isupper() for letter in letters) >= CERTAIN * len(letters)


READINGS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "TCVN3": tcvn3_text,
        "VNI": from_vni,
        "Windows-1252": lambda text: undo_decoding(text, "cp1252"),
        "Windows-1258": lambda text: undo_decoding(text, "cp1258"),
    }
)


def restore_texts(texts: Sequence[str]) -> list[str]:
    """Return the texts of a document in Unicode; those in an old encoding are converted where it is certain.

    Raise BadInput for a document whose letters were lost ("K? ho?ch"), which nothing brings back.
    """
    refuse_lost_letters(texts)
    bad = [text for text in texts if is_suspect(text) and score(text) < BAD]
    reading = certain_reading(bad)
    if reading is None:
        return list(texts)
    return [better(text, reading) if is_suspect(text) else text for text in texts]


def restore_blocks(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks of a reader with their texts and cells restored."""
    blocks = list(blocks)
    written: list[str] = []
    for block in blocks:
        written += [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block.text]
    restored = restore_texts(written)
    if restored == written:
        return blocks
    texts = iter(restored)
    return [restored_block(block, texts) for block in blocks]


def restored_block(block: Block, texts: Iterable[str]) -> Block:
    """Return a block with as many of the texts as it has cells, or with one."""
    following = iter(texts)
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(next(following) for _ in row) for row in block.rows))
    return replace(block, text=next(following))


def is_suspect(text: str) -> bool:
    """Return whether a text holds letters of Latin-1 and none of those that only Vietnamese has."""
    return SUSPECT.search(text) is not None and UNICODE.search(text) is None


def score(text: str) -> float:
    """Return the share of a text's words with marks that are Vietnamese syllables."""
    return share_of_syllables(marked_words(text))


def certain_reading(texts: Sequence[str]) -> Callable[[str], str] | None:
    """Return how to read texts that are no Vietnamese as they stand; None if no reading is certain."""
    typed = [word for text in texts for word in marked_words(text)]
    if len(typed) < FEWEST_WORDS:
        return None
    whole = "\n".join(texts)[:MOST_LETTERS]
    scores = {name: share_of_syllables(marked_words(reading(whole))) for name, reading in READINGS.items()}
    ranked = sorted(scores, key=lambda name: scores[name], reverse=True)
    first, second = ranked[:2]
    is_double = {first, second} == {"Windows-1252", "Windows-1258"}
    rival = scores[ranked[2] if is_double else second]
    return READINGS[first] if scores[first] >= CERTAIN and scores[first] - rival >= APART else None


def better(text: str, reading: Callable[[str], str]) -> str:
    """Return the text as a reading has it, unless it is better Vietnamese as it stands."""
    read = reading(text)
    return read if score(read) >= score(text) else text


def refuse_lost_letters(texts: Sequence[str]) -> None:
    """Raise BadInput if many letters were replaced by question marks when the file was saved."""
    lost = sum(len(LOST.findall(text)) for text in texts)
    if lost >= FEWEST_LOST and lost > MOST_LOST * sum(map(len, texts)):
        raise BadInput(
            "Nhiều chữ có dấu trong tệp đã mất khi lưu (thành dấu «?»), không khôi phục được.",
            "Hãy lưu lại từ văn bản gốc với bảng mã Unicode.",
        )


def decode_bytes(content: bytes) -> str | None:
    """Return the text of bytes that are not UTF-8; None unless their encoding is certain.

    UTF-16 without its mark, Windows-1258, TCVN3 and VNI are known.
    """
    if (wide := decode_utf16(content)) is not None:
        return wide
    candidates = [content.decode("cp1258", errors="replace"), decode_windows(content)]
    for text in candidates:
        words = marked_words(text)
        if len(words) >= FEWEST_WORDS and "\ufffd" not in text and share_of_syllables(words) >= CERTAIN:
            return text
    typed = candidates[-1]
    reading = certain_reading([typed])
    return None if reading is None else "\n".join(map(reading, typed.split("\n")))


def decode_utf16(content: bytes) -> str | None:
    """Return the text of UTF-16 without its mark, known by the zeros beside its plain letters; else None."""
    head = content[:20_000]
    for zeros, codec in ((head[1::2], "utf-16-le"), (head[0::2], "utf-16-be")):
        if len(content) % 2 == 0 and zeros.count(0) > 0.3 * len(zeros):
            text = content.decode(codec, errors="replace")
            return None if "\ufffd" in text or "\x00" in text else text
    return None


def decode_windows(content: bytes) -> str:
    """Return bytes as Windows-1252 has them; the few that it leaves open as Latin-1 has them."""
    return "".join(WINDOWS[byte] for byte in content)


WINDOWS = [bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x100)]
