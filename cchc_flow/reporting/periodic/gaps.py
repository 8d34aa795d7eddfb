"""What a report lacks before it can be issued, and what lets its reader wonder."""

from collections.abc import Iterator

from cchc_flow.documents.blocks import Document
from cchc_flow.reporting.periodic.material import Material
from cchc_flow.reporting.periodic.office import mismatches
from cchc_flow.reporting.periodic.texts import Texts
from cchc_flow.reporting.periodic.values import Gap
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.commune_report import CAUSES
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.reporting import report_schedules


def gaps(material: Material, texts: Texts, document: Document) -> Iterator[Gap]:
    """Yield what a report lacks, what blocks its issue first."""
    found = [
        *_calendar(material),
        *_unit_reports(material),
        *_plugins(material),
        *_form(document),
        *_doubts(material, texts),
    ]
    yield from sorted(found, key=lambda gap: not gap.blocks)


def _calendar(material: Material) -> Iterator[Gap]:
    """Yield that the commune owes no report on the period, if so: a longer one takes its place."""
    _, upward = report_schedules(material.settings, material.period.year)
    if all(due.period != material.period.name for due in upward.dues):
        others = [parse(due.period) for due in upward.dues]
        longer = next((other for other in others if other.last == material.period.last), None)
        now = f"Kỳ này nộp báo cáo {longer.words()}." if longer else "Hãy chọn kỳ ở trang Báo cáo."
        yield Gap(f"Theo lịch, xã không phải báo cáo {material.period.words()}.", now)


def _unit_reports(material: Material) -> Iterator[Gap]:
    """Yield a gap for each report of a unit that was neither accepted nor excused.

    None blocks the issue: the commune's own day does not wait for a unit, and the report says who is missing.
    """
    if material.is_owed_by_units and not material.unit_reports:
        yield Gap(
            f"Chưa mở báo cáo {material.period.words()} của các đơn vị.",
            "Báo cáo được mở vào ngày đầu tháng phải nộp; kỳ đã qua từ trước khi dùng hệ thống thì không có.",
            blocks=False,
        )
    for report in material.unit_reports:
        if report.figures & {"open_in_time", "open_late"}:
            card = report.card
            unit = material.unit_names.get(card.unit or card.lead or "", card.title)
            state = material.states.get((card.kind, card.state), card.state).lower()
            yield Gap(
                f"Báo cáo {material.period.words()} của {unit}: {state}.",
                "Hãy đôn đốc, tiếp nhận hoặc miễn báo cáo; đến hạn của xã thì ban hành kèm ghi chú này.",
                blocks=False,
            )


def _plugins(material: Material) -> Iterator[Gap]:
    """Yield a gap for each area that could not say anything, or could not count."""
    for said in material.sections:
        fault = said.fault or material.computed.faults.get(said.plugin)
        if fault:
            yield Gap(
                f"Không lấy được nội dung báo cáo của lĩnh vực «{said.title}»: {fault}.",
                "Hãy thử lại; nếu vẫn lỗi, báo quản trị xem lại hoặc tắt lĩnh vực này.",
            )


def _form(document: Document) -> Iterator[Gap]:
    """Yield what the form of an official report asks for and nobody said."""
    if not document.signature.name:
        yield Gap("Chưa biết người ký báo cáo.", "Hãy chọn người ký khi ban hành.")
    if not document.addressees:
        yield Gap("Chưa có nơi kính gửi.", "Báo cáo gửi cấp trên phải ghi nơi kính gửi.")


def _doubts(material: Material, texts: Texts) -> Iterator[Gap]:
    """Yield what does not block the issue, but should be looked at before it."""
    last = material.window[1]
    if material.cutoff.day < last:
        yield Gap(
            f"Kỳ số liệu đến hết ngày {day_words(last)} chưa kết thúc: số liệu là ước thực hiện.",
            f"Nếu chưa phải nộp, hãy chốt số liệu sau ngày {day_words(last)}.",
            blocks=False,
        )
    if any("open_late" in task.figures for task in material.tasks) and not texts.has_words(CAUSES):
        yield Gap(
            "Có nhiệm vụ quá hạn mà chưa nêu nguyên nhân (mục III.3).",
            "Hãy viết nguyên nhân, hoặc bỏ mục này.",
            blocks=False,
        )
    unknown = [row.target.ref.rpartition(".")[2] for row in material.targets if row.current is None]
    if unknown:
        yield Gap(
            f"Chưa có số liệu của chỉ tiêu {', '.join(dict.fromkeys(unknown))}.",
            "Hãy nhập số liệu ở trang Chỉ tiêu, hoặc ban hành với ghi chú «Chưa có số liệu».",
            blocks=False,
        )
    for words in mismatches(material):
        yield Gap(words, "Hãy hỏi lại đơn vị, hoặc ban hành kèm ghi chú này.", blocks=False)
    if not material.plan.number:
        yield Gap("Kế hoạch chưa có số, ký hiệu, nên báo cáo dẫn chiếu kế hoạch theo tên.", blocks=False)
