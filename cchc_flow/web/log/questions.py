"""Questions that are ready to ask: the list, and the answer to each; every answer has an address."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, g, render_template, request

from cchc_flow.audit import reads
from cchc_flow.audit.questions import tables
from cchc_flow.audit.questions.answering import Answer, count_hits, load_answer, reads_all
from cchc_flow.audit.questions.asked_files import record_table
from cchc_flow.audit.questions.catalogue import Offered, find_question, groups_of, offered_questions
from cchc_flow.audit.questions.parsing import (
    AFTER,
    SINCE,
    UNIT,
    UNTIL,
    Asked,
    default_values,
    key_words,
    parse_asked,
)
from cchc_flow.commands import Order, channels
from cchc_flow.errors import BadInput, MissingData
from cchc_flow.projections import directory
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import download
from cchc_flow.web.http.reading import record_read, record_search
from cchc_flow.web.log.events import for_auditors
from cchc_flow.workflow.typed_text import upper_first

bp = Blueprint("questions", __name__, url_prefix="/<workspace>/questions")


@bp.get("")
@for_auditors
def index() -> str:
    """Show the questions by group, each with the number of its hits as offered, where that is at hand."""
    offered = offered_questions(g.ws, g.db)
    counts = {one.name: count_hits(g.ws, one) for one in offered} if reads_all(g.db, g.reader) else {}
    return render_template("questions/index.html", groups=groups_of(offered), counts=counts)


@bp.get("/<question>")
@for_auditors
def show(question: str) -> str:
    """Show a question with its rule and parameters, and a page of its hits; wrong values are told instead."""
    offered, typed = find_question(g.ws, g.db, question), _typed_pairs()
    record_search(f"questions/{question}")
    try:
        asked = _parse(offered, typed)
    except MissingData as error:
        return _render(offered, typed, errors=error.fields)
    return _render(offered, typed, asked, load_answer(g.ws, offered, asked, g.reader))


@bp.post("/<question>/tables")
@for_auditors
def create_table(question: str) -> Response:
    """Send all hits as a table; what is taken out is recorded before.

    The page that has the form stays as it is, so each time is an order of its own, whatever id the form has.
    """
    offered, form = find_question(g.ws, g.db, question), request.form.get("format", "")
    if form not in tables.FORMATS:
        raise BadInput(f"Không có dạng bảng «{form[:20]}».", "Hãy chọn .xlsx hoặc .csv.")
    try:
        asked = _parse(offered, _typed_pairs(), without=(AFTER,))
    except MissingData as error:
        raise BadInput(str(error), "Hãy sửa câu hỏi rồi tải lại.") from error
    answer = load_answer(g.ws, offered, asked, g.reader, tables.MOST_ROWS)
    rule = offered.question.rule_with(asked.given)
    content = tables.write_table(form, offered.question.title, rule, answer, g.ws.title)
    order = Order(g.person.id, g.ws.new_id(), channel=channels.WEB)
    record_table(g.ws, order, form, offered, asked, answer, content)
    record_read(reads.EXPORTED, reads.search_thing(f"questions/{question}", request.args))
    return download(content, f"{g.ws.name}-cau-hoi-{question}.{form}", tables.FORMATS[form])


def _typed_pairs() -> list[tuple[str, str]]:
    """Return what stands in the address; what begins with «_» is the browser's own."""
    return [pair for pair in request.args.items(multi=True) if not pair[0].startswith("_")]


def _parse(offered: Offered, typed: Iterable[tuple[str, str]], without: tuple[str, ...] = ()) -> Asked:
    units = {unit.id: unit.name for unit in directory.units(g.db)}
    return parse_asked(offered.question, [pair for pair in typed if pair[0] not in without], units)


def _render(
    offered: Offered,
    typed: Iterable[tuple[str, str]],
    asked: Asked | None = None,
    answer: Answer | None = None,
    errors: dict[str, str] | None = None,
) -> str:
    values: dict[str, Any] = default_values(offered.question) | {key: value for key, value in typed if value}
    parameters = {key: value for key, value in typed if key != AFTER and value.strip()}
    context = {
        "offered": offered,
        "question": offered.question,
        "rule": offered.question.rule_with(asked.given) if asked else "",
        "answer": answer,
        "errors": errors or {},
        "fields": {*default_values(offered.question), SINCE, UNTIL, UNIT},
        "values": values,
        "parameters": parameters,
        "next": parameters | {AFTER: key_words(answer.after)} if answer and answer.after else None,
        "units": sorted(((unit.id, unit.name) for unit in directory.units(g.db)), key=lambda pair: pair[1]),
        "option_words": option_words,
    }
    return htmx.page_or_fragment("questions/show.html", "questions/_answer.html", **context)


def option_words(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return a parameter's choices as a list shows them: they are written as parts of the rule's sentence."""
    return [(value, upper_first(title.rstrip(","))) for value, title in choices]
