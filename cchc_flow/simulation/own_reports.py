"""The commune's own reports of the simulated year: the last ones are written, issued and sent."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from cchc_flow.simulation.acting import Action
from cchc_flow.simulation.cast import COORDINATOR
from cchc_flow.simulation.threads import YEAR
from cchc_flow.workflow.calendar import ZONE, next_working_day, reporting_days

CHAIRMAN = "chu.tich"
AT = time(17, 5)
WORDS = {
    "causes": "Một số nhiệm vụ phải chờ hướng dẫn của cấp tỉnh; nhân lực làm công tác CCHC ở các đơn vị còn"
    " kiêm nhiệm, có thời điểm nhiều việc đến hạn cùng lúc.",
    "proposals": "Đề nghị Sở Nội vụ tổ chức tập huấn nghiệp vụ CCHC cho công chức cấp xã.\nĐề nghị bố trí"
    " kinh phí thay máy quét đã hỏng tại Trung tâm Phục vụ hành chính công xã.",
}


def own_report_actions(until: date, most: int) -> Iterator[Action]:
    """Yield what the coordinator and the chairman do about the last reports that are due before a day.

    A report is issued on its due day, whichever units are late, and sent the same evening.
    """
    days = reporting_days(YEAR, 25, 20, nine_months=False)
    due = [(period, next_working_day(day)) for period, day in days if next_working_day(day) <= until]
    for period, day in due[len(due) - most :] if most else []:
        moment = datetime.combine(day, AT, ZONE)
        for number, (section, text) in enumerate(WORDS.items()):
            data = {"section": section, "text": text}
            yield Action(moment + timedelta(minutes=number), COORDINATOR, "write_section", period, data=data)
        yield Action(moment + timedelta(minutes=9), CHAIRMAN, "issue_report", period)
        yield Action(moment + timedelta(minutes=16), COORDINATOR, "send_report", period)
