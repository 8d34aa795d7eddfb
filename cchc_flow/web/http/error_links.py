"""The links on an error page: back to where the reader came from, and on to what can be done instead."""

from typing import Any

from flask import g, request, url_for

from cchc_flow import commands
from cchc_flow.commands import Loaded
from cchc_flow.errors import CchcError, ClockInDoubt
from cchc_flow.projections import directory
from cchc_flow.projections.cards import items
from cchc_flow.workflow.decide import steps_for

BOARD = ("board.show", "Về bảng công việc")
OVERVIEW = ("overview.show", "Về Tổng quan")
SECTION_PAGES = {"board": BOARD, "items": BOARD, "steps": BOARD, "moves": BOARD}
SECTION_PAGES |= {"overview": OVERVIEW, "listing": OVERVIEW, "grading": OVERVIEW}
SECTION_PAGES |= {"account": ("account.show", "Về Tài khoản")}
SECTION_PAGES |= dict.fromkeys(("reform_areas", "registers"), ("reform_areas.index", "Về Lĩnh vực"))
"""The page to go back to, by blueprint."""


def error_page_links(error: CchcError) -> dict[str, Any]:
    """Return the template variables of the links: `back`, and for an item the steps this person may take.

    An administrator is sent to the page of the clock when that is in doubt. Empty for a reader who is not
    signed in.
    """
    if g.get("person") is None:
        return {}
    if isinstance(error, ClockInDoubt) and "admin" in g.person.roles:
        return {"back": (url_for("clock.show"), "Đồng hồ máy chủ")}
    if not g.person.roles:
        return {"back": (url_for("account.show"), "Về tài khoản của tôi")}
    if loaded := _item_of_url():
        steps = steps_for(loaded.workflow, loaded.item, directory.actor(g.db, g.person.id))
        back = url_for("items.show", item_id=loaded.item.id), "Về công việc"
        return {"back": back, "item": loaded.item, "steps": steps}
    if section := SECTION_PAGES.get(request.blueprint or ""):
        return {"back": (url_for(section[0]), section[1])}
    return {}


def _item_of_url() -> Loaded | None:
    """Return the item that the URL names, None when there is none that this person may read."""
    item_id = (request.view_args or {}).get("item_id", "")
    return commands.load_item(g.ws, item_id) if items.find_readable_item(g.db, item_id, g.reader) else None
