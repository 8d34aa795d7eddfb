"""A commune's side of template plans: it receives one from its province, and may put it aside with a reason.

It is adopted as any plan is (see `plans`). Nobody of the province does that for a commune: what the province
writes here is one event, which opens no work.
"""

from typing import Any

import msgspec

from cchc_flow.commands import provinces
from cchc_flow.commands.typed_values import required_value
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import NotAllowed, NotFound, Refusal
from cchc_flow.eventlog.port import Receipt
from cchc_flow.projections import plan_templates
from cchc_flow.workflow.commands import Typed, Upload
from cchc_flow.workflow.events import PlanTemplatePutAside, PlanTemplateReceived
from cchc_flow.workflow.typed_text import clean_text
from cchc_flow.workspace import Workspace

PROVINCE = "system:province"
"""Who writes into a commune's log on behalf of its province."""
LONGEST_REASON = 1000


class IssuedTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """A template with its contents, taken from the province's vault; `draft` is JSON."""

    id: str
    edition: int
    replaces: str | None
    year: int
    number: str | None
    title: str
    document: Upload
    document_digest: str
    draft: str | None


class Giver(msgspec.Struct, frozen=True):
    """Who gives a template: id and name of a person of the province, None for none; and by which way."""

    id: str | None
    name: str | None
    channel: str


def receive_template(
    ws: Workspace, its_province: Workspace, template: IssuedTemplate, giver: Giver
) -> Receipt | None:
    """Let a commune receive a template of its province; a second time nothing happens.

    Raise NotAllowed when the commune does not belong to the province, also if it leaves at this moment.
    """
    stream = stream_of(template.id)

    def decide_commit(uow: UnitOfWork) -> Commit:
        if not provinces.belongs_to(ws, its_province):
            raise NotAllowed(
                "Xã chưa tham gia tỉnh, hoặc đã rời, nên không nhận được kế hoạch mẫu.",
                "Quản trị của xã cho xã tham gia tỉnh.",
            )
        if plan_templates.find_received(uow.db, template.id):
            return Commit()
        still_joined = NewEvents(provinces.MEMBERSHIP, uow.version_of(provinces.MEMBERSHIP))
        return Commit([still_joined, NewEvents(stream, 0, (_receipt_event(its_province, template, giver),))])

    order = Order(PROVINCE, f"system:template-{template.id}", channel=giver.channel)
    return write(ws, order, ["template", template.id, template.document_digest], decide_commit)


def put_template_aside(ws: Workspace, template: str, reason: str, order: Order) -> Receipt | None:
    """Say why a commune makes no plan from a template; raise Refusal for one that does not wait any more."""
    words = required_value("reason", "Lý do", reason, LONGEST_REASON, clean_text)

    def decide_commit(uow: UnitOfWork) -> Commit:
        if "coordinator" not in uow.actor().roles and not order.is_system:
            raise NotAllowed(
                "Bạn không được để riêng kế hoạch mẫu.", "Việc này do đầu mối CCHC của xã thực hiện."
            )
        found = plan_templates.find_received(uow.db, template)
        if found is None:
            raise NotFound("Xã không có kế hoạch mẫu này.", "Hãy tải lại trang Kế hoạch.")
        if not plan_templates.is_waiting(uow.db, found):
            raise Refusal(
                "Kế hoạch mẫu này không còn chờ xử lý: đã được đưa vào bảng, để riêng hoặc có bản mới thay.",
                "Hãy tải lại trang Kế hoạch.",
            )
        text: Any = Typed(words)
        event = PlanTemplatePutAside(template=template, reason=text)
        stream = stream_of(template)
        return Commit([NewEvents(stream, uow.version_of(stream), (event,))], "coordinator", uow.actor().unit)

    return write(ws, order, ["template-aside", template, words], decide_commit)


def stream_of(template: str) -> str:
    """Return the stream of a commune that tells of a template."""
    return f"plan-template-{template}"


def _receipt_event(its_province: Workspace, template: IssuedTemplate, giver: Giver) -> PlanTemplateReceived:
    contents: dict[str, Any] = {
        "document": template.document,
        "draft": Typed(template.draft) if template.draft else None,
    }
    return PlanTemplateReceived(
        template=template.id,
        province=its_province.name,
        province_name=its_province.title,
        edition=template.edition,
        replaces=template.replaces,
        year=template.year,
        number=template.number,
        title=template.title,
        document_digest=template.document_digest,
        giver=giver.id,
        giver_name=giver.name,
        **contents,
    )
