"""What a card shows: short words for the unit, a label and a colour for the area, the due day as a badge."""

from collections.abc import Mapping
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.hookspecs import Area
from cchc_flow.plugin_host.contributions import areas, recognise_area, register_areas
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory, plans, settings
from cchc_flow.projections.cards.queries import Card, due_badge
from cchc_flow.projections.unit_names import short_unit_name
from cchc_flow.workflow.calendar import Badge

SHORT_TITLE = 80


class AreaMark(msgspec.Struct, frozen=True):
    """How an area is marked: `style` is a class of `areas.css`."""

    style: str
    label: str
    title: str


class CardView(msgspec.Struct, frozen=True):
    """A card in the words that it shows.

    `due` is the last day in time or empty, `progress` 0 when there is none.
    """

    id: str
    title: str
    ref: str
    lane: str
    version: int
    area: AreaMark
    unit: str
    due: str
    badge: Badge
    progress: int


class CardContext(msgspec.Struct, frozen=True):
    """What drawing needs to know besides the cards: the day, the units' short names, the areas' looks.

    `kinds` are the looks of registers, which belong to an area whatever the plan says.
    """

    today: date
    soon: int
    units: dict[str, str]
    looks: Mapping[tuple[str | None, str | None], AreaMark]
    kinds: Mapping[str, AreaMark]


def load_card_context(db: Database, plugins: Plugins, today: date, at: int | None = None) -> CardContext:
    """Return the desk for a day, with the settings as of a position."""
    looks: dict[tuple[str | None, str | None], AreaMark]
    looks = {(area.plan, area.code): area_mark(area.code, area.title, plugins) for area in plans.areas(db)}
    soon = settings.effective_settings(db, at).deadlines.soon
    units = {unit.id: short_unit_name(unit) for unit in directory.units(db)}
    kinds = KIND_MARKS | {
        kind: plugin_area_mark(area, plugins) for kind, area in register_areas(plugins).items()
    }
    return CardContext(today, soon, units, looks, kinds)


def area_mark(code: str, title: str, plugins: Plugins) -> AreaMark:
    """Return how an area is marked: its plugin's label, or its number in the plan when no plugin knows it."""
    known = areas(plugins)
    found = recognise_area(title, known)
    if found is None:
        return AreaMark("a-none", code, title)
    return AreaMark(f"a-{known.index(found)}", found.label, title)


def plugin_area_mark(area: Area, plugins: Plugins) -> AreaMark:
    """Return how an area marks what is its own, whatever the plan calls it."""
    return AreaMark(f"a-{areas(plugins).index(area)}", area.label, area.title)


def style_sheet(plugins: Plugins) -> str:
    """Return the CSS that gives each area its colour: pages may carry no style of their own."""
    return "\n".join(f".a-{number}{{--area:{area.colour}}}" for number, area in enumerate(areas(plugins)))


def card_view(card: Card, desk: CardContext) -> CardView:
    """Return a card as it is shown on the desk's day."""
    return CardView(
        id=card.id,
        title=short_title(card.title),
        ref=card.place,
        lane=card.lane,
        version=card.state_version,
        area=desk.kinds.get(card.kind) or desk.looks.get((card.plan, card.area), NO_AREA_MARK),
        unit="Nhiều đơn vị" if card.whole else desk.units.get(card.lead or "", ""),
        due=card.deadline or "",
        badge=_due_badge(card, desk),
        progress=0 if card.done else card.progress,
    )


def _due_badge(card: Card, desk: CardContext) -> Badge:
    """Return how the due day reads, with the request that waits for whom decides on it."""
    found = due_badge(card, desk.today, desk.soon)
    if card.asked is None:
        return found
    return Badge(found.kind, f"{found.words} · {'có phần ' if card.whole else ''}xin gia hạn")


NO_AREA_MARK = AreaMark("a-none", "–", "Không thuộc lĩnh vực nào")  # a dash for nothing
KIND_MARKS = {"report": AreaMark("a-none", "BC", "Báo cáo định kỳ")}
"""How kinds are marked that belong to no area."""


def short_title(title: str) -> str:
    """Return the title, cut between words when it is longer than a card can hold."""
    if len(title) <= SHORT_TITLE:
        return title
    return title[:SHORT_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
