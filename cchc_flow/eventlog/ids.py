"""Identifiers that sort by the time they were made."""

RANDOM_BYTES = 10


def uuid7(milliseconds: int, random: bytes) -> str:
    """Return the UUID version 7 (RFC 9562, 5.7) of a Unix time in milliseconds and ten random bytes."""
    low = int.from_bytes(random[:RANDOM_BYTES], "big")
    value = (
        (milliseconds & 0xFFFFFFFFFFFF) << 80
        | 0x7 << 76
        | (low >> 62 & 0xFFF) << 64
        | 0b10 << 62
        | (low & 0x3FFFFFFFFFFFFFFF)
    )
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
