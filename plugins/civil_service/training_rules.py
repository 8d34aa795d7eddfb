"""Checks of training courses: people, days, certificates."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, JsonObject, Violation


def check_course_plan(course: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when a planned course has no people or no days."""
    if not data["planned_people"] or not Decimal(data["planned_days"]):
        yield Violation("course", "Kế hoạch chưa có người học hoặc ngày học.", "Hãy ghi số lớn hơn 0.")


def check_course_days(course: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with a course that was held: nobody came, too many days, fewer than planned."""
    days, planned = Decimal(data["days"]), Decimal(course.fields["planned_days"] or 0)
    begin, end = date.fromisoformat(data["begun_on"]), date.fromisoformat(data["ended_on"])
    calendar_days = (end - begin).days + 1
    if not data["attended"] or not days:
        yield Violation("course", "Lớp chưa có người học hoặc ngày học.", "Hãy ghi số lớn hơn 0.")
    if days > calendar_days > 0:
        yield Violation("course", f"Lớp chỉ kéo dài {calendar_days} ngày.", "Hãy ghi lại số ngày học.")
    if 0 < days < planned:
        words = f"{planned:f}".replace(".", ",")
        yield Violation("course", f"Kế hoạch là {words} ngày học.", "Hãy nêu lý do học ít hơn.", blocks=False)


def check_certificates(course: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield what is wrong with certificates: more than people attended, or no name for them."""
    attended = int(course.fields["attended"] or 0)
    if data["certificates"] > attended:
        yield Violation("certificates", f"Lớp chỉ có {attended} người học.", "Hãy ghi lại số chứng chỉ.")
    if data["certificates"] and not data["certificate"]:
        yield Violation("certificates", "Chưa ghi tên chứng chỉ.", "Hãy ghi tên chứng chỉ, chứng nhận.")
