"""Asks a question that is ready, as the inspector or another reader does."""

from support.world import World

from cchc_flow import commands
from cchc_flow.audit.questions.answering import Answer, load_answer
from cchc_flow.audit.questions.catalogue import find_question
from cchc_flow.audit.questions.parsing import parse_asked
from cchc_flow.projections import directory
from cchc_flow.projections.reading import reader_of
from cchc_flow.workspace import Workspace


def ask(ws: Workspace, name: str, reader: str | None = None, limit: int = 50, **typed: object) -> Answer:
    """Return the answer to a question, with parameters as they are typed."""
    db = ws.read()
    offered = find_question(ws, db, name)
    words = {key.rstrip("_").replace("__", "-"): str(value) for key, value in typed.items()}
    units = {unit.id: unit.name for unit in directory.units(db)}
    asked = parse_asked(offered.question, words.items(), units)
    return load_answer(ws, offered, asked, reader_of(db, reader) if reader else None, limit)


def words_of(answer: Answer) -> list[str]:
    """Return what the hits of an answer say."""
    return [hit.words for hit in answer.hits]


def add_officer(world: World, login: str, unit: str, role: str = "officer") -> None:
    """Add a person who works in a unit."""
    commands.add_person(world.ws, login, login.capitalize(), None, unit, world.order())
    commands.grant_role(world.ws, login, role, world.order())
