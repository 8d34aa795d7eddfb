"""Questions about approvals: whether there was time, and a look, before them."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from cchc_flow.audit import reads
from cchc_flow.audit.questions import openings, stores
from cchc_flow.audit.questions.asking import Asking, ReadyQuestion, Shelf, SignShelf, Teller, shelf
from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.instants import format_instant
from cchc_flow.projections.signs.decisions import LONGEST_HASTE
from cchc_flow.projections.signs.rows import Sign, Source
from cchc_flow.question_values import Parameter, Question
from cchc_flow.workflow.calendar import local_day, moment_words

GROUP = "Duyệt có xem không"
SUBMISSION, OPENING = "submission", "opening"
ANYTHING, FILES = "anything", "files"
NEVER_RECORDED = "Chưa có lượt xem nào được ghi, nên chưa biết ai đã mở xem gì."
UNREAD = "Còn lần duyệt chưa kịp đối chiếu với sổ lượt xem: hãy tải lại trang này để đọc tiếp."
UNREADABLE = "Sổ lượt xem không đọc được: hãy kiểm tra tính toàn vẹn. Kết quả dưới đây không đủ."


def _hasty_shelves(asking: Asking) -> Sequence[Shelf]:
    bound = -asking.number("seconds")
    if asking.given["since"] == SUBMISSION:
        return [shelf(asking, "hasty", bound)]
    return _openings(asking, [openings.HASTY], bound)


def _hasty_words(sign: Sign, teller: Teller) -> str:
    time = seconds_words(sign.data["seconds"])
    if sign.name == openings.HASTY:
        return f"Duyệt sau khi mở xem lần đầu {time}."
    return f"Duyệt sau khi nộp {time}; người nộp: {teller.person(sign.data['by'])}."


def _unopened_shelves(asking: Asking) -> Sequence[Shelf]:
    names = [openings.NOTHING]
    if asking.given["what"] == FILES:
        names.append(openings.NO_FILE)
    return _openings(asking, names, 0)


def _unopened_words(sign: Sign, teller: Teller) -> str:
    if sign.name == openings.NOTHING:
        return "Duyệt mà không mở trang công việc, không mở tệp minh chứng nào từ lúc nộp."
    return f"Duyệt mà không mở tệp nào trong {sign.data['files']} tệp minh chứng từ lúc nộp."


def _openings(asking: Asking, names: Sequence[str], bound: int) -> Sequence[Shelf]:
    """Return the signs of these names that the log of reads tells, and say from when on it tells anything."""
    try:
        known = reads.known_since(asking.ws)
        if known is None:
            asking.remarks.append(NEVER_RECORDED)
            return []
        store = openings.open_openings(asking.ws, asking.upto)
    except (LogBroken, OSError, sqlite3.Error):
        asking.remarks.append(UNREADABLE)
        return []
    asking.stores.callback(store.close)
    since = moment_words(format_instant(known))
    asking.remarks.append(f"Lượt xem được ghi từ {since}: kết quả nộp trước lúc đó không tính.")
    if stores.end_of_store(store) < asking.upto:
        asking.remarks.append(UNREAD)
    scope = replace(asking.scope, since=max(asking.scope.since or date.min, local_day(known)))
    return [SignShelf(store, Source(name, bound, scope), asking.upto) for name in names]


def seconds_words(seconds: int) -> str:
    """Return a time in words, in its two greatest units."""
    parts = [(seconds // 3600, "giờ"), (seconds // 60 % 60, "phút"), (seconds % 60, "giây")]
    return " ".join([f"{number} {unit}" for number, unit in parts if number][:2]) or "0 giây"


QUESTIONS = (
    ReadyQuestion(
        question=Question(
            key="approved-too-soon",
            title="Duyệt quá nhanh",
            rule="Kết quả được duyệt chậm nhất {seconds} giây sau khi {since}. Lần duyệt đã được hoàn tác thì"
            " không tính.",
            parameters=(
                Parameter(
                    key="seconds", title="Chậm nhất sau", default=300, low=1, high=LONGEST_HASTE, unit="giây"
                ),
                Parameter(
                    key="since",
                    title="Tính từ khi",
                    default=SUBMISSION,
                    choices=(
                        (SUBMISSION, "nộp"),
                        (OPENING, "người duyệt mở xem kết quả đó lần đầu (theo sổ lượt xem)"),
                    ),
                ),
            ),
        ),
        group=GROUP,
        shelves=_hasty_shelves,
        words=_hasty_words,
    ),
    ReadyQuestion(
        question=Question(
            key="approved-unopened",
            title="Duyệt mà không mở xem",
            rule="Từ lúc kết quả được nộp đến lúc duyệt, theo sổ lượt xem, người duyệt {what}. Một lượt ghi"
            " cho cả giờ, nên lượt trong cùng giờ nộp được coi là sau khi nộp. Kết quả nộp trước lượt xem đầu"
            " tiên được ghi, và lần duyệt đã được hoàn tác, thì không tính.",
            parameters=(
                Parameter(
                    key="what",
                    title="Không mở",
                    default=FILES,
                    choices=(
                        (FILES, "không mở tệp minh chứng nào, hoặc không mở gì của công việc đó"),
                        (ANYTHING, "không mở trang công việc và không mở tệp minh chứng nào"),
                    ),
                ),
            ),
        ),
        group=GROUP,
        shelves=_unopened_shelves,
        words=_unopened_words,
        is_quick=False,
    ),
)
