"""What a card shows: a short name of the unit, label and colour of the area, the due day as a badge."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec
from flask import current_app
from markupsafe import Markup
from sqlite_utils import Database

from cchc_flow.hookspecs import Area
from cchc_flow.plugin_host.contributions import areas, recognise_area, register_areas
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory, plans, settings
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card, full_badge
from cchc_flow.projections.memory import kept_at_position, kept_until_event_of, newest_position
from cchc_flow.projections.unit_names import short_unit_name
from cchc_flow.web.board.query import BoardQuery
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.hands import AUDIT_KIND, FINDING_KIND, Crew, find_hands_of

SHORT_TITLE = 80
MOST_VIEWS = 16_384
"""How many cards are kept as they are shown."""


class AreaMark(msgspec.Struct, frozen=True):
    """How an area is marked: `style` is a class of `area_styles`."""

    style: str
    label: str
    title: str


class CardView(msgspec.Struct, frozen=True):
    """A card as the board shows it; `due` is the ISO day of the deadline or empty, `progress` in percent.

    A title that is too long is cut, and `full_title` has all of it; `ref` is the place in the plan in short.
    `person` is the short name of who has the work in hand, while it is not done; `stand_in` that of who does
    it instead today.
    """

    id: str
    title: str
    full_title: str
    ref: str
    lane: str
    version: int
    area: AreaMark
    unit: str
    person: str
    stand_in: str
    due: str
    badge: Badge
    progress: int

    @property
    def doer(self) -> str:
        """The unit and the person, with who does the work instead."""
        person = f"{self.person} (thay: {self.stand_in})" if self.person and self.stand_in else self.person
        return " · ".join(filter(None, (self.unit, person)))

    @property
    def due_words(self) -> str:
        """The badge in the fewest words, since a column may be 12 rem wide: a day alone is the due day."""
        words, dot, more = self.badge.words.partition(" · ")
        return (
            FEWEST_WORDS.get(words, words.removeprefix("Hạn ") if words[-1:].isdigit() else words)
            + dot
            + more
        )


class CardContext(msgspec.Struct, frozen=True):
    """What is needed to show cards, loaded once for all: the day, names, who is there, the areas' marks.

    `area_marks` has a mark for each (plan, area code), `kind_marks` for each register: it belongs to one area
    in every plan. `crew` is None for the board of a past day, which tells of nobody's absence.
    """

    today: date
    soon: int
    units: dict[str, str]
    people: dict[str, str]
    crew: Crew | None
    area_marks: Mapping[tuple[str | None, str | None], AreaMark]
    kind_marks: Mapping[str, AreaMark]
    views: dict[Card, CardView]
    """The cards that were shown with this context before."""


def _unit_words(unit: directory.Unit) -> str:
    return short_unit_name(unit) if unit.active else f"{short_unit_name(unit)} (đã giải thể)"


@kept_until_event_of("directory")
def _short_names(db: Database) -> tuple[dict[str, str], dict[str, str]]:
    """Return the short names of units and of people, by their ids."""
    units = {unit.id: _unit_words(unit) for unit in directory.units(db)}
    return units, {person.id: short_person_name(person.name) for person in directory.people(db)}


def short_person_name(name: str) -> str:
    """Return a name as people know each other by it, the given name last: «T.T. Lan» for Trần Thị Lan."""
    *others, given = name.split() or [""]
    initials = "".join(f"{word[0]}." for word in others)
    return f"{initials} {given}".strip()


def load_card_context(db: Database, plugins: Plugins, today: date, at: int | None = None) -> CardContext:
    """Load what is needed to show the cards of a day, with the settings as of a log position (None: now).

    What is needed now is kept, with the cards as they were shown, until something changes on which it rests.
    """
    if at is not None:
        return _card_context(db, plugins, today, at)
    stamp = today, *(newest_position(db, family) for family in ("directory", "plan", "settings", "plugin"))
    context: CardContext = kept_at_position(
        db, load_card_context, stamp, lambda: _card_context(db, plugins, today, None)
    )
    return context


def _card_context(db: Database, plugins: Plugins, today: date, at: int | None) -> CardContext:
    area_marks: dict[tuple[str | None, str | None], AreaMark]
    area_marks = {
        (area.plan, area.code): area_mark(area.code, area.title, plugins) for area in plans.areas(db)
    }
    soon = settings.effective_settings(db, at).deadlines.soon
    units, people = _short_names(db)
    crew = directory.crew(db, today) if at is None else None
    kind_marks = KIND_MARKS | {
        kind: plugin_area_mark(area, plugins) for kind, area in register_areas(plugins).items()
    }
    return CardContext(today, soon, units, people, crew, area_marks, kind_marks, {})


def area_mark(code: str, title: str, plugins: Plugins) -> AreaMark:
    """Return the mark of a plan's area: its plugin's label, or its number if no plugin knows the title."""
    plugin_areas = areas(plugins)
    plugin_area = recognise_area(title, plugin_areas)
    if plugin_area is None:
        return AreaMark("a-none", code, title)
    return AreaMark(f"a-{plugin_areas.index(plugin_area)}", plugin_area.label, title)


def plugin_area_mark(area: Area, plugins: Plugins) -> AreaMark:
    """Return the mark of a plugin's area, under the title that the plugin gives it."""
    return AreaMark(f"a-{areas(plugins).index(area)}", area.label, area.title)


