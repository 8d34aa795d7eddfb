"""The five parts of a report, in the order of the outline."""

from collections.abc import Iterable
from datetime import date

from cchc_flow.documents.blocks import Block, Heading, Paragraph
from cchc_flow.reporting.periodic.areas import area_blocks, directing_blocks
from cchc_flow.reporting.periodic.material import CountedCard, Material
from cchc_flow.reporting.periodic.office import office_sentences
from cchc_flow.reporting.periodic.sentences import fill, joined, sentence
from cchc_flow.reporting.periodic.standing import Tally, done_number, overall, plan_tally
from cchc_flow.reporting.periodic.targets import target_sentence, targets_in_danger
from cchc_flow.reporting.periodic.tasks import named_tasks
from cchc_flow.reporting.periodic.texts import Texts
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.commune_report import CAUSES, DIRECTING, LIMITS, NEXT, PARTS, PROPOSALS, RESULTS

GOES_ON = Paragraph(("Tiếp tục thực hiện các nhiệm vụ của Kế hoạch cải cách hành chính.",))


def all_parts(material: Material, texts: Texts) -> list[Block]:
    """Return the text of a report from part I to part V."""
    return [
        Heading(1, "I.", PARTS[DIRECTING]),
        Heading(2, "1.", "Thực hiện Kế hoạch cải cách hành chính"),
        *overall(material),
        *target_sentence(material),
        Heading(2, "2.", "Chỉ đạo, điều hành, kiểm tra, đối thoại"),
        *directing_blocks(material, texts),
        Heading(2, "3.", "Chế độ thông tin, báo cáo"),
        *_unit_reports(material),
        *office_sentences(material),
        Heading(1, "II.", "Kết quả thực hiện nhiệm vụ cải cách hành chính"),
        *area_blocks(material, texts),
        Heading(1, "III.", "Đánh giá chung"),
        *_assessment(material, texts),
        Heading(1, "IV.", f"{PARTS[NEXT]} {material.period.following().title_words()}"),
        *(texts.section(NEXT, PARTS[NEXT], _coming(material)) or [GOES_ON]),
        Heading(1, "V.", PARTS[PROPOSALS]),
        *(texts.section(PROPOSALS, PARTS[PROPOSALS]) or [Paragraph(("Không có kiến nghị, đề xuất.",))]),
    ]


def _unit_reports(material: Material) -> list[Block]:
    """Return the sentence on how many units reported for the period."""
    owed = [report for report in material.unit_reports if "total" in report.figures]
    if not owed:
        is_due = material.is_owed_by_units
        return [sentence(f"Kỳ này các đơn vị {'chưa' if is_due else 'không phải'} nộp báo cáo.")]
    tally = Tally(material, "reports", f"Báo cáo {material.period.words()} của các đơn vị", owed, "báo cáo")
    opening = fill(
        "Đã tiếp nhận {done}/{total} báo cáo của các đơn vị",
        done=tally.cell("done"),
        total=tally.cell("total"),
    )
    sides = tally.told({"done_in_time": "{} báo cáo nộp đúng hạn", "done_late": "{} báo cáo nộp quá hạn"})
    return [Paragraph((*opening, *(", trong đó " if sides else "",), *joined(sides), "."))]


def _of(cards: Iterable[CountedCard], figure: str) -> list[CountedCard]:
    return [card for card in cards if figure in card.figures]


def _assessment(material: Material, texts: Texts) -> list[Block]:
    """Return part III: results, shortcomings, and their causes where somebody wrote them."""
    results = texts.section(RESULTS, PARTS[RESULTS], _results(material))
    limits = texts.section(LIMITS, PARTS[LIMITS], [*_late_tasks(material), *targets_in_danger(material)])
    causes = texts.section(CAUSES, PARTS[CAUSES])
    nothing = Paragraph(("Trong kỳ không có tồn tại, hạn chế nào được ghi nhận.",))
    blocks = [Heading(2, "1.", PARTS[RESULTS]), *results]
    blocks += [Heading(2, "2.", PARTS[LIMITS]), *(limits or [nothing])]
    return [*blocks, Heading(2, "3.", PARTS[CAUSES]), *causes] if causes else blocks


def _results(material: Material) -> list[Block]:
    done = material.done_within()
    if not done:
        return [sentence("Trong kỳ chưa có nhiệm vụ nào hoàn thành.")]
    number = done_number(material)
    return named_tasks(material, fill("Trong kỳ đã hoàn thành {number} nhiệm vụ", number=number), done)


def _late_tasks(material: Material) -> list[Block]:
    late = _of(material.tasks, "open_late")
    if not late:
        return []
    number = plan_tally(material).number("open_late")
    return named_tasks(material, fill("Còn {number} nhiệm vụ quá hạn chưa hoàn thành", number=number), late)


def _coming(material: Material) -> list[Block]:
    """Return which open tasks are due up to the end of the next period, and that late ones go on."""
    until = material.period.following().end
    due = [task for task in _of(material.tasks, "open_in_time") if _is_due_by(task, until)]
    late = _of(material.tasks, "open_late")
    blocks: list[Block] = []
    if late:
        number = plan_tally(material).number("open_late")
        blocks.append(sentence("Tập trung hoàn thành dứt điểm {number} nhiệm vụ quá hạn.", number=number))
    if due:
        title = f"Nhiệm vụ đến hạn từ sau ngày chốt số liệu đến hết ngày {day_words(until)}"
        number = material.count("next.due", title, due)
        words = f"Thực hiện {{number}} nhiệm vụ đến hạn từ nay đến hết ngày {day_words(until)}"
        blocks += named_tasks(material, fill(words, number=number), due)
    return blocks


def _is_due_by(task: CountedCard, day: date) -> bool:
    return task.card.deadline is not None and task.card.deadline <= day.isoformat()
