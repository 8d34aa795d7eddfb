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