def area_styles(plugins: Plugins) -> str:
    """Return the CSS with each area's colour; the content security policy forbids styles inside a page."""
    return "\n".join(f".a-{number}{{--area:{area.colour}}}" for number, area in enumerate(areas(plugins)))


def card_view(card: Card, context: CardContext) -> CardView:
    """Return a card as it is shown on the context's day."""
    view = context.views.get(card)
    if view is None:
        if len(context.views) >= MOST_VIEWS:
            context.views.clear()
        view = context.views[card] = _card_view(card, context)
    return view


def _card_view(card: Card, context: CardContext) -> CardView:
    return CardView(
        id=card.id,
        title=short_title(card.title),
        full_title=card.title if len(card.title) > SHORT_TITLE else "",
        ref=_short_place(card, context.today),
        lane=card.lane,
        version=card.state_version,
        area=context.kind_marks.get(card.kind)
        or context.area_marks.get((card.plan, card.area), NO_AREA_MARK),
        unit=_unit_of(card, context),
        person="" if card.done else context.people.get(card.holder or "", ""),
        stand_in=_stand_in_of(card, context),
        due=card.deadline or "",
        badge=_short_badge(full_badge(card, context.today, context.soon), context.today),
        progress=0 if card.done else card.progress,
    )


def _short_place(card: Card, today: date) -> str:
    """Return the reference of a card, with the period of a part in its shortest form."""
    period = periods.parse(card.period).short_words(today.year) if card.parent and card.period else ""
    return " · ".join(filter(None, (card.ref, period)))


def _short_badge(badge: Badge, today: date) -> Badge:
    """Return a badge in fewer words: without the year, if that is this one."""
    words = re.sub(rf"(\d\d/\d\d)/{today.year}", r"\1", badge.words)
    return Badge(badge.kind, words.replace("Quá hạn", "Trễ", 1) if badge.kind == "late" else words)


def drawn_cards(cards: Sequence[CardView], is_past: bool, root: str) -> Markup:
    """Return the HTML of some cards, the same for all who read them."""
    return Markup("").join(_drawn_card(card, is_past, root) for card in cards)


@lru_cache(MOST_VIEWS)
def _drawn_card(card: CardView, is_past: bool, root: str) -> Markup:
    """Return the HTML of a card; drawing it takes longer than finding it."""
    macros = current_app.jinja_env.get_template("board/_card.html").module
    return Markup(macros.draw(card, is_past, root))  # type: ignore[attr-defined]  # noqa: S704  # nosec B704  # escaped there


def _unit_of(card: Card, context: CardContext) -> str:
    """Return the short name of the unit that has the work, or that the plan suggests for it."""
    if card.whole:
        return "Nhiều đơn vị"
    suggested = context.units.get(card.suggested_lead or "", "")
    return context.units.get(card.lead or "", f"Gợi ý: {suggested}" if suggested else "")


def _stand_in_of(card: Card, context: CardContext) -> str:
    """Return the short name of who does open work instead of its holder today; "" if the holder does it."""
    if card.holder is None or card.done or card.final or context.crew is None:
        return ""
    instead = find_hands_of(card.holder, card.lead, context.crew).stand_in
    return context.people.get(instead or "", "")


def leaving_words(db: Database, card: Card, query: BoardQuery) -> str:
    """Return why a card leaves a board, where its filters hide it; "" where its new state has no column."""
    if not queries.is_shown(db, card, query.whole, query.today):
        return ""
    return "Công việc không còn khớp bộ lọc nên đã rời khỏi bảng này."


FEWEST_WORDS = {"Xong đúng hạn": "Đúng hạn", "Xong quá hạn": "Xong trễ"}
NO_AREA_MARK = AreaMark("a-none", "–", "Không thuộc lĩnh vực nào")  # shown as a dash
KIND_MARKS = {
    "report": AreaMark("a-none", "BC", "Báo cáo định kỳ"),
    AUDIT_KIND: AreaMark("a-none", "KT", "Cuộc kiểm tra theo quyết định"),
    FINDING_KIND: AreaMark("a-none", "PH", "Phát hiện khi kiểm tra"),
}
"""The marks of kind_marks that belong to no area."""


def short_title(title: str) -> str:
    """Return the title, cut between words if it is longer than 80 characters."""
    if len(title) <= SHORT_TITLE:
        return title
    return title[:SHORT_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
