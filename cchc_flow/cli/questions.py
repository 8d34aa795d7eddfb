"""The command that asks a question that is ready, or lists them all with their parameters."""

import json
from collections.abc import Iterator

import click

from cchc_flow.audit.questions.answering import Answer, ShownHit, load_all_hits, load_answer
from cchc_flow.audit.questions.catalogue import Offered, find_question, groups_of, offered_questions
from cchc_flow.audit.questions.parsing import AFTER, key_words, parse_asked
from cchc_flow.cli.context import Context, pass_context
from cchc_flow.errors import BadInput, MissingData
from cchc_flow.projections import directory
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.shares import count_words
from cchc_flow.workspace import Workspace


@click.command("ask")
@click.argument("name", required=False, metavar="[CÂU_HỎI]")
@click.option("--param", "typed", multiple=True, metavar="TÊN=GIÁ_TRỊ", help="Tham số; dùng được nhiều lần.")
@click.option("--json", "wants_json", is_flag=True, help="In mọi trường hợp, thành một mảng JSON.")
@pass_context
def ask(context: Context, name: str | None, typed: tuple[str, ...], wants_json: bool) -> None:
    """Hỏi một câu hỏi có sẵn của người kiểm tra; không có tên thì liệt kê các câu hỏi và tham số."""
    ws = context.open()
    if name is None:
        click.echo("\n".join(_listing(ws)))
        return
    offered = find_question(ws, ws.read(), name)
    units = {unit.id: unit.name for unit in directory.units(ws.read())}
    try:
        asked = parse_asked(offered.question, map(_pair, typed), units)
    except MissingData as error:
        raise BadInput(str(error)) from error
    if wants_json:
        hits = load_all_hits(ws, offered, asked, context.reader(ws))
        click.echo(json.dumps([_as_json(hit) for hit in hits], ensure_ascii=False, indent=1))
    else:
        answer = load_answer(ws, offered, asked, context.reader(ws))
        click.echo("\n".join(_lines(offered.question.rule_with(asked.given), answer)))


def _pair(words: str) -> tuple[str, str]:
    """Return the name and the value of a parameter; raise BadInput for what is none."""
    name, equals, value = words.partition("=")
    if not equals:
        raise BadInput(f"Tham số «{words}» thiếu giá trị.", "Hãy ghi như --param days=3.")
    return name.strip(), value


def _listing(ws: Workspace) -> Iterator[str]:
    """Yield the questions by group, each with its parameters and their defaults."""
    for group, questions in groups_of(offered_questions(ws, ws.read())).items():
        yield group
        for one in questions:
            yield f"  {one.name}: {one.question.title}"
            yield from (f"      {words}" for words in _parameters(one))


def _parameters(offered: Offered) -> Iterator[str]:
    for one in offered.question.parameters:
        bounds = ", ".join(key for key, _ in one.choices) or f"{one.low} đến {one.high} {one.unit}".strip()
        yield f"{one.key}={one.default}  {one.title}: {bounds}"


def _lines(rule: str, answer: Answer) -> Iterator[str]:
    yield f"Quy tắc: {rule}"
    yield from answer.remarks
    yield f"{count_words(answer.total).capitalize()} trường hợp."
    for hit in answer.hits:
        yield f"{hit.position:>7}  {moment_words(hit.time)}  {hit.who}".rstrip()
        yield f"         {hit.words}"
        yield from (f"         {card.ref or card.id} {card.title}" for card in hit.cards)
        if hit.more_cards:
            yield f"         và {count_words(hit.more_cards)} công việc khác"
        more = f" và {count_words(hit.more_links)} sự kiện trước đó" if hit.more_links else ""
        yield f"         sự kiện: {', '.join(str(link.position) for link in hit.links)}{more}"
    if answer.after:
        further = f"--param {AFTER}={key_words(answer.after)}"
        yield f"Còn nữa: thêm {further} để xem tiếp, hoặc thêm --json để in tất cả."


def _as_json(hit: ShownHit) -> dict[str, object]:
    return {
        "position": hit.position,
        "time": hit.time,
        "who": hit.who,
        "unit": hit.unit,
        "words": hit.words,
        "items": hit.items,
        "events": hit.behind,
    }


COMMANDS = (ask,)
