"""The command that tells an item's life: each of its events as a sentence, or the bytes that are stored."""

from collections.abc import Iterator

import click
import msgspec

from cchc_flow import commands
from cchc_flow.audit import item_history, naming, trail
from cchc_flow.cli.context import Context, pass_context
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.projections.reading import Reader
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workspace import Workspace

INDENT = " " * 7


@click.command("log")
@click.argument("words", metavar="CÔNG_VIỆC")
@click.option("--json", "wants_json", is_flag=True, help="In một mảng JSON: vị trí và nguyên văn đã lưu.")
@pass_context
def show_log(context: Context, words: str, wants_json: bool) -> None:
    """Kể lại quá trình của một công việc, sự kiện cũ trước; gọi theo mã hoặc theo mục trong kế hoạch."""
    ws = context.open()
    reader = context.reader(ws)
    item_id = find_item(ws, words, reader)
    click.echo(bodies_as_json(ws, item_id) if wants_json else "\n".join(history_lines(ws, item_id, reader)))


def find_item(ws: Workspace, words: str, reader: Reader | None = None) -> str:
    """Return the id of the item that has this id or this reference in the plan.

    The parts of a whole have its reference too: then the whole is meant. Raise NotFound when there is no such
    item that the reader may read, BadInput when several plans have the reference.
    """
    cards = trail.find_wholes(ws.read(), words, reader)
    if not cards:
        raise NotFound(
            f"Không có công việc «{words}», hoặc bạn không được xem.",
            "Hãy xem mã và mục bằng «cchc-flow items».",
        )
    if len(cards) > 1:
        ids = ", ".join(card.id for card in cards)
        raise BadInput(f"Có {len(cards)} công việc mang mục «{words}»: {ids}.", "Hãy gọi theo mã.")
    return cards[0].id


def history_lines(ws: Workspace, item_id: str, reader: Reader | None = None) -> Iterator[str]:
    """Yield the item's life as its page tells it, the oldest event first, each under its position."""
    loaded = commands.load_item(ws, item_id)
    names = naming.all_names(ws, ws.read()) | naming.workflow_titles(loaded.workflow)
    yield f"{item_id}  {loaded.item.title}"
    for entry in reversed(item_history.history_entries(ws, loaded.events, names, reader)):
        yield f"{entry.position:>5}  {moment_words(entry.time)}"
        yield from _indented_lines(entry.sentence)
        for field in entry.field_values:
            yield from _indented_lines(f"{field.title}: {field.words}")
        for title, typed in entry.texts:
            yield from _indented_lines(f"{title}: {typed}")
        for file in entry.files:
            yield from _indented_lines(f"Tệp: {file.name} ({file.size})")


def bodies_as_json(ws: Workspace, item_id: str) -> str:
    """Return a JSON array of the item's events: each with its position and its body, byte for byte."""
    events = commands.load_item(ws, item_id).events
    rows = (
        msgspec.json.encode({"position": event.position, "body": msgspec.Raw(ws.log.body(event.position))})
        for event in events
    )
    return "[\n" + ",\n".join(row.decode() for row in rows) + "\n]"


def _indented_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, indented; what people typed may hold letters that a terminal would obey."""
    for line in text.splitlines():
        yield INDENT + "".join(letter if letter.isprintable() else " " for letter in line)


COMMANDS = (show_log,)
