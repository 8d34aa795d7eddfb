"""An inspector's search over the communes of a province, and the ready questions asked of all of them."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Blueprint, g, render_template, request

from cchc_flow.audit.event_words import terms_of
from cchc_flow.audit.questions.catalogue import find_question, groups_of, offered_questions
from cchc_flow.audit.questions.parsing import default_values, parse_asked
from cchc_flow.errors import MissingData
from cchc_flow.projections import province
from cchc_flow.projections.province import ListedCommune
from cchc_flow.province.asking import Hearing, ask_communes
from cchc_flow.province.searching import ask_question, asker_of, search_words
from cchc_flow.web.log.questions import option_words
from cchc_flow.web.province.frame import commune_lender, in_province
from cchc_flow.workflow.shares import MOST_COUNTED
from cchc_flow.workspace import Workspace

bp = Blueprint("province_search", __name__, url_prefix="/<workspace>/province")
WORDS_LIMIT = 200
NOT_ASKED = ("after", "unit", "begin")
"""Parameters of a question on a commune's own pages, or of this page, that no commune is asked with."""
T = TypeVar("T")


@bp.get("/search")
@in_province()
def words() -> str:
    """Show where words stand in the communes: in items, and for inspectors in all their events."""
    typed = " ".join(request.args.get("q", "").split())
    wrong = _wrong_words(typed)
    hearing = None
    if typed and not wrong:
        hearing = _ask(search_words(g.ws, asker_of(g.person, g.ws), typed))
    return render_template(
        "province/search.html",
        typed=typed,
        wrong=wrong,
        reads_logs="inspector" in g.person.roles,
        most=MOST_COUNTED,
        **_hearing_context(hearing),
    )


@bp.get("/questions")
@in_province("inspector")
def questions() -> str:
    """Show the ready questions, by group."""
    return render_template("province/questions.html", groups=groups_of(offered_questions(g.ws, g.db)))


@bp.get("/questions/<question>")
@in_province("inspector")
def question(question: str) -> str:
    """Ask all communes a ready question, and show how many cases each has, with the newest of them."""
    offered = find_question(g.ws, g.db, question)
    given = request.args.items(multi=True)
    typed = [(name, value) for name, value in given if name not in NOT_ASKED and value]
    try:
        asked = parse_asked(offered.question, typed, {})
    except MissingData as error:
        return _render_question(offered, typed, error.fields, None, "")
    hearing = _ask(ask_question(g.ws, asker_of(g.person, g.ws), question, typed))
    return _render_question(offered, typed, {}, hearing, offered.question.rule_with(asked.given))


def _ask(ask: Callable[[Workspace], T]) -> Hearing[T]:
    return ask_communes(_communes_from(request.args.get("begin", "")), commune_lender(), ask)


def _communes_from(begin: str) -> Sequence[ListedCommune]:
    """Return the communes in the order of their names, from the one where the page begins."""
    communes = sorted(province.communes(g.db), key=lambda one: (one.name, one.code))
    place = next((place for place, one in enumerate(communes) if one.workspace == begin), 0)
    return communes[place:]


def _hearing_context(hearing: Hearing[Any] | None) -> dict[str, Any]:
    """Return what the templates show of a hearing: answers, silence, troubles, and where to go on."""
    if hearing is None:
        return {"hearing": None}
    answered = [heard for heard in hearing.heard if not heard.trouble]
    rest = hearing.unreached if hearing.heard else hearing.unreached[1:]
    return {
        "hearing": hearing,
        "answered": answered,
        "troubles": [heard for heard in hearing.heard if heard.trouble],
        "next": rest[0].workspace if rest else "",
        "given": {name: value for name, value in request.args.items() if name != "begin" and value},
    }


def _render_question(
    offered: Any, typed: list[tuple[str, str]], errors: dict[str, str], hearing: Any, rule: str
) -> str:
    return render_template(
        "province/question.html",
        offered=offered,
        question=offered.question,
        values=default_values(offered.question) | dict(typed),
        errors=errors,
        rule=rule,
        option_words=option_words,
        most=MOST_COUNTED,
        **_hearing_context(hearing),
    )


def _wrong_words(typed: str) -> str:
    """Return what is wrong with the words, "" if they can be looked for."""
    if len(typed) > WORDS_LIMIT:
        return f"Từ cần tìm dài quá {WORDS_LIMIT} ký tự. Hãy bỏ bớt."
    return "Từ cần tìm phải có chữ hoặc số." if typed and not terms_of(typed) else ""


words.section = "province_search.words"  # type: ignore[attr-defined]
questions.section = question.section = "province_search.questions"  # type: ignore[attr-defined]
