"""How the streams of the log are called."""


def stream_of(item_id: str) -> str:
    """Return the stream of an item."""
    return f"item-{item_id}"
