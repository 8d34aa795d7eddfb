"""Pages say what was read on them. A page that shows something calls this after it knows that it may."""

from collections.abc import Collection

from flask import g, request

from cchc_flow.audit import reads


def record_read(act: str, thing: str) -> None:
    """Record that the signed-in person reads a thing (see `audit.reads`); it never keeps the page back."""
    reads.record_read(g.ws, g.person.id, act, thing)


def record_search(page: str, wrong: Collection[str] = ()) -> None:
    """Record that the signed-in person looks through a list, by the filters of the address.

    Of those that are `wrong`, which nobody chose from a list, nothing is recorded.
    """
    filters = {name: value for name, value in request.args.items() if name not in wrong}
    record_read(reads.SEARCHED, reads.search_thing(page, filters))


def record_export(name: str) -> None:
    """Record that the signed-in person takes a document that is made of what a page shows."""
    if item := (request.view_args or {}).get("item_id"):
        record_read(reads.EXPORTED, reads.item_thing(item))
    else:
        record_read(reads.EXPORTED, reads.search_thing(f"documents/{name}", request.args))


def record_content(digest: str) -> None:
    """Record that the signed-in person takes a file of the vault."""
    record_read(reads.DOWNLOADED, reads.content_thing(digest))
