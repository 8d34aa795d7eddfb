"""What a step demands besides its state and its actor: conditions and rules, under the names in definitions.

A condition looks at the item alone; while it does not hold, the step is not offered. A rule looks at the
cleaned data of the form and at the context as well. Both raise a Refusal or do nothing.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cchc_flow.errors import IllegalMove, MissingData
from cchc_flow.workflow import reminding
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.events import (
    JsonObject,
)
from cchc_flow.workflow.hands import AT_WORK
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import STEPS
from cchc_flow.workflow.unit_report import is_empty

HEAVIEST = 100
"""As how many products one piece of work may count."""
Condition = Callable[[Item], None]
Rule = Callable[[Item, JsonObject, DecisionContext], None]


def require_due_day(item: Item) -> None:
    """Raise IllegalMove for an item without a due day, which cannot be extended."""
    if item.due is None:
        raise IllegalMove(
            "Công việc này không đặt hạn nên không có hạn để gia hạn.",
            "Hãy báo cáo tiến độ hoặc nộp kết quả.",
        )


def require_no_open_request(item: Item) -> None:
    """Raise IllegalMove while a request for an extension waits: there is one at a time."""
    if item.extension:
        asked = day_words(date.fromisoformat(item.extension.due))
        raise IllegalMove(
            f"Đã có một đề nghị gia hạn đến {asked} đang chờ quyết định.", "Hãy chờ quyết định về đề nghị đó."
        )


def require_no_request_to_decide(item: Item) -> None:
    """Raise IllegalMove while a request for an extension waits: deciding it sets the day."""
    if item.extension:
        asked = day_words(date.fromisoformat(item.extension.due))
        raise IllegalMove(
            f"Đơn vị đang xin gia hạn đến {asked}, chưa được quyết định.",
            "Hãy quyết định đề nghị đó; khi đồng ý có thể chọn một ngày khác.",
        )


def require_given_out(item: Item) -> None:
    """Raise IllegalMove for work that no unit has."""
    if item.lead is None:
        raise IllegalMove("Công việc chưa giao cho đơn vị nào.", "Hãy dùng bước «Giao việc».")


def require_open_request(item: Item) -> None:
    """Raise IllegalMove when no request for an extension waits for a decision."""
    if item.extension is None:
        raise IllegalMove("Không có đề nghị gia hạn nào đang chờ quyết định.", "Hãy tải lại trang công việc.")


def require_part(item: Item) -> None:
    """Raise IllegalMove for an item that is no unit's part: only a part can be excused."""
    if item.unit is None:
        raise IllegalMove(
            "Chỉ miễn được phần việc của từng đơn vị.",
            "Với cả công việc, hãy dùng bước «Hủy công việc» kèm quyết định.",
        )


def require_whole(item: Item) -> None:
    """Raise IllegalMove for a part, which is not divided again."""
    if item.unit is not None:
        raise IllegalMove("Phần việc của một đơn vị không chia tiếp được.", "Hãy chia từ công việc chung.")


def require_no_parts(item: Item) -> None:
    """Raise IllegalMove for a whole with parts: it is reopened when one of them is."""
    if item.distribution:
        raise IllegalMove(
            "Công việc này được làm theo từng phần việc.", "Hãy mở lại phần việc của đơn vị cần làm tiếp."
        )


def require_parts(item: Item) -> None:
    """Raise IllegalMove for an item without parts, which has nothing to follow."""
    if item.distribution is None:
        raise IllegalMove("Công việc này không có phần việc nào.", "Hãy dùng một bước khác của công việc.")


