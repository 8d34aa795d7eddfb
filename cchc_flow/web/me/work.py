"""«Việc của tôi»: what waits for the person who is signed in, and the next step of each at hand."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from flask import Blueprint, g, render_template
from sqlite_utils.utils import sqlite3

from cchc_flow.errors import CchcError
from cchc_flow.plugin_host.facts import call_drawing_hook
from cchc_flow.projections import directory, plan_templates, plans, reading, rules
from cchc_flow.projections.cards import counts, queries
from cchc_flow.projections.cards.filters import NONE, Filters
from cchc_flow.projections.directory import Absence
from cchc_flow.reporting.my_work import CALLED, MyWork, Urgency, WorkLine, work_of
from cchc_flow.web.board import cards
from cchc_flow.web.http import htmx
from cchc_flow.web.http.links import link_to
from cchc_flow.web.plans.assigning import ASSIGNING
from cchc_flow.workflow.calendar import day_words, local_day
from cchc_flow.workflow.duties import Duty
from cchc_flow.workflow.policy import who_may
from cchc_flow.workflow.task import TASK

bp = Blueprint("work", __name__, url_prefix="/<workspace>/work")


@bp.get("")
def show() -> str:
    """Show what waits for the person, in groups; a line says what, who, since when, and what comes next."""
    is_coordinator = "coordinator" in g.person.roles
    waiting = plan_templates.waiting_templates(g.db) if is_coordinator else []
    return render_template("work/show.html", waiting_templates=waiting, **_context())


show.roles = CALLED  # type: ignore[attr-defined]


@bp.get("/count")
def count() -> str:
    """Show how many items wait for the person: the fragment beside the menu's entry, for scripts."""
    return render_template("work/_count.html")


def is_shown() -> bool:
    """Tell whether a request of htmx came from this page."""
    return htmx.current_page().path == link_to("work.show")


def fragments() -> str:
    """Return the fragments that bring the page up to date after a command: its groups, and the count."""
    return render_template("work/_update.html", **_context())


def calling_count() -> int:
    """Return how many items wait for the person now; 0 if counting fails, so that the page is shown."""
    try:
        return _my_work().calling
    except (CchcError, OSError, sqlite3.DatabaseError):
        return 0


def next_decision() -> WorkLine | None:
    """Return the item whose decision waits longest for the person, None when no decision waits."""
    return next(iter(_my_work().decide), None)


def _my_work() -> MyWork:
    """Return the person's work as of the position that the request shows."""
    return work_of(g.ws, g.db, g.reader)


def _context() -> dict[str, Any]:
    """Return the variables of the page's template."""
    today = local_day(g.ws.now())
    context = cards.load_card_context(g.db, g.ws.plugins, today)
    names = directory.names(g.db)
    return {
        "work": _my_work(),
        "today": today,
        "absences": _absences_that_concern(today),
        "names": names,
        "view": lambda line: cards.card_view(line.card, context),
        "about": lambda line: _sentence(line, names),
        "since": lambda line: _since_sentence(line, today),
        **(_commune_context(today) if not g.person.roles.isdisjoint(ASSIGNING) else {}),
    }


def _commune_context(today: date) -> dict[str, Any]:
    """Return what who gives work out looks after beside the own work: what nobody has, and what is late.

    `assign_plan` is the newest plan that has tasks to give out, None where no plan has.
    """
    db, scope = g.db, Filters(kind=TASK.kind, readable=reading.readable_items(g.db, g.reader, TASK.kind))
    adopted = plans.plans(db) if _my_work().to_give else []
    nobody = (msgspec.structs.replace(scope, plan=plan.id, unit=NONE) for plan in adopted)
    return {
        "gives": True,
        "assign_plan": next((mine.plan for mine in nobody if queries.count_board(db, mine)), None),
        "late": counts.counts(db, scope, today).open_late,
        "prompts": list(_prompts()),
    }


def _prompts() -> Iterator[tuple[str, str]]:
    """Yield what plugins want seen to by the calendar, each with its page, or what one failed to say."""
    for answer in call_drawing_hook(g.ws.fact_source(), "prompts", rules.enabled_plugins(g.db)):
        if answer.fault:
            title = g.ws.plugins.about[answer.plugin].title
            yield f"Không biết lĩnh vực «{title}» còn nhắc việc gì: {answer.fault}", ""
        else:
            for prompt in answer.value:
                yield prompt.words, link_to("registers.new_entry", kind=prompt.kind)


def _absences_that_concern(today: date) -> list[Absence]:
    """Return the person's own absence today, and those of the people whose work the person does today."""
    return [
        one
        for one in directory.absences(g.db)
        if one.is_on(today) and g.person.id in (one.person, one.stand_in)
    ]


def _sentence(line: WorkLine, names: Mapping[str, str]) -> str:
    """Return in words by whom an item came, or for whom it waits."""
    who, card = names.get(line.who, "Hệ thống"), line.card
    match line.call.duty:
        case Duty.WAIT:
            step, holder = line.steps[0], line.call.holder
            return f"chờ {names.get(holder, holder) if holder else who_may(step)}: {step.title}"
        case Duty.UNIT:
            holder = line.call.holder
            return names.get(holder, holder) if holder else "chưa ai nhận"
        case _ if line.call.request and card.asked:
            return f"{who} xin gia hạn đến {day_words(date.fromisoformat(card.asked))}"
        case Duty.DECIDE:
            return who
        case _ if line.urgency == Urgency.RETURNED:
            return f"{who} trả lại"
        case _ if line.call.holder not in (None, g.person.id):
            return f"làm thay {names.get(line.call.holder, line.call.holder)}"
        case _ if line.call.begins or line.is_given:
            return f"{who} giao"
        case _:
            return f"{who} chuyển đến" if line.has_come else ""


def _since_sentence(line: WorkLine, today: date) -> str:
    """Return in words since when an item waits, or has been worked on."""
    words = since_words(line.since, today)
    is_under_way = line.call.duty == Duty.DO and not line.is_new and line.urgency != Urgency.RETURNED
    return f"đang làm từ {words}" if is_under_way else words


def since_words(instant: str, today: date) -> str:
    """Return how long ago a moment (RFC 3339) was, in days: hôm nay, hôm qua, 12 ngày trước."""
    days = (today - local_day(datetime.fromisoformat(instant))).days
    return {0: "hôm nay", 1: "hôm qua"}.get(days, f"{days} ngày trước") if days >= 0 else "hôm nay"
