"""Who has to be graded this year and has no entry yet: told from a day on, as no entry can be late before."""

from datetime import date

from cchc_flow.hookspecs import Facts, Prompt
from cchc_flow.plugin_kit import entries_without

from .caps import entries_of_year
from .evaluation_registers import EVALUATION, UNIT_EVALUATION

FIRST_DAY = (11, 15)
"""Month and day from which it is told: three weeks before people are graded, a month before units are."""


def prompts_of(facts: Facts) -> list[Prompt]:
    """Return how many people and units have no entry for the grade of this year, from FIRST_DAY on."""
    today = facts.today
    if (today.month, today.day) < FIRST_DAY:
        return []
    people, units = _people_without_entry(today.year, facts), _units_without_entry(today.year, facts)
    wanted = (
        (people, f"{people} người chưa có mục đánh giá, xếp loại năm {today.year}", "people_day", EVALUATION),
        (units, f"{units} đơn vị chưa có mục xếp loại năm {today.year}", "units_day", UNIT_EVALUATION),
    )
    return [
        Prompt(f"{words}, phải xếp loại trước ngày {_day(figure, facts)}", register.kind)
        for count, words, figure, register in wanted
        if count
    ]


def _people_without_entry(year: int, facts: Facts) -> int:
    """Return how many people have none, known by account, or by name where an entry names no account."""
    entries = entries_of_year(str(year), facts)
    accounts = {entry.fields.get("account") for entry in entries}
    names = {_plain(entry.fields["person"] or "") for entry in entries if not entry.fields.get("account")}
    return sum(person not in accounts and _plain(name) not in names for person, name in facts.people.items())


def _units_without_entry(year: int, facts: Facts) -> int:
    entries = entries_without("dropped", UNIT_EVALUATION.kind, facts, period=str(year))
    return len(facts.units.keys() - {entry.lead for entry in entries})


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _day(figure: str, facts: Facts) -> str:
    """Return the day of December before which a grade has to be given, as dd/mm."""
    return f"{int(facts.figure(figure, on=date(facts.today.year, 12, 31))):02d}/12"
