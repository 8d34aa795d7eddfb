"""Identifiers that sort by the time of their creation."""

RANDOM_BYTES = 10


def uuid7(milliseconds: int, random: bytes) -> str:
    """Return a UUID version 7 (RFC 9562, 5.7) made of a Unix time in milliseconds and ten random bytes."""
    text = ((milliseconds & 0xFFFFFFFFFFFF).to_bytes(6, "big") + random[:RANDOM_BYTES]).hex()
    variant = "89ab"[int(text[15], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-7{text[12:15]}-{variant}{text[16:19]}-{text[19:31]}"


def milliseconds_of(id_: str) -> int:
    """Return the milliseconds since 1970 at which a UUID of version 7 was made."""
    return int(id_.replace("-", "")[:12], 16)
