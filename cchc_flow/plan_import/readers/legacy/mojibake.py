"""Undoes a wrong decoding: UTF-8 that was read as Windows-1252, Latin-1 or Windows-1258, once or twice."""

import re

NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
MOST_ROUNDS = 3


def bytes_of(codec: str) -> dict[str, int]:
    """Return the byte of each character of a Windows code page; a byte without one is that of Latin-1."""
    table = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0x100):
        try:
            table[bytes([byte]).decode(codec)] = byte
        except UnicodeDecodeError:
            continue
    return table


BYTES = {codec: bytes_of(codec) for codec in ("cp1252", "cp1258")}


def undo_decoding(text: str, codec: str) -> str:
    """Return the text with each stretch that is UTF-8 read as `codec` decoded again; others stay."""
    for _ in range(MOST_ROUNDS):
        mended = NOT_ASCII.sub(lambda match: decode_again(match[0], BYTES[codec]), text)
        if mended == text:
            break
        text = mended
    return text


def decode_again(stretch: str, table: dict[str, int]) -> str:
    """Return a stretch decoded as UTF-8, or as it is if its characters are no bytes of UTF-8."""
    try:
        return bytes(table[letter] for letter in stretch).decode()
    except (KeyError, UnicodeDecodeError):
        return stretch
