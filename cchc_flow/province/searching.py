"""What somebody of a province looks for in its communes: words, and the ready questions of inspectors.

What is looked for in a commune is entered in its log of reads, as if it had been asked on its own pages.
"""

from collections.abc import Callable, Iterable

import msgspec

from cchc_flow.audit import reads
from cchc_flow.audit.questions.answering import ShownHit, load_answer
from cchc_flow.audit.questions.catalogue import find_question
from cchc_flow.audit.questions.parsing import parse_asked
from cchc_flow.audit.trail import Row, load_page
from cchc_flow.commands import provinces
from cchc_flow.errors import NotAllowed
from cchc_flow.projections.cards.word_hits import WordHits, find_by_words
from cchc_flow.projections.directory import Person
from cchc_flow.projections.reading import reader_of_person
from cchc_flow.projections.trail import TrailSearch
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.events import ProvinceVisited
from cchc_flow.workflow.policy import may_read_log
from cchc_flow.workflow.provinces import reading_roles, visitor_id
from cchc_flow.workspace import Workspace

SHOWN = 3
"""How many items of a kind, events or cases of each commune stand on the page."""


class Asker(msgspec.Struct, frozen=True):
    """Who of a province asks: the person as its communes name it, and the roles there."""

    person: Person
    roles: frozenset[str]


class WordsFound(msgspec.Struct, frozen=True):
    """What has the words in a commune: items by kind, and the newest events for who may read the log.

    `events` is how many events there are, more than 1,000 when they were not all counted; `is_whole` tells
    that all of them were looked at.
    """

    items: tuple[WordHits, ...]
    rows: tuple[Row, ...]
    events: int
    is_whole: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found."""
        return not self.items and not self.rows


class CasesFound(msgspec.Struct, frozen=True):
    """The cases that answer a question in a commune: the newest ones, and how many there are."""

    hits: tuple[ShownHit, ...]
    total: int
    remarks: tuple[str, ...]


def asker_of(person: Person, its_province: Workspace) -> Asker:
    """Return a person of a province as who asks its communes; raise NotAllowed without a role that reads."""
    roles = reading_roles(person.roles)
    if not roles:
        raise NotAllowed(
            "Bạn không có vai trò xem các xã.",
            "Việc này do đầu mối, lãnh đạo hoặc kiểm tra của tỉnh thực hiện.",
        )
    there = Person(visitor_id(person.id, its_province.name), person.name, person.title, None, True, roles)
    return Asker(there, person.roles)


def search_words(its_province: Workspace, asker: Asker, words: str) -> Callable[[Workspace], WordsFound]:
    """Return what finds words in a commune; it raises NotAllowed for one that the province may not read."""

    def ask(ws: Workspace) -> WordsFound:
        _enter(ws, its_province, asker, reads.search_thing("events", {"q": words}))
        with ws.snapshot() as db:
            reader = reader_of_person(db, asker.person)
            items = tuple(find_by_words(db, words, reader, local_day(ws.now()), SHOWN))
            if not may_read_log(asker.person.roles):
                return WordsFound(items, (), 0, is_whole=True)
            page = load_page(ws, TrailSearch(words=words), reader)
            is_whole = page.found.oldest == 1 and page.found.indexed is None
            return WordsFound(items, page.rows[:SHOWN], page.found.count(), is_whole)

    return ask


def ask_question(
    its_province: Workspace, asker: Asker, name: str, typed: Iterable[tuple[str, str]]
) -> Callable[[Workspace], CasesFound]:
    """Return what asks a commune a ready question, with what was typed for its parameters.

    It raises NotFound where the commune does not have the question (an area is switched off there).
    """
    pairs = tuple(typed)

    def ask(ws: Workspace) -> CasesFound:
        _enter(ws, its_province, asker, f"questions/{name}")
        with ws.snapshot() as db:
            offered = find_question(ws, db, name)
            asked = parse_asked(offered.question, pairs, {})
            answer = load_answer(ws, offered, asked, reader_of_person(db, asker.person), SHOWN)
            return CasesFound(answer.hits, answer.total, answer.remarks)

    return ask


def _enter(ws: Workspace, its_province: Workspace, asker: Asker, thing: str) -> None:
    """Enter a commune as its reader: it sees who looks for what. Raise NotAllowed where it is not open."""
    if not provinces.belongs_to(ws, its_province):
        raise NotAllowed("Xã chưa tham gia tỉnh, hoặc đã rời.")
    event = ProvinceVisited(
        person=asker.person.id,
        name=asker.person.name,
        title=asker.person.title,
        roles=tuple(sorted(asker.roles)),
    )
    provinces.try_to_note_visitor(ws, event)
    reads.record_read(ws, asker.person.id, reads.SEARCHED, thing)
