"""Tasks of a plan as its adoption holds them."""

from typing import Any


def adopted_task(ref: str, text: str, **more: Any) -> dict[str, Any]:
    """A single task with its text and nothing else said of it but `more`."""
    plain = {"ref": ref, "text": text, "title": text[:40], "leaf": True, "children": []}
    return {"lead": None, "support": [], "product": None, "due_text": None} | plain | more
