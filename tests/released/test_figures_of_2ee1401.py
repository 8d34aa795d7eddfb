"""The past figures of a data folder that an older program left are those that it showed (see its README)."""

from collections.abc import Iterator

from support.registers import plain_section

from cchc_flow.hookspecs import Measure
from cchc_flow.plugin_host.facts import call_drawing_hook
from cchc_flow.projections import rules
from cchc_flow.workflow.periods import parse
from cchc_flow.workspace import Workspace

SHOWN = [
    ("administrative_procedures.late", "1.38", 9, 650),
    ("administrative_procedures.apologies", "0", 0, 1),
    ("administrative_procedures.feedback", "100", 2, 2),
    ("administrative_procedures.announcements", "0", 0, 1),
    ("administrative_procedures.score_766", "56.95", None, None),
    ("civil_service.courses", "100", 1, 1),
    ("civil_service.people", "90", 18, 20),
    ("civil_service.rotations", "0", 0, 1),
    ("civil_service.evaluated", "100", 1, 1),
    ("civil_service.good", "100", 1, 1),
    ("digital_transformation.signed_2026", "97.06", 99, 102),
    ("digital_transformation.mobile_2026", "87.5", 154, 176),
    ("digital_transformation.identified_2026", "93.57", 524, 560),
    ("digital_transformation.reports_2026", "100", 1, 1),
    ("digital_transformation.plan_2026", "0", 0, 1),
    ("digital_transformation.accounts", "94.44", 17, 18),
    ("digital_transformation.certificates", "50", 9, 18),
    ("direction.inspected", "20", 1, 5),
    ("direction.initiatives", "20", 1, 5),
    ("direction.documents_cut", "11.4", None, None),
    ("direction.meetings_cut", "17.65", None, None),
    ("direction.dialogues", "1", None, None),
    ("direction.petitions", "50", 1, 2),
    ("institutional_reform.monitored", "100", 1, 1),
    ("organisation.fewer_units", "0", 0, 1),
    ("organisation.grouped", "100", 1, 1),
    ("organisation.more_in_2", "0", None, None),
    ("organisation.more_in_3c", "0", None, None),
    ("public_finance.disbursement_2026", "20", None, None),
    ("public_finance.revenue_2026", "11.93", None, None),
    ("public_finance.recommendations_2026", "0", 0, 1),
]
"""The measures with a value as the program showed them before the law of November 2026 came into it."""


def measures(ws: Workspace) -> Iterator[tuple[str, Measure]]:
    """Yield each measure of the areas under the name of its plugin and its key."""
    for answer in call_drawing_hook(ws.fact_source(), "measures", rules.enabled_plugins(ws.read())):
        yield from ((f"{answer.plugin}.{measure.key}", measure) for measure in answer.value)


def test_every_measure_shows_what_it_showed(ws: Workspace) -> None:
    shown = [(key, one.value, one.count, one.of) for key, one in measures(ws) if one.value is not None]
    assert shown == SHOWN


def test_the_score_of_a_past_month_keeps_the_five_groups_of_decision_766(ws: Workspace) -> None:
    enabled = rules.enabled_plugins(ws.read())
    sections = call_drawing_hook(ws.fact_source(), "report_section", enabled, period=parse("2026-01"))
    (section,) = (one.value for one in sections if one.plugin == "administrative_procedures")
    groups = [(row[0], row[5]) for row in plain_section(section).rows if row[5]]
    assert groups == [
        ("Công khai, minh bạch", "18"),
        ("Tiến độ giải quyết", "20"),
        ("Số hóa hồ sơ", "22"),
        ("Dịch vụ trực tuyến", "22"),
        ("Mức độ hài lòng", "18"),
    ]
