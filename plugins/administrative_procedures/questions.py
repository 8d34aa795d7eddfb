"""What an inspector asks of the registers: feedback that was answered after the days of the law."""

from cchc_flow.hookspecs import Facts, Given, Hit, Item, Parameter, Question
from cchc_flow.plugin_kit import day_of
from cchc_flow.workflow.calendar import day_words

from . import clocks
from .deadlines import feedback_deadline
from .figures import FEEDBACK_DECISION

ANSWERED, ALL = "answered", "all"
LATE_ANSWERS = Question(
    key="late-answers",
    title="Trả lời phản ánh, kiến nghị sau hạn",
    rule="Phản ánh, kiến nghị {which} muộn từ {days} ngày làm việc trở lên so với hạn trả lời"
    f" ({FEEDBACK_DECISION}). Hạn tính theo mức có hiệu lực ngày tiếp nhận, cộng số ngày làm việc chờ người"
    " dân bổ sung; trả lời đúng ngày cuối thì không tính.",
    parameters=(
        Parameter(key="days", title="Muộn ít nhất", default=1, low=1, high=1000, unit="ngày làm việc"),
        Parameter(
            key="which",
            title="Phản ánh, kiến nghị",
            default=ALL,
            choices=((ALL, "đã trả lời, hoặc đến nay chưa trả lời,"), (ANSWERED, "đã trả lời")),
        ),
    ),
)


def late_answers(given: Given, facts: Facts) -> list[Hit]:
    """Return the feedback that was answered so many working days late, or is so late by today."""
    hits = (_late_answer(entry, given["which"] == ALL, facts) for entry in facts.items("feedback"))
    return [hit for hit in hits if hit and hit.rank >= int(given["days"])]


def _late_answer(feedback: Item, counts_open: bool, facts: Facts) -> Hit | None:
    """Return the hit that a feedback is; its rank is the working days. None for one in time."""
    answered = day_of(feedback, "answered_on")
    if answered is None and not (counts_open and feedback.state == "received"):
        return None
    until, deadline = answered or facts.today, feedback_deadline(feedback, "answer_days", facts)
    days = clocks.working_days(deadline, until, facts.working_days)
    if until <= deadline or not days:
        return None
    what = f"Trả lời ngày {day_words(until)}" if answered else "Đến nay chưa trả lời"
    words = f"{what}, muộn {days} ngày làm việc (hạn {day_words(deadline)})."
    return Hit(words=words, items=(feedback.id,), on=until, rank=days)
