"""Rotation of posts: how long somebody may stay in one, when to give notice, what follows from a rotation."""

from collections.abc import Iterator
from datetime import date, timedelta

from cchc_flow.hookspecs import Facts, Item, JsonObject, Opening, Violation
from cchc_flow.plugin_kit import ADVANCED, Check
from cchc_flow.workflow.calendar import day_words

from .registers import OPEN

LONGEST_TITLE = 300


def next_rotation(event: str, item: Item, facts: Facts) -> list[Opening]:
    """Return the command to open the next rotation, from the new post, once somebody took that post.

    It is due when the longest stay in the new post ends. Where such an entry exists, nothing follows.
    """
    if event != ADVANCED or (item.kind, item.state) != ("rotation", "rotated"):
        return []
    post, person, since = (item.fields[name] or "" for name in ("new_post", "person", "rotated_on"))
    if facts.items("rotation", person=person, post=post, held_since=since):
        return []
    due = years_after(date.fromisoformat(since), int(facts.figure("longest_years")))
    return [
        Opening(
            key="next",
            kind="rotation",
            title=f"{post}: {person}"[:LONGEST_TITLE],
            data={"person": person, "post": post, "held_since": since},
            due=due.isoformat(),
            lead=item.lead,
        )
    ]


def last_day_in_post(rotation: Item, facts: Facts) -> date:
    """Return the day on which the longest stay in the post that somebody has to leave ends."""
    since = date.fromisoformat(rotation.fields["held_since"] or "")
    return years_after(since, int(facts.figure("longest_years")))


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; for 29 February, the 28th in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def check_no_open_rotation(rotation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when the same person has an open rotation from the same post."""
    others = facts.items("rotation", person=data["person"], post=data["post"])
    if any(other.state in OPEN["rotation"] for other in others):
        yield Violation(
            "twice", "Người này đã có một lượt chuyển đổi đang mở ở vị trí đó.", "Hãy ghi vào lượt đó."
        )


def check_notice(rotation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when the announced day of a rotation comes too soon after the notice."""
    yield from _check_notice_days(data["notified_on"], data["due"], facts)


def check_new_post(rotation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with a rotation as decided: too soon after the notice, or to the same post."""
    yield from _check_notice_days(rotation.fields["notified_on"] or "", data["rotated_on"], facts)
    if data["new_post"].casefold() == (rotation.fields["post"] or "").casefold():
        yield Violation("tenure", "Vị trí mới vẫn là vị trí cũ.", "Hãy ghi vị trí mới.")


def _check_notice_days(notified: str, rotates: str, facts: Facts) -> Iterator[Violation]:
    days = int(facts.figure("notice_days"))
    earliest = date.fromisoformat(notified) + timedelta(days=days)
    if date.fromisoformat(rotates) < earliest:
        yield Violation(
            "notice",
            f"Phải thông báo trước ít nhất {days} ngày: sớm nhất là ngày {day_words(earliest)}.",
            "Hãy lùi ngày chuyển đổi.",
        )


def shortest_stay_check(name: str) -> Check:
    """Return the check that warns when the day in a field comes before the shortest stay in the post ends."""

    def check(rotation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        years = int(facts.figure("shortest_years"))
        earliest = years_after(date.fromisoformat(rotation.fields["held_since"] or ""), years)
        if date.fromisoformat(data[name]) < earliest:
            yield Violation(
                "tenure",
                f"Đến ngày {day_words(earliest)} mới giữ vị trí đủ {years} năm.",
                "Hãy nêu lý do.",
                blocks=False,
            )

    return check


def check_exclusion(rotation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when somebody is left out as retiring, but without a day or not soon enough."""
    if data["ground"] != "retiring":
        return
    months = int(facts.figure("retiring_months"))
    if not data["retires_on"]:
        yield Violation("exclusion", "Chưa ghi ngày nghỉ hưu.", "Hãy ghi ngày nghỉ hưu.")
    elif date.fromisoformat(data["retires_on"]) > months_after(facts.today, months):
        yield Violation("exclusion", f"Còn hơn {months} tháng mới nghỉ hưu.", "Hãy chọn trường hợp khác.")
