"""What the units of the simulated year tell in their reports."""

from collections import Counter

from support.year import Year

from cchc_flow.projections.unit_reports import UnitReport, unit_reports
from cchc_flow.simulation.cast import DEPARTMENTS, UNITS
from cchc_flow.simulation.telling import OWN_AREAS, report_form
from cchc_flow.workflow.calendar import reporting_days
from cchc_flow.workflow.periods import parse

PERIODS = [period for period, _ in reporting_days(2026, 15, 10)]
Q1_MONTHS = ("2026-01", "2026-02")


def told(unit: str, period: str) -> dict[str, str]:
    return report_form("hat-giong", f"2026-report:mot-don-vi:{period}", unit)


def test_a_longer_period_has_at_least_the_documents_of_its_months() -> None:
    for unit in DEPARTMENTS:
        months = sum(int(told(unit, month)["documents"]) for month in Q1_MONTHS)
        assert months < int(told(unit, "2026-Q1")["documents"]) < int(told(unit, "2026-H1")["documents"])


def test_there_were_more_documents_in_the_year_before() -> None:
    for unit in DEPARTMENTS:
        form = told(unit, "2026")
        assert int(form["documents"]) < int(form["documents_before"]) < 1.3 * int(form["documents"])


def test_units_write_of_their_own_areas_and_do_not_all_say_the_same() -> None:
    for period in PERIODS:
        forms = {unit: told(unit, period) for unit in UNITS}
        for unit, form in forms.items():
            areas = {name.removeprefix("words:") for name in form if name.startswith("words:")}
            assert areas - {"difficulties", "proposals"} <= set(OWN_AREAS.get(unit, ("7",)))
        words = Counter(form["words:7"] for form in forms.values() if "words:7" in form)
        assert max(words.values(), default=1) <= 2, period


def test_now_and_then_nothing_arose_and_never_at_a_department() -> None:
    forms = {
        (unit, period): report_form("s", f"2026-report:{unit}:{period}", unit)
        for unit in UNITS
        for period in PERIODS
    }
    nothing = {unit for (unit, _), form in forms.items() if "nothing" in form}
    assert nothing and not nothing & set(DEPARTMENTS)


def accepted(year: Year) -> list[UnitReport]:
    return [
        report
        for period in PERIODS
        for report in unit_reports(year.ws.read(), "2026", period)
        if report.is_accepted
    ]


def test_the_reports_of_the_year_hold_figures_words_and_readings(year: Year) -> None:
    contents = [report.content for report in accepted(year) if report.content]
    assert len(contents) > 140
    assert all(content.documents for content in contents)
    assert sum(bool(content.passages) for content in contents) > 60
    assert sum(bool(content.readings) for content in contents) > 5
    assert any(content.late for content in contents) and any(content.nothing for content in contents)


def test_running_totals_are_the_sums_of_the_periods_before(year: Year) -> None:
    totals = {
        (report.unit, report.period): int(report.content.documents.total)
        for report in accepted(year)
        if report.content and report.content.documents and report.content.documents.total is not None
    }
    before = {"2026-04": "2026-Q1", "2026-07": "2026-H1"}
    compared = 0
    for report in accepted(year):
        tally = report.content.documents if report.content else None
        base = totals.get((report.unit, before.get(report.period, "")))
        if tally and tally.total and tally.count and base is not None:
            assert int(tally.total) == base + int(tally.count)
            compared += 1
    assert compared > 15
    assert all(parse(period).year == 2026 for _, period in totals)
