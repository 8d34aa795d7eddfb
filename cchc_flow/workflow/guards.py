"""What a step demands beside its state and its actor, one function for each name that definitions use.

A condition looks at the item alone: while it does not hold, the step is not offered. A rule looks at the data
that were read from the form, and at the facts, as well. Both refuse in words or say nothing. `completed` adds
to the data what an event keeps and no form asks for.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from cchc_flow.errors import IllegalMove, MissingData
from cchc_flow.workflow import reminding
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import STEPS

Condition = Callable[[Item], None]
Rule = Callable[[Item, JsonObject, DecisionContext], None]


def has_due(item: Item) -> None:
    """Only what has a due day can be extended."""
    if item.due is None:
        raise IllegalMove(
            "Công việc này không đặt hạn nên không có hạn để gia hạn.",
            "Hãy báo cáo tiến độ hoặc nộp kết quả.",
        )


def no_request_open(item: Item) -> None:
    """One request for an extension at a time."""
    if item.extension:
        asked = day_words(date.fromisoformat(item.extension.due))
        raise IllegalMove(
            f"Đã có một đề nghị gia hạn đến {asked} đang chờ quyết định.", "Hãy chờ quyết định về đề nghị đó."
        )


def request_open(item: Item) -> None:
    """There is a request to decide on."""
    if item.extension is None:
        raise IllegalMove("Không có đề nghị gia hạn nào đang chờ quyết định.", "Hãy tải lại trang công việc.")


def part_only(item: Item) -> None:
    """Only a unit's part of a whole can be excused."""
    if item.unit is None:
        raise IllegalMove(
            "Chỉ miễn được phần việc của từng đơn vị.",
            "Với cả công việc, hãy dùng bước «Hủy công việc» kèm quyết định.",
        )


def whole_only(item: Item) -> None:
    """A part is not divided again."""
    if item.unit is not None:
        raise IllegalMove("Phần việc của một đơn vị không chia tiếp được.", "Hãy chia từ công việc chung.")


def without_parts(item: Item) -> None:
    """A whole that is done in parts is reopened by one of them."""
    if item.distribution:
        raise IllegalMove(
            "Công việc này được làm theo từng phần việc.", "Hãy mở lại phần việc của đơn vị cần làm tiếp."
        )


def whole_with_parts(item: Item) -> None:
    """Only a whole follows its parts."""
    if item.distribution is None:
        raise IllegalMove("Công việc này không có phần việc nào.", "Hãy dùng một bước khác của công việc.")


def team(item: Item, data: JsonObject, facts: DecisionContext) -> None:
    """The officer belongs to the lead unit, and the lead unit does not support itself."""
    if data["officer"] is not None and facts.people[data["officer"]] != data["lead"]:
        raise MissingData({"officer": "Công chức phụ trách: phải thuộc đơn vị chủ trì."})
    if data["lead"] in data.get("support", ()):
        raise MissingData({"support": "Đơn vị phối hợp: không được gồm cả đơn vị chủ trì."})


def another_team(item: Item, data: JsonObject, facts: DecisionContext) -> None:
    """Handing over changes who does the work."""
    if (data["lead"], data["officer"]) == (item.lead, item.officer):
        raise MissingData({"lead": "Đơn vị chủ trì mới: vẫn là đơn vị và người đang làm."})


def due_within_plan(item: Item, data: JsonObject, facts: DecisionContext) -> None:
    """A new due day is neither past nor after the closing day of the plan."""
    if data["due"] != item.due:
        refuse_unfit_due(data["due"], facts)


def due_later(item: Item, data: JsonObject, facts: DecisionContext) -> None:
    """An extension leads to a later day than the one in force."""
    if item.due is not None and data["due"] <= item.due:
        current = day_words(date.fromisoformat(item.due))
        raise MissingData({"due": f"Hạn mới: phải sau hạn hiện tại ({current})."})


def parts_make_sense(item: Item, data: JsonObject, facts: DecisionContext) -> None:
    """A whole has several units or several periods, and its days lie in the plan."""
    if not data["units"]:
        raise MissingData({"units": "Hãy chọn các đơn vị thực hiện."})
    is_recurring = data["cadence"] in STEPS
    if not is_recurring and len(data["units"]) == 1:
        raise MissingData({"units": "Một đơn vị, làm một lần: hãy dùng bước «Giao việc»."})
    if data["due_day"] is not None and not 1 <= data["due_day"] <= 31:
        raise MissingData({"due_day": "Ngày đến hạn trong kỳ: phải từ 1 đến 31."})
    if not is_recurring:
        due_within_plan(item, data, facts)
    if is_recurring or data["since"]:
        _refuse_unfit_begin(_begin(data["since"], facts), facts)


