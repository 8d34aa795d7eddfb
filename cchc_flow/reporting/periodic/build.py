"""Builds the report of a period from the log as of a cut-off."""

from cchc_flow.documents.blocks import Block, Document, Paragraph
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.reporting import official
from cchc_flow.reporting.periodic.appendices import all_appendices
from cchc_flow.reporting.periodic.gaps import gaps
from cchc_flow.reporting.periodic.material import Material
from cchc_flow.reporting.periodic.parts import all_parts
from cchc_flow.reporting.periodic.passages import coordinator_passages, unit_passages
from cchc_flow.reporting.periodic.texts import Texts
from cchc_flow.reporting.periodic.values import BuiltReport, Edition
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.periods import Period
from cchc_flow.workspace import Workspace

LAW = (
    "Nghị định số 09/2019/NĐ-CP ngày 24/01/2019 của Chính phủ quy định về chế độ báo cáo của cơ quan hành"
    " chính nhà nước"
)


def build_report(
    ws: Workspace, period: Period, cutoff: Cutoff, edition: Edition | None = None
) -> BuiltReport:
    """Return the commune's report of a period as of a cut-off; the same input gives the same report.

    Raise BadInput while there is no plan of the period's year.
    """
    edition = edition or Edition()
    material = Material(ws, period, cutoff)
    texts, form = Texts(coordinator_passages(material), unit_passages(material)), material.settings.documents
    blocks = (_opening(material), *all_parts(material, texts), _closing(material))
    document = Document(
        **official.letterhead(ws),
        superior=form.superior,
        symbol=edition.symbol or form.report_symbol,
        kind="BÁO CÁO",
        subject=f"Kết quả thực hiện công tác cải cách hành chính {period.title_words()}",
        number=edition.number,
        day=edition.day,
        addressees=form.addressees,
        blocks=blocks,
        signature=edition.signature or official.signature(material.db),
        recipients=form.recipients,
        appendices=all_appendices(material),
        seal=edition.seal,
    )
    return BuiltReport(
        document=document,
        figures=material.figures.all(),
        sections=texts.all(),
        missing=tuple(gaps(material, texts, document)),
        has_faults=material.has_faults,
    )


def _opening(material: Material) -> Block:
    first, last = map(day_words, material.window)
    plan = material.plan
    named = f"số {plan.number} về cải cách hành chính" if plan.number else "cải cách hành chính"
    return Paragraph(
        (
            f"Thực hiện Kế hoạch {named} năm {plan.year} và {LAW},"
            f" {official.issuer(material.ws)} báo cáo kết quả thực hiện công tác cải cách hành chính"
            f" {material.period.title_words()} (số liệu từ ngày {first} đến ngày {last}) như sau:",
        )
    )


def _closing(material: Material) -> Block:
    addressees = material.settings.documents.addressees
    to = addressees[0] if len(addressees) == 1 else "các cơ quan có thẩm quyền"
    subject = f"kết quả thực hiện công tác cải cách hành chính {material.period.title_words()}"
    issuer = official.issuer(material.ws)
    return Paragraph((f"Trên đây là báo cáo {subject}, {issuer} kính gửi {to} tổng hợp./.",))
