"""Opening a task by hand, that the plan's document does not have."""

from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.outcome import Outcome, outcome_of_opening
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, UnitOfWork
from cchc_flow.errors import ItemMoved, MissingData, NotAllowed
from cchc_flow.projections import plans, workflows
from cchc_flow.projections.plans import Plan
from cchc_flow.workflow.calendar import day_words, parse_day
from cchc_flow.workflow.decide import open_item
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import ItemOpened, JsonObject
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.guards import refuse_unfit_due
from cchc_flow.workflow.own_year import own_years

NEW_TASK = (
    Field("title", "line", "Tên công việc", required=True, hint="Ngắn gọn, tối đa 80 ký tự"),
    Field("text", "text", "Nội dung", required=True),
    Field("area", "choice", "Lĩnh vực", required=True),
    Field("product", "line", "Sản phẩm"),
    Field("due", "day", "Hạn hoàn thành"),
)
TITLE_LIMIT = 80


def open_task(uow: UnitOfWork, data: JsonObject, *, seen: int | None = None) -> Outcome:
    """Open a task from the raw data of a form; raise NotAllowed or MissingData.

    It belongs to the plan `plan` of the data, else to that of its own year. Raise ItemMoved if that is not
    the plan of the year `seen` (0: there was none), whose areas the form offered.
    """
    item_id = uow.ws.new_id()

    def decide_commit() -> Commit:
        actor = uow.actor()
        if "coordinator" not in actor.roles:
            raise NotAllowed("Bạn không được thêm công việc.", "Việc này do đầu mối CCHC thực hiện.")
        plan = plan_of_new_task(uow.db, data, uow.today())
        _refuse_older_plan(plan, seen)
        opening = NewEvents(stream_of(item_id), 0, (_decide_opening(uow, data, plan),))
        return Commit([opening], "coordinator", actor.unit)

    return outcome_of_opening(uow, uow.write(["open", data], decide_commit))


def plan_of_new_task(db: Database, raw: JsonObject, today: date) -> Plan | None:
    """Return the plan to which a new task belongs: the one it names, else that of its due day, else today's.

    None while there is no plan. Raise MissingData for a plan that does not exist.
    """
    if not raw.get("plan"):
        return plans.plan_of_work(db, own_years((), {"due": _readable_day(raw.get("due"))}, today), today)
    plan = plans.find_plan(db, raw["plan"])
    if plan is None:
        raise MissingData({"plan": "Kế hoạch năm: không có kế hoạch này."})
    return plan


def new_task_fields(db: Database, plan: Plan | None) -> tuple[Field, ...]:
    """Return what a task opened by hand asks for, with the areas of its plan to choose from."""
    areas = tuple(
        (area.code, f"{area.code}. {area.title}") for area in plans.areas(db, plan.id if plan else "")
    )
    return tuple(
        msgspec.structs.replace(field, choices=areas) if field.name == "area" else field for field in NEW_TASK
    )


def _readable_day(typed: object) -> str | None:
    """Return a typed day as an ISO day, None for anything else: what is wrong with it is told later."""
    try:
        return parse_day(str(typed or "").strip()).isoformat()
    except ValueError:
        return None


def _refuse_older_plan(plan: Plan | None, seen: int | None) -> None:
    year = plan.year if plan else 0
    if seen is not None and seen != year:
        raise ItemMoved(
            f"Kế hoạch năm {year} đã được đưa vào theo dõi sau khi bạn mở trang, nên chưa thêm công việc.",
            "Hãy chọn lại lĩnh vực theo kế hoạch này rồi gửi lại.",
        )


def _decide_opening(uow: UnitOfWork, raw: JsonObject, plan: Plan | None) -> ItemOpened:
    """Return the event that opens the task; raise MissingData for a field that is missing or wrong."""
    plan_id = plan.id if plan else None
    context = uow.context(plan_id)
    data = clean(new_task_fields(uow.db, plan), raw, context)
    _refuse_another_year(uow.db, data["due"], plan)
    refuse_unfit_due(data["due"], context)
    if len(data["title"]) > TITLE_LIMIT:
        raise MissingData({"title": f"Tên công việc: dài quá {TITLE_LIMIT} ký tự."})
    return open_item(
        workflows.newest_workflow(uow.db, "task"), **data | {"text": data["text"].text, "plan": plan_id}
    )


def _refuse_another_year(db: Database, due: str | None, plan: Plan | None) -> None:
    """Raise MissingData for a due day of a year that has a plan of its own."""
    own = plans.plan_of_year(db, date.fromisoformat(due).year) if due else None
    if due and own and own != plan:
        day = day_words(date.fromisoformat(due))
        raise MissingData({"due": f"Hạn: ngày {day} thuộc kế hoạch năm {own.year}, hãy chọn kế hoạch đó."})
