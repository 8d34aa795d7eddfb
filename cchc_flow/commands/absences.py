"""Saying from when to when somebody is away, and who does the work meanwhile; and that the person is back."""

from datetime import date

from sqlite_utils import Database

from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import MissingData, NotAllowed, NotFound
from cchc_flow.projections import directory
from cchc_flow.projections.directory import Person
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import AbsenceEnded, AbsenceSet, JsonObject
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.hands import AT_WORK
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workspace import Workspace

KEEPERS = ("coordinator", "admin")
"""The roles that say of others that they are away; everybody says it of oneself."""
LONGEST = 366
FIELDS = (
    Field("since", "day", "Vắng mặt từ ngày", required=True),
    Field("until", "day", "Đến hết ngày", required=True),
    Field(
        "stand_in",
        "person",
        "Người làm thay",
        hint="Người có sẵn vai trò để làm: quyền không tự chuyển. Bỏ trống: việc về thủ trưởng đơn vị.",
    ),
)


def set_absence(
    ws: Workspace, person: str, data: JsonObject, order: Order, *, seen: int | None = None
) -> None:
    """Record a person's absence from the raw data of a form, in the place of one before; raise a Refusal.

    `seen` is the version of the person that the form showed; raise ItemMoved if it is another by now.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        away, stream, role = _begin(uow, person, seen)
        values = clean(FIELDS, data, uow.context(None))
        _refuse_unfit_days(values, uow.today())
        if values["stand_in"]:
            _refuse_unfit_stand_in(away, directory.person(uow.db, values["stand_in"]))
        event = AbsenceSet(person=person, **values)
        current = directory.absence_of(uow.db, person)
        if current and (current.since, current.until, current.stand_in) == tuple(values.values()):
            return Commit()
        return Commit([NewEvents(stream, uow.version_of(stream), (event,))], role, uow.actor().unit)

    write(ws, order, ["absence", person, data], decide_commit)


def end_absence(ws: Workspace, person: str, order: Order, *, seen: int | None = None) -> None:
    """Record that a person is there again, or will be after all; nothing changes for who is not away."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        _, stream, role = _begin(uow, person, seen)
        if directory.absence_of(uow.db, person) is None:
            return Commit()
        event = AbsenceEnded(person=person)
        return Commit([NewEvents(stream, uow.version_of(stream), (event,))], role, uow.actor().unit)

    write(ws, order, ["back", person], decide_commit)


def load_person(db: Database, actor: Person | None, person: str, *, by_system: bool = False) -> Person:
    """Return an active person of whom the actor, or the machine, may say so; raise NotAllowed or NotFound."""
    if not by_system and (actor is None or not actor.active or not may_set_absence(actor, person)):
        raise NotAllowed(
            "Bạn không được ghi vắng mặt cho người khác.",
            "Việc này do chính người đó, đầu mối hoặc quản trị ghi.",
        )
    away = directory.person(db, person)
    if away is None or not away.active:
        raise NotFound("Không có người này trong danh bạ.", "Hãy mở lại từ Danh bạ.")
    return away


def may_set_absence(person: Person, of: str) -> bool:
    """Tell whether a person may say of somebody that he or she is away."""
    return bool(person.roles) and (person.id == of or not person.roles.isdisjoint(KEEPERS))


def stand_ins(people: list[Person], person: Person) -> list[Person]:
    """Return who can do the work of a person: people who hold the roles for it already."""
    return [other for other in people if _can_stand_in(person, other)]


def _begin(uow: UnitOfWork, person: str, seen: int | None) -> tuple[Person, str, str | None]:
    """Return the person, the stream and the role of the actor; raise NotAllowed, NotFound or ItemMoved."""
    stream, order = f"person-{person}", uow.order
    actor = directory.person(uow.db, order.actor)
    away = load_person(uow.db, actor, person, by_system=order.is_system)
    refuse_old_page(uow, stream, seen, "sửa thông tin của người này")
    order_of_roles = ROLES if order.actor == person else KEEPERS
    role = next((role for role in order_of_roles if actor and role in actor.roles), None)
    return away, stream, role


def _refuse_unfit_days(values: JsonObject, today: date) -> None:
    """Raise MissingData for days that are over, in the wrong order, or too many."""
    since, until = date.fromisoformat(values["since"]), date.fromisoformat(values["until"])
    if until < since:
        raise MissingData({"until": f"Đến hết ngày: phải từ ngày bắt đầu ({day_words(since)}) trở đi."})
    if until < today:
        raise MissingData({"until": f"Đến hết ngày: ngày {day_words(until)} đã qua."})
    if (until - since).days > LONGEST:
        raise MissingData({"until": "Đến hết ngày: một lần vắng mặt không quá một năm."})


def _refuse_unfit_stand_in(away: Person, other: Person | None) -> None:
    """Raise MissingData for somebody who may not do the work of the person who is away."""
    if other is None or not _can_stand_in(away, other):
        where = "cùng đơn vị" if away.unit and away.roles & AT_WORK else "cùng vai trò đầu mối hoặc lãnh đạo"
        raise MissingData(
            {"stand_in": f"Người làm thay: phải là người khác, {where}; quyền không tự chuyển."}
        )


def _can_stand_in(away: Person, other: Person) -> bool:
    """Tell whether somebody holds the roles to do what a person does: in the unit, or for the commune."""
    if other.id == away.id or not other.active:
        return False
    if away.unit and away.roles & AT_WORK:
        return other.unit == away.unit and bool(other.roles & AT_WORK)
    return bool(away.roles & other.roles & {"coordinator", "leader"})
