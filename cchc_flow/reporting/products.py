"""The products of a period: what was due or done in it, by whom, how well, and the events that say so.

A product is graded once, in the period of its due day; without a due day, in the period in which it was done.
Whose work it is depends on who led it when the period ended. When it was due, and whether it was done,
depend on all that is known on the day of the grading: a late review costs nobody a point, and a late
extension moves the product, with its delay, to the period of the new due day. While a period is running, an
unfinished product counts from the day after its deadline. What is late is decided as for the counts: by the
settings of the day on which the product was done, else of today. Its weight too is that of the day of the
grading: products are converted when work is given out, and corrected until the grades are decided.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial

import msgspec

from cchc_flow.commands.streams import stream_of
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import settings
from cchc_flow.projections.cards import counts
from cchc_flow.workflow.calendar import day_of, deadline, end_of_day
from cchc_flow.workflow.events import NAMES, ItemReturned, ItemSubmitted, ItemUndone, ItemWeighted
from cchc_flow.workflow.item import Item, done_on, evolve
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.settings.values import Grading, Settings
from cchc_flow.workspace import Workspace

FULL = 100
RulesOf = Callable[[date], Settings]


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work, with its due day, its deadline (`last`), the day it was done, and what costs points.

    `handed_in` is the position of the accepted submission, `returns` are those of the returns for defects,
    `delays` those of the events that had set the missed due days. `defects` is the number of all defects.
    By Nghị định 335/2025/NĐ-CP it counts as `weight` products, as the event at the position `weighed` says.
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
    weight: Decimal = Decimal(1)
    weighed: int | None = None

    def quality(self, rules: Grading) -> int:
        """Return the points for quality, 0 to 100: each defect costs some; work that is not done has none."""
        return max(0, FULL - rules.loss * self.defects) if self.done else 0

    def progress(self, rules: Grading) -> int:
        """Return the points for progress, 0 to 100: each delay costs some.

        By the decree work that is not done has none; the former formula left it what its delays did not cost.
        """
        if rules.by_decree and not self.done:
            return 0
        return max(0, FULL - rules.loss * len(self.delays))


class _ItemVersion(msgspec.Struct, frozen=True):
    """The item after one of its events: its state from that event's day on."""

    day: date
    position: int
    item: Item


def product(
    events: Sequence[RecordedEvent], period: Period, today: date, rules_of: RulesOf
) -> Product | None:
    """Return an item's product in a period, as known today from its events; None if it has none there."""
    versions = list(_item_versions(events))
    then = next((version.item for version in reversed(versions) if version.day <= period.end), None)
    if then is None or then.distribution:
        return None
    now = versions[-1].item
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
        handed_in=_accepted_submission(events, now) if in_period else None,
        defects=sum(returns.values()),
        returns=tuple(returns),
        delays=tuple(_delays(versions, done, today, rules)),
        weight=Decimal(now.weight),
        weighed=_last_weighing(events),
    )


def _item_versions(events: Sequence[RecordedEvent]) -> Iterator[_ItemVersion]:
    item: Item | None = None
    for event in events:
        item = evolve(item, event.stream.removeprefix("item-"), event)
        yield _ItemVersion(day_of(event.recordedtime), event.position, item)


def _is_in_period(item: Item, done: date | None, period: Period, today: date, rules: Settings) -> bool:
    """Tell whether an item, `done` on a day or not, is graded in a period."""
    due = _day(item.due)
    if due is None:
        return done is not None and period.begin <= done
    return period.begin <= due <= period.end and (done is not None or deadline(due, rules) < today)


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _accepted_submission(events: Sequence[RecordedEvent], item: Item) -> int | None:
    """Return the position of the submission that was accepted, None if it is not in the events."""
    positions = [
        event.position
        for event in events
        if event.type == NAMES[ItemSubmitted] and event.recordedtime == item.submitted_at
    ]
    return positions[-1] if positions else None


def _last_weighing(events: Sequence[RecordedEvent]) -> int | None:
    """Return the position of the event that set the weight in force, None if none ever did."""
    return max((event.position for event in events if event.type == NAMES[ItemWeighted]), default=None)


def _defects(events: Sequence[RecordedEvent]) -> Iterator[tuple[int, int]]:
    """Yield the position of each return with defects, and their number; undone returns are left out."""
    undone = {event.data["undoes"] for event in events if event.type == NAMES[ItemUndone]}
    for event in events:
        if event.type == NAMES[ItemReturned] and event.id not in undone and event.data["defects"]:
            yield event.position, event.data["defects"]


def _delays(
    versions: Sequence[_ItemVersion], done: date | None, today: date, rules: Settings
) -> Iterator[int]:
    """Yield, for each due day that was missed, the position of the event that had set it.

    A due day that was moved before its deadline, as by an extension, is not missed; one that is moved later
    is, and the new one may be missed again. While work is suspended, no due day is missed.
    """
    set_by = {version.item.due: version.position for version in reversed(versions) if version.item.due}
    for due, position in sorted(set_by.items()):
        last = deadline(date.fromisoformat(due), rules)
        if last >= today or (done and done <= last):
            continue
        at_end = next((version.item for version in reversed(versions) if version.day <= last), None)
        if at_end and at_end.due == due and at_end.rests_since is None:
            yield position


def products(
    ws: Workspace, period: Period, today: date, at: int | None = None
) -> tuple[list[Product], Grading]:
    """Return the products of a period as known today up to a position (None: now), and their grading rules.

    The rules are those in force at the end of the period; for one that ended before the workspace began,
    those that it began with.
    """
    db, end = ws.read(), min(period.end, today)
    rules_of = cache(partial(settings.settings_of_day, db))
    newest = ws.log.size() if at is None else at
    then = min(newest, ws.log.position_before(end_of_day(end)))
    candidates = []
    for item in counts.items_due_between(db, period.begin, period.end, then):
        events = [event for event in ws.log.stream(stream_of(item)) if event.position <= newest]
        candidates.append(product(events, period, today, rules_of))
    graded = [candidate for candidate in candidates if candidate]
    return graded, rules_of(day_of_rules(ws, period, today)).grading


def day_of_rules(ws: Workspace, period: Period, today: date) -> date:
    """Return the day whose settings grade a period, as known today."""
    return max(min(period.end, today), day_of(ws.log.event(1).recordedtime))
