"""What a person says about a line of a plan's document: the document is read again and drawn anew."""

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue as Answer
from msgspec.structs import replace

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.annex_choices import KEEP_TEXT, TAKE_ROW
from cchc_flow.plan_import.corrections import (
    MOST_CORRECTIONS,
    Correction,
    Decisions,
    fingerprint_of,
    parse_place,
    parse_role,
)
from cchc_flow.plan_import.proposal import AnnexRow
from cchc_flow.plan_import.review.doubts import ROLE_WORDS
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.web.plans import unfinished
from cchc_flow.web.plans.documents import Reading, load_document, read_document
from cchc_flow.web.plans.reading_page import ReadingPage, render_reading

bp = Blueprint("corrections", __name__, url_prefix="/<workspace>/plan-readings")
BUTTONS = ("correct", "undo", "row")
"""The names of the buttons whose values begin with the place of a line."""
JOIN = "join"
"""A row of the appendix is to become a task of the area that is chosen beside it."""
ROW_SAID = {
    "": "Đã hoàn tác với {ref} của Phụ lục.",
    KEEP_TEXT: "Giữ theo lời văn, không theo {ref} của Phụ lục.",
    TAKE_ROW: "Đã lấy theo {ref} của Phụ lục.",
}


@bp.post("/<digest>/corrections")
@needs_role("coordinator")
def create(digest: str) -> Answer:
    """Give a line a role, take that back, or open the menu of its roles; keep all that was typed."""
    form, name = request.form, request.form.get("name", "")
    document = load_document(digest, name)
    before = read_document(document, unfinished.sent_decisions(form))
    values = unfinished.changed_values(before, form, unfinished.kept_work(digest).values)
    choosing = parse_place(form.get("choose", ""))
    try:
        decisions, said = (before.decisions, "") if choosing else _decide(before)
        after = read_document(document, decisions)
    except BadInput as error:  # with this role there would be no plan left: it stays as it was
        after, said = before, f"{error.why} {error.now}".strip()
    unfinished.keep(digest, name, after.decisions, values)
    place = choosing or _named_place()
    if not htmx.wants_fragment():
        if said:
            flash(said)
        address = url_for("plans.show_reading", digest=digest, name=name, choose=choosing)
        anchor = f"#p{place}{'-menu' if choosing else ''}" if place else ""
        return htmx.see_other(f"{address}{anchor}")
    inputs = unfinished.kept_inputs(after, unfinished.KeptWork(after.decisions, values))
    page = ReadingPage(after, inputs, digest, choosing=choosing, said=said, said_of=place)
    return render_reading(page)


def _decide(before: Reading) -> tuple[Decisions, str]:
    """Return the decisions with one more or less, and what to say of it; raise BadInput."""
    place, form = _named_place(), request.form
    if "row" in form:
        return _decide_row(before, place, form["row"].partition(" ")[2].strip())
    lines = dict(before.decisions.lines)
    texts = {passage.place: passage.text for passage in before.proposal.passages}
    if place is None or place not in texts:
        raise BadInput("Không thấy đoạn này trong văn bản.", "Hãy tải lại trang.")
    if "undo" in form:
        lines.pop(place, None)
        return replace(before.decisions, lines=lines), f"Đoạn {place} lại được đọc như lúc đầu."
    role = parse_role(form.get("correct", "").partition(" ")[2])
    if role is None or len(lines) >= MOST_CORRECTIONS:
        raise BadInput("Không đổi được cách đọc đoạn này.", "Hãy tải lại trang rồi thử lại.")
    lines[place] = Correction(role, fingerprint_of(texts[place]))
    return replace(before.decisions, lines=lines), f"Đoạn {place} được đọc là {ROLE_WORDS[role]}."


def _decide_row(before: Reading, place: int | None, choice: str) -> tuple[Decisions, str]:
    """Return the decisions with what was said of a row of the appendix, or without it; raise BadInput."""
    row = next((row for row in before.proposal.annex if row.place == place), None)
    choice = request.form.get(f"area-{place}", "") if choice == JOIN else choice
    if place is None or row is None or choice not in _possible_choices(before, row):
        raise BadInput(
            "Không làm được với dòng này của Phụ lục.", "Hãy chọn lĩnh vực của nó, hoặc tải lại trang."
        )
    rows = {**before.decisions.rows, place: choice}
    if not choice:
        del rows[place]
    said = ROW_SAID.get(choice, "Đã đưa {ref} của Phụ lục vào công việc.")
    return replace(before.decisions, rows=rows), said.format(ref=row.ref)


def _possible_choices(reading: Reading, row: AnnexRow) -> tuple[str, ...]:
    """Return what can be decided about a row of the appendix, "" to take a decision back."""
    if row.matches:
        return ("", KEEP_TEXT, TAKE_ROW)
    return ("", *(area.code for area in reading.proposal.areas))


def _named_place() -> int | None:
    """Return the place of the line that the pressed button is about, None if there is none."""
    words = next((words for name in BUTTONS if (words := request.form.get(name))), "")
    return parse_place(words.partition(" ")[0])
