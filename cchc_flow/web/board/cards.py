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
from cchc_flow.web.board.brief_names import Name, person_names, unit_names
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
    `unit` is the short name of who has the work. `brief_unit`, `brief_person` (while it is not done) and
    `brief_due` say it in the few letters that a narrow column has room for, `hands` and `badge` in full.
    """

    id: str
    title: str
    full_title: str
    ref: str
    lane: str
    version: int
    area: AreaMark
    unit: str
    brief_unit: str
    brief_person: str
    hands: str
    due: str
    brief_due: str
    badge: Badge
    progress: int


class CardContext(msgspec.Struct, frozen=True):
    """What is needed to show cards, loaded once for all: the day, names, who is there, the areas' marks.

    `area_marks` has a mark for each (plan, area code), `kind_marks` for each register: it belongs to one area
    in every plan. `crew` is None for the board of a past day, which tells of nobody's absence.
    """

    today: date
    soon: int
    units: Mapping[str, Name]
    people: Mapping[str, Name]
    crew: Crew | None
    area_marks: Mapping[tuple[str | None, str | None], AreaMark]
    kind_marks: Mapping[str, AreaMark]
    views: dict[Card, CardView]
    """The cards that were shown with this context before."""


@kept_until_event_of("directory")
def _directory_names(db: Database) -> tuple[dict[str, Name], dict[str, Name]]:
    """Return the names of units and of people, by their ids."""
    return unit_names(directory.units(db)), person_names(directory.people(db))


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
    units, people = _directory_names(db)
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
    unit, badge = _unit_of(card, context), full_badge(card, context.today, context.soon)
    person, stand_in = (
        Name() if card.done else _name(context.people, card.holder),
        _stand_in_of(card, context),
    )
    in_full = f"{person.full} (thay: {stand_in.full})" if person.full and stand_in.full else person.full
    progress = 0 if card.done else card.progress
    return CardView(
        id=card.id,
        title=short_title(card.title),
        full_title=card.title if len(card.title) > SHORT_TITLE else "",
        ref=_short_place(card, context.today),
        lane=card.lane,
        version=card.state_version,
        area=context.kind_marks.get(card.kind)
        or context.area_marks.get((card.plan, card.area), NO_AREA_MARK),
        unit=unit.short,
        brief_unit=unit.brief,
        brief_person=f"→{stand_in.brief}" if person.full and stand_in.full else person.brief,
        hands=" · ".join(filter(None, (unit.full, in_full))),
        due=card.deadline or "",
        brief_due=_brief_due(card, badge, context.today),
        badge=_short_badge(badge, context.today),
        progress=progress,
    )


def _name(names: Mapping[str, Name], one: str | None) -> Name:
    return names.get(one or "", Name())


def _brief_due(card: Card, badge: Badge, today: date) -> str:
    """Return the due day between the signs of how it stands: «←!15/3+» is late, returned, to be extended."""
    day = brief_day(date.fromisoformat(card.deadline), today) if card.deadline and badge.words else ""
    signs = "←" if card.returned else "", SIGNS.get(badge.kind, ""), day, "+" if card.asked else ""
    return "".join(signs)


def brief_day(day: date, today: date) -> str:
    """Return a day as officials write it, in few figures: 15/3 and 05/02, with its year if not this one."""
    year = "" if day.year == today.year else f"/{day.year % 100:02}"
    return f"{day.day:02}/{day.month:{'02' if day.month < 3 else ''}}{year}"


def _short_place(card: Card, today: date) -> str:
    """Return the reference of a card, with the period of a part in its shortest form."""
    period = periods.parse(card.period).short_words(today.year) if card.parent and card.period else ""
    return " · ".join(filter(None, (card.ref, period.removeprefix("năm "))))


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


def _unit_of(card: Card, context: CardContext) -> Name:
    """Return the name of the unit that has the work, or that the plan suggests for it.

    A whole has many: in brief it says rather how many of its parts wait for a decision.
    """
    if card.whole:
        return Name(MANY, MANY, card.waiting or "Nhiều ĐV")
    if card.lead and card.lead in context.units:
        return context.units[card.lead]
    suggested = _name(context.units, card.suggested_lead)
    return (
        Name(*(f"Gợi ý: {name}" for name in msgspec.structs.astuple(suggested)))
        if suggested.full
        else suggested
    )


def _stand_in_of(card: Card, context: CardContext) -> Name:
    """Return the name of who does open work instead of its holder today, an empty one for nobody."""
    if card.holder is None or card.done or card.final or context.crew is None:
        return Name()
    return _name(context.people, find_hands_of(card.holder, card.lead, context.crew).stand_in)


def leaving_words(db: Database, card: Card, query: BoardQuery) -> str:
    """Return why a card leaves a board, where its filters hide it; "" where its new state has no column."""
    if not queries.is_shown(db, card, query.whole, query.today):
        return ""
    return "Công việc không còn khớp bộ lọc nên đã rời khỏi bảng này."


MANY = "Nhiều đơn vị"
SIGNS = {"late": "!", "done_in_time": "✓", "done_late": "✓!"}
"""What stands before a due day beside its colour, since not everybody sees colours."""
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
