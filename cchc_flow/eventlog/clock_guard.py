"""Whether the machine's clock may stamp the next event: no wrong time in a log can ever be corrected."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from cchc_flow.clock import JumpWatch, MachineClock
from cchc_flow.errors import ClockInDoubt
from cchc_flow.eventlog.instants import from_milliseconds
from cchc_flow.workflow.calendar import moment_words

MOST_AHEAD = timedelta(days=30)
MOST_BEHIND = timedelta(minutes=5)
MILLISECOND = timedelta(milliseconds=1)
MOMENT = 1.0
"""For so many seconds a clock that was compared, and has run on evenly, is not compared again."""
AHEAD, BEHIND, JUMPED = "ahead", "behind", "jumped"
ELSEWHERE = "elsewhere"
"""The reason of a confirmation without a doubt here: another program, which ran on, may have one."""
WHAT_NOW = (
    "Nếu đồng hồ đúng (chẳng hạn sau một kỳ nghỉ dài), quản trị xác nhận ở trang «Đồng hồ máy chủ», mở từ"
    " «Thiết lập», hoặc chạy «cchc-flow clock confirm»; nếu sai, hãy chỉnh lại đồng hồ máy chủ."
)


class ClockDoubt(msgspec.Struct, frozen=True):
    """Why the clock is not believed: it shows `now`, and the last event was made at `last`.

    `reason` is "ahead" or "behind" of that event, or "jumped" while the program runs.
    """

    reason: str
    now: datetime
    last: datetime

    @property
    def words(self) -> str:
        """The doubt in one Vietnamese sentence."""
        shown, last = moment_words(self.now.isoformat()), moment_words(self.last.isoformat())
        if self.reason == AHEAD:
            why = f"hơn {MOST_AHEAD.days} ngày sau lần ghi gần nhất ({last})"
        elif self.reason == BEHIND:
            why = f"trước cả lần ghi gần nhất ({last})"
        else:
            why = "và vừa bị chỉnh trong khi chương trình chạy"
        return f"Đồng hồ máy chủ chỉ {shown}, {why}, nên chưa ghi gì vào nhật ký."

    def error(self) -> ClockInDoubt:
        """Return the error by which everything that writes is refused."""
        return ClockInDoubt(self.words, WHAT_NOW)


class ClockGuard:
    """Compares the machine's clock with the last event of a log, and with its own steady run."""

    def __init__(self, clock: MachineClock) -> None:
        self._clock = clock
        self._sound = (-MOMENT, 0.0)

    def find_doubt(
        self, log: str, last: int, last_confirmation: Callable[[], int | None]
    ) -> ClockDoubt | None:
        """Return why the clock is in doubt now, None when it is not.

        `last` is when the last event of a log of this name was made, in milliseconds (POSIX).
        `last_confirmation` tells when somebody last confirmed the clock: after a jump that counts if it came
        later.
        """
        steady, offset = self._clock.measure()
        if steady - self._sound[0] < MOMENT and abs(offset - self._sound[1]) < MOMENT:
            return None  # it was right a moment ago, and nobody has set it since
        doubt = self._compare(self._clock.watch(log), from_milliseconds(last), last_confirmation)
        if doubt is None:
            self._sound = steady, offset
        return doubt

    def _compare(
        self, watch: JumpWatch, last: datetime, last_confirmation: Callable[[], int | None]
    ) -> ClockDoubt | None:
        now = self._clock()
        ahead = now - last
        if ahead > MOST_AHEAD:
            return ClockDoubt(AHEAD, now, last)
        if ahead < -MOST_BEHIND:
            return ClockDoubt(BEHIND, now, last)
        since = watch.find_jump()
        if since is None:
            return None
        confirmed = last_confirmation()
        if confirmed is None or not since - MILLISECOND <= from_milliseconds(confirmed) <= now:
            return ClockDoubt(JUMPED, now, last)
        watch.accept()
        return None
