"""Questions about figures and files: those that jump, those that were changed, those that serve twice."""

from collections.abc import Sequence
from decimal import Decimal

from cchc_flow.audit.questions import file_marks, stores
from cchc_flow.audit.questions.asking import ALL, Asking, ReadyQuestion, Shelf, SignShelf, Teller, shelf
from cchc_flow.projections import targets
from cchc_flow.projections.signs.figures import BIGGEST_JUMP, SMALLEST_JUMP
from cchc_flow.projections.signs.rows import Sign, Source
from cchc_flow.question_values import Parameter, Question
from cchc_flow.workflow import periods
from cchc_flow.workflow.shares import format_number

GROUP = "Số liệu và minh chứng"
UNREAD = "Còn tệp chưa kịp đọc để so: hãy tải lại trang này để đọc tiếp, rồi xem lại kết quả."
CHANGES = {
    "issued": "sau khi báo cáo của xã có số liệu đó đã ban hành",
    "reported": "sau khi báo cáo của đơn vị có số liệu đó đã được chấp nhận",
}


def _jump_words(sign: Sign, teller: Teller) -> str:
    data = sign.data
    words = f"{_measure(sign, teller)}, kỳ {_period(data['period'])}: {_figure(data['value'])},"
    words += f" kỳ liền trước: {_figure(data['before'])}"
    if data["expected"] is None:
        change = "từ 0 lên" if sign.rank >= BIGGEST_JUMP else f"lệch {_percent(sign.rank)}"
    elif sign.rank >= BIGGEST_JUMP:
        change = "số lũy kế mà lại giảm" if Decimal(data["before"]) else "từ 0 lên"
    else:
        change = f"theo đà thì khoảng {_figure(data['expected'])}, lệch {_percent(sign.rank)}"
    return f"{words} ({change})."


def _change_shelves(asking: Asking) -> Sequence[Shelf]:
    names = ["issued"] if asking.given["which"] == "issued" else list(CHANGES)
    return [shelf(asking, f"changed.{name}") for name in names]


def _change_words(sign: Sign, teller: Teller) -> str:
    data = sign.data
    after = CHANGES[sign.name.partition(".")[2]]
    issue = f" (số {data['number']})" if data["number"] else ""
    return (
        f"{_measure(sign, teller)}, kỳ {_period(data['period'])}: sửa từ {_figure(data['before'])} thành"
        f" {_figure(data['value'])}, {after}{issue}."
    )


def _marks_shelves(asking: Asking) -> Sequence[Shelf]:
    marks = file_marks.open_marks(asking.ws, asking.upto)
    asking.stores.callback(marks.close)
    if stores.end_of_store(marks) < asking.upto:
        asking.remarks.append(UNREAD)
    bound = asking.number("tasks") * file_marks.MOST_PLACES
    return [SignShelf(marks, Source(file_marks.NAME, bound, asking.scope), asking.upto)]


def _marks_words(sign: Sign, teller: Teller) -> str:
    return f"Tệp thứ {sign.data['place'] + 1} của lần nộp này đã nộp cho {sign.data['number']} công việc."


def _measure(sign: Sign, teller: Teller) -> str:
    """Return what is measured, as the plan says it, with the number of its target."""
    data = sign.data
    measures = next(
        (
            entry.target.measures
            for entry in targets.plan_targets(teller.db, data["plan"])
            if entry.target.ref == data["target"]
        ),
        (),
    )
    number = data["measure"]
    what = f" ({measures[number - 1].what})" if 1 <= number <= len(measures) else ""
    return f"Chỉ tiêu {data['target']}{what}"


def _period(name: str) -> str:
    return periods.parse(name).words()


def _figure(value: str | None) -> str:
    return "chưa có" if value is None else format_number(value)


def _percent(percent: int) -> str:
    return f"{format_number(str(percent))} %"


QUESTIONS = (
    ReadyQuestion(
        question=Question(
            key="jumping-readings",
            title="Số liệu nhảy vọt",
            rule="Số liệu của một thước đo lệch từ {percent} % trở lên so với kỳ liền trước trong năm, cùng"
            " nguồn. Với thước đo lũy kế thì so với mức đạt được nếu tăng đều như đến kỳ trước; số lũy kế mà"
            " giảm, và số tăng lên từ 0, luôn là trường hợp.",
            parameters=(
                Parameter(
                    key="percent", title="Lệch ít nhất", default=50, low=SMALLEST_JUMP, high=100_000, unit="%"
                ),
            ),
        ),
        group=GROUP,
        shelves=lambda asking: [shelf(asking, "jump", asking.number("percent"))],
        words=_jump_words,
    ),
    ReadyQuestion(
        question=Question(
            key="changed-after-reporting",
            title="Số liệu sửa sau khi đã báo cáo",
            rule="Số liệu của một chỉ tiêu được sửa {which}. Báo cáo của xã đã bị thu hồi trước đó thì không"
            " tính.",
            parameters=(
                Parameter(
                    key="which",
                    title="Sửa lúc nào",
                    default=ALL,
                    choices=(
                        (
                            ALL,
                            "sau khi báo cáo của đơn vị có số liệu đó đã được chấp nhận, hoặc báo cáo của xã"
                            " có số liệu đó đã ban hành",
                        ),
                        ("issued", CHANGES["issued"]),
                    ),
                ),
            ),
        ),
        group=GROUP,
        shelves=_change_shelves,
        words=_change_words,
    ),
    ReadyQuestion(
        question=Question(
            key="same-file",
            title="Một tệp nộp cho nhiều công việc",
            rule="Tệp minh chứng giống nhau từng byte được nộp cho từ {tasks} công việc trở lên (mỗi phần"
            " việc là một công việc). Mỗi tệp là một trường hợp, kể ở lần nộp mới nhất. Tệp rỗng, và tệp đã"
            " bị xóa khỏi kho, thì không kể.",
            parameters=(
                Parameter(key="tasks", title="Ít nhất", default=2, low=2, high=1000, unit="công việc"),
            ),
        ),
        group=GROUP,
        shelves=_marks_shelves,
        words=_marks_words,
        is_quick=False,
    ),
)
