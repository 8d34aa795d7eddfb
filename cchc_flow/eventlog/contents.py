"""Which contents of the vault an event's data refer to."""

from collections.abc import Iterator

KEYS = {"digest", "size", "media_type"}


def digests(data: object) -> Iterator[str]:
    """Yield the digest of every reference to the vault: an object of digest, size and media type."""
    if isinstance(data, dict):
        if data.keys() == KEYS:
            yield str(data["digest"])
        else:
            for value in data.values():
                yield from digests(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from digests(value)