def _begin(since: str | None, facts: DecisionContext) -> date:
    """Return the day from which a task is done in parts: today, or the plan's first day if that is ahead."""
    return date.fromisoformat(since) if since else max(facts.today, _first_day(facts))


def _first_day(facts: DecisionContext) -> date:
    return (facts.closing_day or facts.today).replace(month=1, day=1)


def _refuse_unfit_begin(begin: date, facts: DecisionContext) -> None:
    """Raise MissingData for parts that would begin before the plan's year, or after it."""
    if begin < _first_day(facts):
        first = day_words(_first_day(facts))
        raise MissingData({"since": f"Bắt đầu từ: năm kế hoạch bắt đầu ngày {first}."})
    if facts.closing_day and begin > facts.closing_day:
        raise MissingData({"since": f"Bắt đầu từ: {_after_the_plan(facts.closing_day)}"})


def decision_numbered(item: Item, data: JsonObject, facts: DecisionContext) -> None:
    """A decision is named by its number and day."""
    if data["decision"] and not re.search(r"\d", data["decision"]):
        raise MissingData({"decision": "Số, ngày quyết định: phải có số, như 15/QĐ-UBND ngày 03/4/2026."})


def somebody_to_remind(item: Item, data: JsonObject, facts: DecisionContext) -> None:
    """A reminder reaches somebody."""
    if item.lead is None:
        raise IllegalMove("Công việc chưa giao cho ai nên chưa đôn đốc được.", "Hãy giao việc trước.")
    if not reminding.recipients(item, ("officer", "unit_head"), facts):
        raise IllegalMove(
            "Đơn vị chủ trì chưa có người dùng nào để nhận đôn đốc.",
            "Hãy nhờ quản trị thêm công chức hoặc thủ trưởng của đơn vị.",
        )


CONDITIONS: dict[str, Condition] = {
    one.__name__: one
    for one in (
        has_due,
        no_request_open,
        request_open,
        part_only,
        whole_only,
        without_parts,
        whole_with_parts,
    )
}
RULES: dict[str, Rule] = {
    one.__name__: one
    for one in (
        team,
        another_team,
        due_within_plan,
        due_later,
        parts_make_sense,
        decision_numbered,
        somebody_to_remind,
    )
}


def completed(event: str, item: Item, data: JsonObject, facts: DecisionContext) -> JsonObject:
    """Return the data of a step with what its event keeps besides: days, people, the request decided on."""
    add = _ADDED.get(event)
    return data | add(item, data, facts) if add else data


def _assigned(item: Item, data: JsonObject, facts: DecisionContext) -> JsonObject:
    return {"cadence": item.cadence}


def _distributed(item: Item, data: JsonObject, facts: DecisionContext) -> JsonObject:
    cadence = data["cadence"] or "once"
    unused = "due" if cadence in STEPS else "due_day"
    return {"since": _begin(data["since"], facts).isoformat(), "cadence": cadence, unused: None}


def _asked(item: Item, data: JsonObject, facts: DecisionContext) -> JsonObject:
    return {"asked": item.extension.due if item.extension else None}


def _rests(item: Item, data: JsonObject, facts: DecisionContext) -> JsonObject:
    return {"on": facts.today.isoformat()}


def _goes_on(item: Item, data: JsonObject, facts: DecisionContext) -> JsonObject:
    if item.due is None or item.rests_since is None:
        return {"due": item.due}
    rested = facts.today - date.fromisoformat(item.rests_since)
    return {"due": (date.fromisoformat(item.due) + max(rested, timedelta())).isoformat()}


def _reminded(item: Item, data: JsonObject, facts: DecisionContext) -> JsonObject:
    return {
        "stage": None,
        "due": item.due,
        "people": reminding.recipients(item, ("officer", "unit_head"), facts),
    }


_ADDED: dict[str, Callable[[Item, JsonObject, DecisionContext], JsonObject]] = {
    "item.assigned/1": _assigned,
    "item.distributed/1": _distributed,
    "item.extension_granted/1": _asked,
    "item.extension_refused/1": _asked,
    "item.suspended/1": _rests,
    "item.resumed/1": _goes_on,
    "item.reminded/1": _reminded,
}


def refuse_unfit_due(day: str | None, facts: DecisionContext) -> None:
    """Raise MissingData for a due day that is past, or after the closing day of the plan."""
    due = date.fromisoformat(day) if day else facts.today
    if due < facts.today:
        raise MissingData({"due": f"Hạn: ngày {day_words(due)} đã qua."})
    if day and facts.closing_day and due > facts.closing_day:
        raise MissingData({"due": f"Hạn: {_after_the_plan(facts.closing_day)}"})


def _after_the_plan(closing_day: date) -> str:
    return f"không được sau ngày kế hoạch kết thúc ({day_words(closing_day)})."
