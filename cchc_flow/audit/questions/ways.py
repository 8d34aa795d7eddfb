"""Questions about how acts came into the log: from where, in whose name, when by their own word."""

from datetime import timedelta

from cchc_flow.audit.questions.asking import ALL, ReadyQuestion, Teller, shelf
from cchc_flow.audit.words import event_type_title
from cchc_flow.projections.signs.acts import LONGEST_SUSPICION
from cchc_flow.projections.signs.rows import Sign
from cchc_flow.question_values import Parameter, Question
from cchc_flow.workflow.calendar import moment_words

GROUP = "Thao tác bằng cách nào"
DAY = int(timedelta(days=1).total_seconds())
HOUR = int(timedelta(hours=1).total_seconds())


def _backdated_words(sign: Sign, teller: Teller) -> str:
    data = sign.data
    days = sign.rank // DAY
    return (
        f"Khai là lúc {moment_words(data['claimed'])}, sớm {days} ngày so với dấu niêm phong liền trước nó"
        f" ({data['size']} sự kiện, lập lúc {moment_words(data['sealed'])}); ghi vào nhật ký lúc"
        f" {moment_words(sign.time)}."
    )


def _after_reset_words(sign: Sign, teller: Teller) -> str:
    minutes = -sign.rank // 60
    what, by = event_type_title(sign.data["type"]), teller.person(sign.data["by"])
    return f"{what}: {minutes // 60} giờ {minutes % 60} phút sau khi {by} đặt lại mật khẩu của tài khoản này."


def _terminal_words(sign: Sign, teller: Teller) -> str:
    user = sign.data["user"]
    words = "nhân danh người này" if sign.rank else "với tư cách hệ thống"
    return f"Thao tác qua dòng lệnh của máy chủ, người dùng hệ thống «{user}», {words}."


QUESTIONS = (
    ReadyQuestion(
        question=Question(
            key="backdated",
            title="Khai lùi ngày",
            rule="Thời điểm mà sự kiện tự khai sớm hơn từ {days} ngày trở lên so với dấu niêm phong của lần"
            " ghi liền trước nó. Dấu đó đã có trước khi sự kiện được ghi, nên sự kiện không được ghi vào lúc"
            " mà nó khai.",
            parameters=(
                Parameter(key="days", title="Sớm ít nhất", default=1, low=1, high=36_500, unit="ngày"),
            ),
        ),
        group=GROUP,
        shelves=lambda asking: [shelf(asking, "backdated", asking.number("days") * DAY)],
        words=_backdated_words,
    ),
    ReadyQuestion(
        question=Question(
            key="after-password-reset",
            title="Thao tác bằng tài khoản vừa bị người khác đặt lại mật khẩu",
            rule="Thao tác nhân danh một người trong vòng {hours} giờ sau khi người khác (quản trị, hoặc dòng"
            " lệnh của máy chủ) đặt lại mật khẩu của người đó, kể cả khi sau đó mật khẩu lại được đổi. Mật"
            " khẩu đầu tiên của tài khoản mới, và việc đăng nhập, đăng xuất thì không tính.",
            parameters=(
                Parameter(
                    key="hours",
                    title="Trong vòng",
                    default=24,
                    low=1,
                    high=LONGEST_SUSPICION // HOUR,
                    unit="giờ",
                ),
            ),
        ),
        group=GROUP,
        shelves=lambda asking: [shelf(asking, "after_reset", -asking.number("hours") * HOUR)],
        words=_after_reset_words,
    ),
    ReadyQuestion(
        question=Question(
            key="from-command-line",
            title="Thao tác từ dòng lệnh của máy chủ",
            rule="Thao tác đến qua dòng lệnh của máy chủ, {who}.",
            parameters=(
                Parameter(
                    key="who",
                    title="Nhân danh",
                    default="person",
                    choices=(
                        ("person", "nhân danh một người"),
                        (ALL, "nhân danh một người hay với tư cách hệ thống"),
                    ),
                ),
            ),
        ),
        group=GROUP,
        shelves=lambda asking: [shelf(asking, "terminal", 0 if asking.given["who"] == ALL else 1)],
        words=_terminal_words,
    ),
)
