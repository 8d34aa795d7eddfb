"""Questions about who decided: whether four eyes were two."""

from collections.abc import Sequence

from cchc_flow.audit.questions.asking import ALL, Asking, ReadyQuestion, Shelf, Teller, chosen, shelf
from cchc_flow.projections.signs.bursts import LONGEST_BURST
from cchc_flow.projections.signs.rows import Sign
from cchc_flow.question_values import Parameter, Question
from cchc_flow.workflow.calendar import moment_words

GROUP = "Ai quyết định"
OWN = {
    "approved": "duyệt kết quả",
    "closed": "xác nhận hoàn thành",
    "extension": "đồng ý gia hạn",
}
BURSTS = {"approved": "duyệt kết quả", "closed": "xác nhận hoàn thành"}


def _own_unit_shelves(asking: Asking) -> Sequence[Shelf]:
    return [shelf(asking, f"own_unit.{name}") for name in chosen(asking, "decision", list(OWN))]


def _own_unit_words(sign: Sign, teller: Teller) -> str:
    decision = sign.name.partition(".")[2]
    words = f"{_capital(OWN[decision])}: người quyết định thuộc chính đơn vị làm việc này"
    by = sign.data["by"]
    if not by:
        return f"{words}."
    return (
        f"{words}; người {'xin gia hạn' if decision == 'extension' else 'nộp kết quả'}: {teller.person(by)}."
    )


def _one_hand_words(sign: Sign, teller: Teller) -> str:
    return f"Duyệt lúc {moment_words(sign.data['approved'])}, rồi chính người đó xác nhận hoàn thành."


def _burst_shelves(asking: Asking) -> Sequence[Shelf]:
    number = asking.number("number")
    return [shelf(asking, f"burst.{name}", number) for name in chosen(asking, "decision", list(BURSTS))]


def _burst_words(sign: Sign, teller: Teller) -> str:
    number, seconds = sign.data["number"], sign.data["seconds"]
    return f"{_capital(BURSTS[sign.name.partition('.')[2]])} {number} lần trong {seconds} giây."


def _returned_words(sign: Sign, teller: Teller) -> str:
    return f"Bị trả lại lần thứ {sign.data['times']}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


QUESTIONS = (
    ReadyQuestion(
        question=Question(
            key="decided-by-own-unit",
            title="Đơn vị tự quyết định việc mình làm",
            rule="Người quyết định ({decision}) thuộc chính đơn vị chủ trì của công việc lúc đó, hoặc đơn vị"
            " của người đã nộp kết quả (người đã xin gia hạn). Đơn vị là đơn vị mà người quyết định làm việc"
            " lúc thao tác. Thao tác đã được hoàn tác thì không tính.",
            parameters=(
                Parameter(
                    key="decision",
                    title="Việc quyết định",
                    default=ALL,
                    choices=((ALL, "duyệt, xác nhận hoàn thành hoặc gia hạn"), *OWN.items()),
                ),
            ),
        ),
        group=GROUP,
        shelves=_own_unit_shelves,
        words=_own_unit_words,
    ),
    ReadyQuestion(
        question=Question(
            key="approved-and-closed-by-one",
            title="Một người vừa duyệt vừa xác nhận hoàn thành",
            rule="Người xác nhận công việc hoàn thành cũng là người đã duyệt kết quả đang được xác nhận."
            " Thao tác đã được hoàn tác thì không tính.",
        ),
        group=GROUP,
        shelves=lambda asking: [shelf(asking, "one_hand")],
        words=_one_hand_words,
    ),
    ReadyQuestion(
        question=Question(
            key="decided-in-bulk",
            title="Duyệt hàng loạt",
            rule="Một người {decision} từ {number} lần trở lên trong vòng chưa đầy một phút, dù bằng một lệnh"
            " cho nhiều việc hay bằng nhiều lệnh nối nhau. Một đợt liền mạch là một trường hợp, kể theo phút"
            " nhiều nhất của đợt; thao tác đã được hoàn tác vẫn tính.",
            parameters=(
                Parameter(key="number", title="Ít nhất", default=5, low=2, high=LONGEST_BURST, unit="lần"),
                Parameter(
                    key="decision",
                    title="Việc quyết định",
                    default=ALL,
                    choices=((ALL, "duyệt kết quả, hoặc xác nhận hoàn thành,"), *BURSTS.items()),
                ),
            ),
        ),
        group=GROUP,
        shelves=_burst_shelves,
        words=_burst_words,
    ),
    ReadyQuestion(
        question=Question(
            key="returned-often",
            title="Bị trả lại nhiều lần",
            rule="Kết quả của một công việc bị trả lại quá {times} lần. Mỗi công việc là một trường hợp, kể ở"
            " lần trả lại mới nhất; lần trả lại đã được hoàn tác thì không tính.",
            parameters=(Parameter(key="times", title="Quá", default=2, low=0, high=100, unit="lần"),),
        ),
        group=GROUP,
        shelves=lambda asking: [shelf(asking, "returned", asking.number("times") + 1)],
        words=_returned_words,
    ),
)
