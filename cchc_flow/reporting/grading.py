"""Grading by Nghị định 335/2025/NĐ-CP as data: quantity, quality and progress of what was due in a period.

Each product is graded once, in the period in which its due day lies; work without a due day in that in which
it was done. Who leads the work is read as it stood when the period ended; when it is due, and whether it was
done by then, from all that is known on the day of the grading: a review that comes late costs nobody a point,
and an extension that comes late takes the product, with its delay, to the period of the new day. Of a period
that still runs, what is not done counts from the day after its due day on. What is late is late by the
settings by which the counts judge it: those of the day on which it was done, else of today.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cache, partial

import msgspec

from cchc_flow.commands.streams import stream_of
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import settings
from cchc_flow.projections.cards import counts
from cchc_flow.workflow.calendar import day_of, deadline, end_of_day
from cchc_flow.workflow.events import NAMES, ItemReturned, ItemSubmitted, ItemUndone
from cchc_flow.workflow.item import Item, done_on, evolve
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.settings.values import Grading, Settings
from cchc_flow.workspace import Workspace

FULL = 100
RulesOf = Callable[[date], Settings]


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work: when it was due, the last day in time, when it was done, what it loses points for.

    All but the days are positions of events: of the submission that was accepted (`handed_in`), of the
    returns with `defects` (which counts each of them), of what had set the due days that passed (`delays`).
    """

    item: str
    ref: str | None
    title: str
    unit: str | None
    person: str | None
    due: date | None
    last: date | None
    done: date | None
    handed_in: int | None
    defects: int
    returns: tuple[int, ...]
    delays: tuple[int, ...]

    def quality(self, rules: Grading) -> int:
        """Return the points for quality: what is not done has none, each defect takes some of the others."""
        return max(0, FULL - rules.loss * self.defects) if self.done else 0

    def progress(self, rules: Grading) -> int:
        """Return the points for progress: each delay that nobody excused takes some."""
        return max(0, FULL - rules.loss * len(self.delays))


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """The grade of one unit or person (None: of work that is nobody's); all scores lie in 0 to 100."""

    who: str | None
    products: tuple[Product, ...]
    quantity: Fraction
    quality: Fraction
    progress: Fraction
    total: Fraction
    words: str

    @property
    def done(self) -> tuple[Product, ...]:
        """What was done."""
        return tuple(one for one in self.products if one.done)

    @property
    def events(self) -> dict[str, tuple[int, ...]]:
        """The positions of the events behind each figure, in the order of the log."""
        handed_in = [one.handed_in for one in self.products if one.handed_in]
        found: dict[str, Iterable[int]] = {
            "quantity": handed_in,
            "quality": [place for one in self.products for place in one.returns],
            "progress": [place for one in self.products for place in one.delays],
        }
        return {figure: tuple(sorted(places)) for figure, places in found.items()}


def grades(found: Iterable[Product], by: str, rules: Grading) -> list[Grade]:
    """Return a grade for each `unit` or `person` that has a product, in the order of their ids."""
    groups: dict[str | None, list[Product]] = {}
    for one in found:
        groups.setdefault(getattr(one, by), []).append(one)
    return [
        grade(who, groups[who], rules) for who in sorted(groups, key=lambda who: (who is None, who or ""))
    ]


def grade(who: str | None, found: Sequence[Product], rules: Grading) -> Grade:
    """Return the grade for some products, of which there is at least one."""
    quantity = Fraction(FULL * sum(1 for one in found if one.done), len(found))
    quality = Fraction(sum(one.quality(rules) for one in found), len(found))
    progress = Fraction(sum(one.progress(rules) for one in found), len(found))
    weights = rules.quantity + rules.quality + rules.progress
    total = rules.quantity * quantity + rules.quality * quality + rules.progress * progress
    total = total / weights if weights else Fraction(0)
    return Grade(
        who=who,
        products=tuple(found),
        quantity=quantity,
        quality=quality,
        progress=progress,
        total=total,
        words=grade_name(total, rules),
    )


def grade_name(total: Fraction, rules: Grading) -> str:
    """Return what a total is called."""
    for least, name in (
        (rules.excellent, "Hoàn thành xuất sắc nhiệm vụ"),
        (rules.good, "Hoàn thành tốt nhiệm vụ"),
        (rules.done, "Hoàn thành nhiệm vụ"),
    ):
        if total >= least:
            return name
    return "Không hoàn thành nhiệm vụ"


