"""Opening a task by hand, that the plan's document does not have."""

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.outcome import Outcome, outcome_of_opening
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, UnitOfWork
from cchc_flow.errors import ItemMoved, MissingData, NotAllowed
from cchc_flow.projections import plans, workflows
from cchc_flow.workflow.decide import open_item
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import ItemOpened, JsonObject
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.guards import refuse_unfit_due

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

    Raise ItemMoved if the newest plan is no longer that of the year `seen` (0: there was none), whose areas
    the form offered.
    """
    item_id = uow.ws.new_id()

    def decide_commit() -> Commit:
        actor = uow.actor()
        if "coordinator" not in actor.roles:
            raise NotAllowed("Bạn không được thêm công việc.", "Việc này do đầu mối CCHC thực hiện.")
        _refuse_older_plan(uow.db, seen)
        opening = NewEvents(stream_of(item_id), 0, (_decide_opening(uow, data),))
        return Commit([opening], "coordinator", actor.unit)

    return outcome_of_opening(uow, uow.write(["open", data], decide_commit))


def new_task_fields(db: Database) -> tuple[Field, ...]:
    """Return what a task opened by hand asks for, with the areas of the newest plan to choose from."""
    areas = tuple((area.code, f"{area.code}. {area.title}") for area in _areas_of_newest_plan(db))
    return tuple(
        msgspec.structs.replace(field, choices=areas) if field.name == "area" else field for field in NEW_TASK
    )


def newest_year(db: Database) -> int:
    """Return the year of the newest plan, to which a new task belongs; 0 while there is none."""
    return next((plan.year for plan in plans.plans(db)), 0)


def _refuse_older_plan(db: Database, seen: int | None) -> None:
    year = newest_year(db)
    if seen is not None and seen != year:
        raise ItemMoved(
            f"Kế hoạch năm {year} đã được đưa vào theo dõi sau khi bạn mở trang, nên chưa thêm công việc.",
            "Hãy chọn lại lĩnh vực theo kế hoạch này rồi gửi lại.",
        )


def _decide_opening(uow: UnitOfWork, raw: JsonObject) -> ItemOpened:
    """Return the event that opens the task; raise MissingData for a field that is missing or wrong."""
    plan = next((area.plan for area in _areas_of_newest_plan(uow.db)), None)
    context = uow.context(plan)
    data = clean(new_task_fields(uow.db), raw, context)
    refuse_unfit_due(data["due"], context)
    if len(data["title"]) > TITLE_LIMIT:
        raise MissingData({"title": f"Tên công việc: dài quá {TITLE_LIMIT} ký tự."})
    return open_item(
        workflows.newest_workflow(uow.db, "task"), **data | {"text": data["text"].text, "plan": plan}
    )


def _areas_of_newest_plan(db: Database) -> list[plans.PlanArea]:
    """Return the areas of the newest plan; an empty list while there is no plan."""
    newest = next(iter(plans.plans(db)), None)
    return plans.areas(db, newest.id) if newest else []
