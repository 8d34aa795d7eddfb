"""The form of a plan can be left and come back to: what was typed is kept for its person meanwhile."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, g, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.errors import BadInput, NotFound
from cchc_flow.projections import directory
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role

bp = Blueprint("unfinished", __name__, url_prefix="/<workspace>/plan-readings")
INPUTS = ("title-", "lead-", "due-")
"""How the names of the form's inputs begin; the rest of each is the reference of a task."""
MOST_INPUTS = 6_000
LONGEST_NAME = 200


@bp.post("/<digest>/edits")
@needs_role("coordinator")
def create_edit(digest: str) -> Answer:
    """Keep what was typed so far; lead to the plans when the person leaves, else answer nothing."""
    if not g.ws.vault.has(digest):
        raise NotFound("Văn bản đã tải lên không còn trong kho.", "Hãy tải lên lại.")
    inputs = {name: value for name, value in request.form.items() if name.startswith(INPUTS)}
    if len(inputs) > MOST_INPUTS:
        raise BadInput("Biểu mẫu có quá nhiều ô.", "Hãy tải lên lại văn bản.")
    keep(digest, request.form.get("name", ""), inputs)
    if not request.form.get("leave"):
        return Response(status=204)
    flash("Đã lưu những gì bạn sửa; mở lại trang Kế hoạch để làm tiếp.")
    return htmx.see_other(url_for("plans.index"))


@bp.post("/<digest>/discards", endpoint="discard")
@needs_role("coordinator")
def create_discard(digest: str) -> Answer:
    """Forget what the person has typed."""
    g.accounts.plan_readings.forget(digest, g.person.id)
    flash("Đã bỏ bản đang sửa. Chưa có gì được ghi vào bảng.")
    return htmx.see_other(url_for("plans.index"))


def keep(digest: str, name: str, inputs: Mapping[str, str]) -> None:
    """Keep what the person has typed into the form of a document."""
    g.accounts.plan_readings.save(g.person.id, digest, name[:LONGEST_NAME], inputs, g.ws.now())


def unfinished_context() -> dict[str, Any]:
    """Return the template variables of what is unfinished: the readings of all, told to coordinators."""
    if "coordinator" not in g.person.roles:
        return {"unfinished": [], "names": {}}
    return {
        "unfinished": g.accounts.plan_readings.unfinished(g.ws.now()),
        "names": directory.names(g.db),
    }


def readings_of_others() -> list[str]:
    """Return the names of the other people who are correcting a plan."""
    names = directory.names(g.db)
    others = {reading.person for reading in g.accounts.plan_readings.unfinished(g.ws.now())} - {g.person.id}
    return sorted(names.get(person, person) for person in others)