class _ItemVersion(msgspec.Struct, frozen=True):
    """The item after one of its events, from that event's day on."""

    day: date
    position: int
    item: Item


def product(
    events: Sequence[RecordedEvent], period: Period, today: date, rules_of: RulesOf
) -> Product | None:
    """Return what an item's events, known on a day, are in a period; None where they are no part of it."""
    lives = list(_item_versions(events))
    then = next((life.item for life in reversed(lives) if life.day <= period.end), None)
    if then is None or then.distribution:
        return None
    now = lives[-1].item
    done, rules = done_on(now), rules_of(done_on(now) or today)
    in_period = done if done and done <= period.end else None
    if not _is_in_period(now, in_period, period, today, rules):
        return None
    returns, due = dict(_defects(events)), _day(now.due)
    return Product(
        item=then.id,
        ref=then.ref,
        title=then.title,
        unit=then.lead,
        person=then.officer or now.submitted_by or then.submitted_by,
        due=due,
        last=deadline(due, rules) if due else None,
        done=in_period,
        handed_in=_handed_in(events, now) if in_period else None,
        defects=sum(returns.values()),
        returns=tuple(returns),
        delays=tuple(_delays(lives, done, today, rules)),
    )


def _item_versions(events: Sequence[RecordedEvent]) -> Iterator[_ItemVersion]:
    item: Item | None = None
    for event in events:
        item = evolve(item, event.stream.removeprefix("item-"), event)
        yield _ItemVersion(day_of(event.recordedtime), event.position, item)


def _is_in_period(item: Item, done: date | None, period: Period, today: date, rules: Settings) -> bool:
    """Tell whether an item belongs to a period in which it was `done`, or not."""
    due = _day(item.due)
    if due is None:
        return done is not None and period.begin <= done
    return period.begin <= due <= period.end and (done is not None or deadline(due, rules) < today)


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _handed_in(events: Sequence[RecordedEvent], item: Item) -> int | None:
    """Return the position of the submission that was accepted."""
    places = [
        event.position
        for event in events
        if event.type == NAMES[ItemSubmitted] and event.recordedtime == item.submitted_at
    ]
    return places[-1] if places else None


def _defects(events: Sequence[RecordedEvent]) -> Iterator[tuple[int, int]]:
    """Yield the position of each return for a failed quality, and how many defects it counts."""
    undone = {event.data["undoes"] for event in events if event.type == NAMES[ItemUndone]}
    for event in events:
        if event.type == NAMES[ItemReturned] and event.id not in undone and event.data["defects"]:
            yield event.position, event.data["defects"]


def _delays(lives: Sequence[_ItemVersion], done: date | None, today: date, rules: Settings) -> Iterator[int]:
    """Yield, for each due day that passed before the work was done, the position of what had set it.

    A day that was moved before it came, by an extension above all, excuses; one that is moved afterwards does
    not, and may pass again. Days on which the work rests do not pass.
    """
    set_by = {life.item.due: life.position for life in reversed(lives) if life.item.due}
    for due, position in sorted(set_by.items()):
        last = deadline(date.fromisoformat(due), rules)
        if last >= today or (done and done <= last):
            continue
        at_end = next((life.item for life in reversed(lives) if life.day <= last), None)
        if at_end and at_end.due == due and at_end.rests_since is None:
            yield position


def products(
    ws: Workspace, period: Period, today: date, at: int | None = None
) -> tuple[list[Product], Grading]:
    """Return the products of a period as they are known on a day, at its last position (None: now).

    With them come the rules that grade them: those in force when the period ended.
    """
    db, end = ws.read(), min(period.end, today)
    rules_of = cache(partial(settings.settings_of_day, db))
    newest = ws.log.size() if at is None else at
    then = min(newest, ws.log.position_before(end_of_day(end)))
    found = []
    for item in counts.items_due_between(db, period.begin, period.end, then):
        events = [event for event in ws.log.stream(stream_of(item)) if event.position <= newest]
        found.append(product(events, period, today, rules_of))
    return [one for one in found if one], rules_of(end).grading
