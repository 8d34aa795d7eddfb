"""How the commune's own reports stand by their due days: not begun, drafted, issued, sent, recalled."""

from support.issuing import say_numbering
from support.world import World

from cchc_flow.commands.commune_reports import (
    Issue,
    issue_report,
    recall_report,
    send_report,
)
from cchc_flow.commands.report_sections import edit_section
from cchc_flow.projections import settings
from cchc_flow.reporting.commune_reports import CommuneReport, commune_reports
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.reporting import report_schedules

FEBRUARY, QUARTER, APRIL = "2026-02", "2026-Q1", "2026-04"


def issue(world: World, period: str = FEBRUARY, day: str = "02/03/2026") -> None:
    wanted = Issue(day=day, signer="Phạm Nam", signer_lines=("Chủ tịch",))
    issue_report(world.ws, period, wanted, world.order("hoa"), say_numbering)


def states(world: World, at: int | None = None) -> dict[str, CommuneReport]:
    db, today = world.ws.read(), local_day(world.ws.now())
    _, upward = report_schedules(settings.effective_settings(db), 2026)
    return commune_reports(db, "2026", upward, today, at=at)


def words(world: World, period: str = FEBRUARY) -> tuple[str, str]:
    found = states(world)[period]
    return found.words, found.badge.words


def test_a_commune_that_begins_in_march_owes_the_report_of_that_month_and_none_before(world: World) -> None:
    found = states(world)
    assert {period for period, one in found.items() if one.is_open} == {QUARTER}
    assert words(world) == ("Không ghi ở đây", "")
    assert words(world, QUARTER) == ("Chưa dự thảo", "Hạn 20/03/2026")
    assert words(world, APRIL) == ("Chưa đến kỳ", "")


def test_from_its_first_report_on_each_one_that_lacks_is_late(world: World) -> None:
    edit_section(world.ws, FEBRUARY, "2", "Đã rà soát.", world.order("hoa"))
    assert words(world) == ("Đang dự thảo", "Quá hạn 5 ngày")
    world.wait(days=30)
    assert words(world, QUARTER) == ("Chưa dự thảo", "Quá hạn 12 ngày")


def test_what_was_issued_is_owed_until_it_is_sent_and_says_whether_it_was_in_time(world: World) -> None:
    issue(world)
    assert words(world) == ("Đã ban hành, chưa gửi, số 01", "Xong quá hạn")
    assert states(world)[FEBRUARY].is_open
    send_report(world.ws, FEBRUARY, "02/03/2026", world.order("hoa"))
    assert words(world) == ("Đã gửi, số 01", "Xong quá hạn")
    assert not states(world)[FEBRUARY].is_open


def test_what_was_recalled_is_owed_again(world: World) -> None:
    issue(world)
    recall_report(world.ws, FEBRUARY, "Sai số liệu.", world.order("hoa"))
    assert words(world) == ("Đã thu hồi số 01, chưa ban hành lại", "Quá hạn 5 ngày")


def test_a_past_position_has_what_stood_then(world: World) -> None:
    before = world.ws.log.size()
    issue(world)
    assert states(world, at=before)[FEBRUARY].words == "Không ghi ở đây"
