"""Questions about days and moments: what came too late, too quickly, or not at all."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from sqlite_utils import Database

from cchc_flow.audit.questions.asking import ALL, Asking, ReadyQuestion, Shelf, Teller, chosen, shelf
from cchc_flow.projections.signs.decisions import SHORTEST_SILENCE
from cchc_flow.projections.signs.lives import Life, waiting_lives
from cchc_flow.projections.signs.rows import Key, Scope, Sign
from cchc_flow.question_values import Parameter, Question
from cchc_flow.workflow.calendar import day_of, day_words

GROUP = "Hạn và thời gian"
DAY_DECISIONS = {
    "granted": "đồng ý gia hạn",
    "refused": "từ chối gia hạn",
    "set": "tự đặt hạn khác",
}


def _late_day_shelves(asking: Asking) -> Sequence[Shelf]:
    days = asking.number("days")
    return [
        shelf(asking, f"late_day.{name}", days) for name in chosen(asking, "decision", list(DAY_DECISIONS))
    ]


def _late_day_words(sign: Sign, teller: Teller) -> str:
    data = sign.data
    words = f"{DAY_DECISIONS[sign.name.partition('.')[2]].capitalize()} khi đã qua hạn {_days(data['days'])}"
    words += f" (hạn {_day(data['due'])})"
    asked = f"; đề nghị gửi ngày {_day(data['asked'])}" if data["asked"] else ""
    new = f"; hạn mới {_day(data['new'])}" if data["new"] else ""
    return f"{words}{asked}{new}."


def _late_submission_words(sign: Sign, teller: Teller) -> str:
    days, due = sign.data["days"], _day(sign.data["due"])
    return f"Nộp sau hạn {_days(days)} (hạn {due})." if days else f"Nộp đúng ngày cuối của hạn ({due})."


def _silence_shelves(asking: Asking) -> Sequence[Shelf]:
    days = asking.number("days")
    waiting = WaitingShelf(asking.history, asking.today, days, asking.scope, asking.upto)
    return [shelf(asking, "silence", days), waiting]


def _silence_words(sign: Sign, teller: Teller) -> str:
    days, last = _days(sign.data["days"]), _day(sign.data["last"])
    if sign.name == STILL:
        return f"Đến nay {days} không có sự kiện nào, kể từ ngày {last}."
    return f"{days} không có sự kiện nào trước sự kiện này, kể từ ngày {last}."


STILL = "silence.still"


class WaitingShelf(msgspec.Struct, frozen=True):
    """Open items about which nobody has done anything for days, up to today; the longest silence first."""

    db: Database
    today: date
    days: int
    scope: Scope
    upto: int

    def first(self, after: Key | None, limit: int) -> Sequence[Sign]:
        """Return the first of them after a key."""
        shown = (self._day_before(after[0]), after[1]) if after else None
        return [self._sign(life) for life in self._lives(shown, limit)]

    def count(self, most: int) -> int:
        """Return how many there are, at most so many."""
        return len(self._lives(None, most))

    def _lives(self, after: tuple[str, int] | None, limit: int) -> list[Life]:
        since, until = self.scope.since or self.today, self.scope.until or self.today
        if not since <= self.today <= until:
            return []
        last = self._day_before(self.days)
        return waiting_lives(self.db, last, self.scope.unit, upto=self.upto, after=after, limit=limit)

    def _day_before(self, days: int) -> str:
        return (self.today - timedelta(days=days)).isoformat()

    def _sign(self, life: Life) -> Sign:
        act = life.touched
        last = day_of(act.time)
        days = (self.today - last).days
        return Sign(
            name=STILL,
            rank=days,
            position=act.position,
            day=self.today.isoformat(),
            unit=life.item.lead,
            actor=act.actor,
            time=act.time,
            items=(life.item.id,),
            behind=(act.position,),
            data={"days": days, "last": last.isoformat()},
        )


def _day(iso: str) -> str:
    return day_words(date.fromisoformat(iso))


def _days(days: int) -> str:
    return f"{days} ngày"


QUESTIONS = (
    ReadyQuestion(
        question=Question(
            key="extension-after-due",
            title="Quyết định gia hạn khi đã qua hạn",
            rule="Có người {decision} khi ngày quyết định đã sau ngày hạn đang ghi từ {days} ngày trở lên, dù"
            " đề nghị gửi trước hay sau hạn. Ngày cuối của hạn còn là trong hạn; hạn là hạn đã ghi, chưa dời"
            " theo ngày nghỉ. Thao tác đã được hoàn tác thì không tính.",
            parameters=(
                Parameter(
                    key="decision",
                    title="Việc quyết định",
                    default="granted",
                    choices=((ALL, "đồng ý, từ chối gia hạn hoặc tự đặt hạn khác"), *DAY_DECISIONS.items()),
                ),
                Parameter(key="days", title="Quá hạn ít nhất", default=1, low=1, high=3650, unit="ngày"),
            ),
        ),
        group=GROUP,
        shelves=_late_day_shelves,
        words=_late_day_words,
    ),
    ReadyQuestion(
        question=Question(
            key="submitted-late",
            title="Nộp vào ngày cuối của hạn hoặc muộn hơn",
            rule="Kết quả hoặc báo cáo được nộp sau ngày hạn đang ghi từ {days} ngày trở lên; 0 ngày là nộp"
            " đúng ngày cuối. Hạn là hạn đã ghi, chưa dời theo ngày nghỉ. Mỗi lần nộp là một trường hợp; lần"
            " nộp đã được hoàn tác thì không tính.",
            parameters=(
                Parameter(key="days", title="Sau ngày hạn ít nhất", default=0, low=0, high=3650, unit="ngày"),
            ),
        ),
        group=GROUP,
        shelves=lambda asking: [shelf(asking, "late_submission", asking.number("days"))],
        words=_late_submission_words,
    ),
    ReadyQuestion(
        question=Question(
            key="no-event-for-days",
            title="Nhiều ngày không có sự kiện nào",
            rule="Một công việc chưa xong mà từ {days} ngày trở lên không có sự kiện nào: đến sự kiện tiếp"
            " theo (kể ở ngày của sự kiện đó), hoặc đến hôm nay. Nhắc tự động không tính là sự kiện. Công"
            " việc đang tạm dừng, và công việc chung làm theo các phần việc, thì không kể.",
            parameters=(
                Parameter(
                    key="days",
                    title="Ít nhất",
                    default=60,
                    low=SHORTEST_SILENCE,
                    high=3650,
                    unit="ngày",
                ),
            ),
        ),
        group=GROUP,
        shelves=_silence_shelves,
        words=_silence_words,
    ),
)
