"""Rotation of posts: how long somebody may stay in one, when to give notice, what follows from a rotation."""

from collections.abc import Iterator
from datetime import date, timedelta

from cchc_flow.hookspecs import Facts, Item, JsonObject, Opening, Violation
from cchc_flow.plugin_kit import ADVANCED, Check
from cchc_flow.workflow.calendar import day_words

from .registers import OPEN
from .rotation_register import OTHER_SECTOR, SECTORS

LONGEST_TITLE = 300
_OWN_YEARS = tuple(key for key, _ in SECTORS)


def next_rotation(event: str, item: Item, facts: Facts) -> list[Opening]:
    """Return the command to open the next rotation, from the new post, once somebody took that post.

    It is due when the longest stay in the new post ends, by the years of its sector. Where such an entry
    exists, nothing follows.
    """
    if event != ADVANCED or (item.kind, item.state) != ("rotation", "rotated"):
        return []
    post, person, since = (item.fields[name] or "" for name in ("new_post", "person", "rotated_on"))
    if facts.items("rotation", person=person, post=post, held_since=since):
        return []
    sector, begin = item.fields.get("new_sector") or OTHER_SECTOR[0], date.fromisoformat(since)
    due = years_after(begin, longest_years(sector, facts, begin))
    return [
        Opening(
            key="next",
            kind="rotation",
            title=f"{post}: {person}"[:LONGEST_TITLE],
            data={"person": person, "post": post, "sector": sector, "held_since": since},
            due=due.isoformat(),
            lead=item.lead,
        )
    ]


def last_day_in_post(rotation: Item, facts: Facts) -> date:
    """Return the day on which the longest stay in the post that somebody has to leave ends."""
    since = date.fromisoformat(rotation.fields["held_since"] or "")
    return years_after(since, longest_years(rotation.fields.get("sector"), facts, facts.today))


def longest_years(sector: str | None, facts: Facts, on: date) -> int:
    """Return how many years somebody may stay in a post of a sector at most, by the law of a day."""
    return int(facts.figure(_years_figure(sector, "longest"), on))


def shortest_years(sector: str | None, facts: Facts, on: date) -> int:
    """Return how many years somebody has to stay in a post of a sector at least, by the law of a day."""
    return int(facts.figure(_years_figure(sector, "shortest"), on))


def _years_figure(sector: str | None, bound: str) -> str:
    """Return the key of the figure for a sector: its own, or the general one for another or for none."""
    return f"{sector}_{bound}" if sector in _OWN_YEARS else f"{bound}_years"


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
    """Yield a warning when the announced day of a rotation comes too soon after the notice."""
    yield from _check_notice_days(data["notified_on"], data["due"], facts)


def check_new_post(rotation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with a rotation as decided: too soon after the notice, or to the same post."""
    yield from _check_notice_days(rotation.fields["notified_on"] or "", data["rotated_on"], facts)
    if data["new_post"].casefold() == (rotation.fields["post"] or "").casefold():
        yield Violation("post", "Vị trí mới vẫn là vị trí cũ.", "Hãy ghi vị trí mới.")


def _check_notice_days(notified: str, rotates: str, facts: Facts) -> Iterator[Violation]:
    """Yield a warning when a rotation comes too soon after its notice; no law says how soon that is."""
    begin = date.fromisoformat(notified)
    days = notice_days(facts, begin)
    earliest = begin + timedelta(days=days)
    if days and date.fromisoformat(rotates) < earliest:
        yield Violation(
            "notice",
            f"Xã định thông báo trước ít nhất {days} ngày: sớm nhất là ngày {day_words(earliest)}.",
            "Hãy lùi ngày chuyển đổi, hoặc nêu lý do.",
            blocks=False,
            on=begin,
        )


def notice_days(facts: Facts, on: date) -> int:
    """Return how many days before a rotation notice is given; 0 where the commune has not decided that."""
    return int(facts.figure("notice_days", on))


def shortest_stay_check(name: str) -> Check:
    """Return the check that warns when the day in a field comes before the shortest stay in the post ends."""

    def check(rotation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        rotates = date.fromisoformat(data[name])
        years = shortest_years(rotation.fields.get("sector"), facts, rotates)
        earliest = years_after(date.fromisoformat(rotation.fields["held_since"] or ""), years)
        if rotates < earliest:
            yield Violation(
                "tenure",
                f"Đến ngày {day_words(earliest)} mới giữ vị trí đủ {years} năm.",
                "Hãy nêu lý do.",
                blocks=False,
                on=rotates,
            )

    return check


def check_exclusion(rotation: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when somebody is left out as retiring, but without a day, or with too many months.

    The law leaves out who has less than so many months: not who has exactly that many.
    """
    if data["ground"] != "retiring":
        return
    months = int(facts.figure("retiring_months"))
    if not data["retires_on"]:
        yield Violation("exclusion", "Chưa ghi ngày nghỉ hưu.", "Hãy ghi ngày nghỉ hưu.")
    elif date.fromisoformat(data["retires_on"]) >= months_after(facts.today, months):
        yield Violation(
            "exclusion", f"Còn từ {months} tháng trở lên mới nghỉ hưu.", "Hãy chọn trường hợp khác."
        )
