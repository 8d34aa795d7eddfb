"""A province's side of template plans: it issues one, and says to which communes it gives it."""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.contents import load_text
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import NotAllowed, NotFound, Refusal
from cchc_flow.projections import plan_templates, province
from cchc_flow.projections.plan_templates import Template
from cchc_flow.workflow.commands import Typed, Upload
from cchc_flow.workflow.events import ProvinceTemplateGiven, ProvinceTemplateIssued
from cchc_flow.workspace import Workspace

STREAM = "province-templates"
"""The stream of a province that tells of its templates: one, so that two people do not replace the same."""


class NewTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """A template to be issued: its document, what was read from that, and what was decided (`draft`, JSON).

    `replaces` is the template whose place it takes, None for a new one.
    """

    year: int
    number: str | None
    title: str
    document: Upload
    draft: str | None = None
    replaces: str | None = None


def issue_template(ws: Workspace, new: NewTemplate, order: Order) -> Template:
    """Issue a template and return it; the one that is there if the very same was issued before.

    Raise Refusal when the template to be replaced is replaced already, or the workspace is no province.
    """
    digest = hashlib.sha256(new.document.content).hexdigest()
    template_id = ws.new_id()

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = _require_giver(uow)
        if _find_same(uow.db, ws, new, digest):
            return Commit()
        event = _issuing(template_id, new, digest, _edition(uow, new.replaces))
        return Commit([NewEvents(STREAM, uow.version_of(STREAM), (event,))], role)

    content = [digest, new.year, new.number, new.title, new.draft, new.replaces]
    write(ws, order, ["template-issue", content], decide_commit)
    db = ws.read()
    template = plan_templates.find_issued(db, template_id) or _find_same(db, ws, new, digest)
    if template is None:  # the same form, sent again after another one took the place of its template
        raise Refusal("Kế hoạch mẫu này đã có bản sau thay thế.", "Hãy tải lại trang Kế hoạch mẫu.")
    return template


def give_template(ws: Workspace, template: str, communes: Sequence[str], order: Order) -> None:
    """Say that a province gives a template to communes that it lists; nothing changes for those named before.

    Raise Refusal for a template whose place another one has taken, NotFound for communes that are not listed.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = _require_giver(uow)
        if plan_templates.find_issued(uow.db, template) is None:
            raise NotFound("Tỉnh không có kế hoạch mẫu này.", "Hãy tải lại trang Kế hoạch mẫu.")
        if all(one.id != template for one in plan_templates.current_templates(uow.db)):
            raise Refusal("Kế hoạch mẫu này đã có bản sau thay thế.", "Hãy giao bản mới nhất.")
        for name in communes:
            if province.commune(uow.db, name) is None:
                raise NotFound(
                    f"Tỉnh không có xã nào ở không gian «{name}».", "Hãy xem lại danh sách xã của tỉnh."
                )
        before = plan_templates.given_communes(uow.db).get(template, frozenset())
        new = tuple(name for name in dict.fromkeys(communes) if name not in before)
        if not new:
            return Commit()
        event = ProvinceTemplateGiven(template=template, communes=new)
        return Commit([NewEvents(STREAM, uow.version_of(STREAM), (event,))], role)

    write(ws, order, ["template-give", template, list(communes)], decide_commit)


def _find_same(db: Database, ws: Workspace, new: NewTemplate, digest: str) -> Template | None:
    """Return the template in force that was issued from the same document, None without any.

    One that is to take the place of another is the same only with the same decisions.
    """
    for one in plan_templates.current_templates(db):
        if one.document_digest == digest and new.replaces is None:
            return one
        is_there = new.replaces in (one.id, one.replaces) and one.document_digest == digest
        if is_there and new.draft == load_text(ws.vault, one.draft):
            return one
    return None


def _edition(uow: UnitOfWork, replaces: str | None) -> int:
    """Return the number of the edition; raise NotFound or Refusal for one that cannot be replaced."""
    if replaces is None:
        return 1
    before = plan_templates.find_issued(uow.db, replaces)
    if before is None:
        raise NotFound("Không có kế hoạch mẫu để thay.", "Hãy tải lại trang.")
    if all(one.id != replaces for one in plan_templates.current_templates(uow.db)):
        raise Refusal(
            "Kế hoạch mẫu định thay đã có bản khác thay rồi.", "Hãy tải lại trang rồi chọn bản mới nhất."
        )
    return before.edition + 1


def _issuing(template: str, new: NewTemplate, digest: str, edition: int) -> ProvinceTemplateIssued:
    contents: dict[str, Any] = {
        "document": new.document,
        "draft": Typed(new.draft) if new.draft else None,
    }
    return ProvinceTemplateIssued(
        template=template,
        edition=edition,
        replaces=new.replaces,
        year=new.year,
        number=new.number,
        title=new.title,
        document_digest=digest,
        **contents,
    )


def _require_giver(uow: UnitOfWork) -> str | None:
    """Return the role in which the actor issues and gives templates; raise NotAllowed or Refusal."""
    if province.own_name(uow.db) is None:
        raise Refusal("Đây không phải không gian của tỉnh.", "Kế hoạch mẫu do tỉnh ban hành.")
    if "coordinator" in uow.actor().roles:
        return "coordinator"
    if not uow.order.is_system:
        raise NotAllowed(
            "Bạn không được ban hành, giao kế hoạch mẫu.", "Việc này do đầu mối CCHC của tỉnh thực hiện."
        )
    return None