def check_team(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData unless the officer is of the lead unit and that unit does not support itself."""
    if data["officer"] is not None and context.people[data["officer"]] != data["lead"]:
        raise MissingData({"officer": "Công chức phụ trách: phải thuộc đơn vị chủ trì."})
    if data["lead"] in data.get("support", ()):
        raise MissingData({"support": "Đơn vị phối hợp: không được gồm cả đơn vị chủ trì."})


def check_team_changes(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData when the work is handed over to the unit and officer that have it."""
    if (data["lead"], data["officer"]) == (item.lead, item.officer):
        raise MissingData({"lead": "Đơn vị chủ trì mới: vẫn là đơn vị và người đang làm."})


def check_support_changes(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData unless other units support the work than now, and the lead unit is none of them."""
    if item.lead in data["support"]:
        raise MissingData({"support": "Đơn vị phối hợp: không được gồm cả đơn vị chủ trì."})
    if set(data["support"]) == set(item.support):
        raise MissingData({"support": "Đơn vị phối hợp: vẫn là những đơn vị đang phối hợp."})


def check_due_changes(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData for the due day that the item has already."""
    if data["due"] == item.due:
        raise MissingData({"due": "Hạn hoàn thành: vẫn là hạn hiện tại."})


def check_weight_changes(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData for a weight of 0, one that is out of all proportion, or the one in force."""
    weight = Decimal(data["weight"])
    if not 0 < weight <= HEAVIEST:
        raise MissingData({"weight": f"Hệ số quy đổi: phải lớn hơn 0 và không quá {HEAVIEST}."})
    if weight == Decimal(item.weight):
        raise MissingData({"weight": "Hệ số quy đổi: vẫn là hệ số hiện tại."})


def check_due_within_plan(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData for a new due day that is past, or after the closing day of the plan."""
    if data["due"] != item.due:
        refuse_unfit_due(data["due"], context)


def check_due_is_ahead(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData for a due day that is past; it may be after the closing day of any plan."""
    if date.fromisoformat(data["due"]) < context.today:
        raise MissingData({"due": f"Hạn: ngày {day_words(date.fromisoformat(data['due']))} đã qua."})


def check_due_is_later(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData for an extension to a day that is not later than the present due day."""
    if item.due is not None and data["due"] <= item.due:
        current = day_words(date.fromisoformat(item.due))
        raise MissingData({"due": f"Hạn mới: phải sau hạn hiện tại ({current})."})


def check_distribution(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData unless there are several units or periods, and the days lie in the plan."""
    if not data["units"]:
        raise MissingData({"units": "Hãy chọn các đơn vị thực hiện."})
    is_recurring = data["cadence"] in STEPS
    if not is_recurring and len(data["units"]) == 1:
        raise MissingData({"units": "Một đơn vị, làm một lần: hãy dùng bước «Giao việc»."})
    if data["due_day"] is not None and not 1 <= data["due_day"] <= 31:
        raise MissingData({"due_day": "Ngày đến hạn trong kỳ: phải từ 1 đến 31."})
    if not is_recurring:
        check_due_within_plan(item, data, context)
    if is_recurring or data["since"]:
        _refuse_unfit_begin(begin_of_parts(data["since"], context), context)


def begin_of_parts(since: str | None, context: DecisionContext) -> date:
    """Return the day from which a task is done in parts: today, or the plan's first day if that is ahead."""
    return date.fromisoformat(since) if since else max(context.today, _first_day(context))


def _first_day(context: DecisionContext) -> date:
    return (context.closing_day or context.today).replace(month=1, day=1)


def _refuse_unfit_begin(begin: date, context: DecisionContext) -> None:
    """Raise MissingData for parts that would begin before the plan's year, or after it."""
    if begin < _first_day(context):
        first = day_words(_first_day(context))
        raise MissingData({"since": f"Bắt đầu từ: năm kế hoạch bắt đầu ngày {first}."})
    if context.closing_day and begin > context.closing_day:
        raise MissingData({"since": f"Bắt đầu từ: {_after_the_plan(context.closing_day)}"})


def check_decision_is_numbered(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData for a decision that is named without any number."""
    if data["decision"] and not re.search(r"\d", data["decision"]):
        raise MissingData({"decision": "Số, ngày quyết định: phải có số, như 15/QĐ-UBND ngày 03/4/2026."})


def check_somebody_to_remind(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise IllegalMove when a reminder would reach nobody."""
    if item.lead is None:
        raise IllegalMove("Công việc chưa giao cho ai nên chưa đôn đốc được.", "Hãy giao việc trước.")
    if not reminding.recipients(item, ("officer", "unit_head"), context):
        raise IllegalMove(
            "Đơn vị chủ trì chưa có người dùng nào để nhận đôn đốc.",
            "Hãy nhờ quản trị thêm công chức hoặc thủ trưởng của đơn vị.",
        )


def check_report_has_content(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData for a report that holds nothing, neither a file, and does not say so."""
    if is_empty(data["report"]) and not data["result"] and not data["evidence"]:
        raise MissingData(
            {"report": "Báo cáo chưa có nội dung: hãy điền ít nhất một mục, hoặc chọn «Không phát sinh»."}
        )


def require_person_in_charge(item: Item) -> None:
    """Raise IllegalMove when the work was given to nobody, so that there is nobody to take it back from."""
    if item.officer is None:
        raise IllegalMove("Việc này chưa giao cho người nào.", "Hãy tải lại trang công việc.")


def check_colleague(item: Item, data: JsonObject, context: DecisionContext) -> None:
    """Raise MissingData unless the work goes to somebody else who works in the lead unit now."""
    person = data["officer"]
    if context.people.get(person) != item.lead:
        raise MissingData({"officer": "Người làm: phải là người của đơn vị chủ trì."})
    if not context.roles.get(person, frozenset()) & AT_WORK:
        raise MissingData(
            {"officer": "Người làm: người này chưa có vai trò công chức hay thủ trưởng đơn vị."}
        )
    if person == item.officer:
        raise MissingData({"officer": "Người làm: việc đang ở người này rồi."})


CONDITIONS: dict[str, Condition] = {
    "has_due": require_due_day,
    "no_request_open": require_no_open_request,
    "no_request_to_decide": require_no_request_to_decide,
    "given_out": require_given_out,
    "request_open": require_open_request,
    "part_only": require_part,
    "whole_only": require_whole,
    "without_parts": require_no_parts,
    "whole_with_parts": require_parts,
    "in_charge": require_person_in_charge,
}
"""By the names that stored definitions use."""
RULES: dict[str, Rule] = {
    "team": check_team,
    "colleague": check_colleague,
    "another_team": check_team_changes,
    "other_support": check_support_changes,
    "another_due": check_due_changes,
    "another_weight": check_weight_changes,
    "due_within_plan": check_due_within_plan,
    "due_later": check_due_is_later,
    "due_ahead": check_due_is_ahead,
    "parts_make_sense": check_distribution,
    "decision_numbered": check_decision_is_numbered,
    "somebody_to_remind": check_somebody_to_remind,
    "report_has_content": check_report_has_content,
}
"""By the names that stored definitions use."""


def refuse_unfit_due(day: str | None, context: DecisionContext) -> None:
    """Raise MissingData for a due day that is past, or after the closing day of the plan."""
    due = date.fromisoformat(day) if day else context.today
    if due < context.today:
        raise MissingData({"due": f"Hạn: ngày {day_words(due)} đã qua."})
    if day and context.closing_day and due > context.closing_day:
        raise MissingData({"due": f"Hạn: {_after_the_plan(context.closing_day)}"})


def _after_the_plan(closing_day: date) -> str:
    return f"không được sau ngày kế hoạch kết thúc ({day_words(closing_day)})."
