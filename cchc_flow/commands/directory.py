"""Orders about units, people and roles."""

import re
from collections.abc import Callable, Iterable, Sequence

from sqlite_utils import Database

from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import CommandReused, MissingData, NotAllowed, NotFound, Refusal
from cchc_flow.projections import directory
from cchc_flow.projections.directory import Unit
from cchc_flow.projections.search import search_key
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workspace import Workspace

LOGIN = re.compile(r"[a-z][a-z0-9.]{1,39}")
NAME_LIMIT = 200
Change = ev.UnitAdded | ev.UnitChanged | ev.PersonAdded | ev.PersonChanged | ev.RoleGranted | ev.RoleRevoked
FIRST_ADMINISTRATOR = "system:first-administrator"
"""The command id of the sign-up: the log carries it out once, whoever asks at the same time."""


def add_first_administrator(ws: Workspace, person: str, name: str, roles: Sequence[str]) -> None:
    """Add the first person of a workspace, in one commit with the roles; raise Refusal when it has one."""

    def attempt(uow: UnitOfWork) -> Commit:
        if directory.people(uow.db):
            raise taken
        added = _person_added(uow.db, person, name, None, None)
        granted = [ev.RoleGranted(person=person, role=role) for role in roles]
        return Commit([NewEvents(f"person-{person}", 0, (added, *granted))])

    taken = Refusal("Không gian làm việc này đã có người quản trị.", "Hãy đăng nhập.")
    try:
        write(ws, Order("system:setup", FIRST_ADMINISTRATOR), [person, name, *roles], attempt)
    except CommandReused:
        raise taken from None


def add_unit(ws: Workspace, name: str, aliases: Sequence[str], order: Order) -> str:
    """Add a unit and return its id; raise MissingData when there is one of that name."""

    def decide(db: Database) -> Change:
        return new_unit(name, aliases, directory.units(db))

    receipt = _write(ws, order, [name, aliases], decide)
    return str(ws.log.event(receipt).data["unit"])


def change_unit(
    ws: Workspace, unit: str, name: str, aliases: Sequence[str], active: bool, order: Order
) -> None:
    """Rename a unit, or say whether it still exists."""

    def decide(db: Database) -> Change | None:
        known = {one.id: one for one in directory.units(db)}
        if unit not in known:
            raise NotFound("Không có đơn vị này trong danh bạ.")
        others = [one for one in known.values() if one.id != unit]
        was = known[unit]
        changed = Unit(unit, _unit_name(name, others), _aliases(aliases), active, was.since)
        event = ev.UnitChanged(unit=unit, name=changed.name, aliases=changed.aliases, active=active)
        return None if changed == was else event

    _write(ws, order, [unit, name, aliases, active], decide, of=f"unit-{unit}")


def add_person(
    ws: Workspace, person: str, name: str, title: str | None, unit: str | None, order: Order
) -> None:
    """Add a person under a login; raise MissingData when the login is taken or cannot be one."""

    def decide(db: Database) -> Change:
        return _person_added(db, person, name, title, unit)

    _write(ws, order, [person, name, title, unit], decide)


def change_person(
    ws: Workspace, person: str, name: str, title: str | None, unit: str | None, active: bool, order: Order
) -> None:
    """Change a person's name, office or unit, or say whether the person still may act."""

    def decide(db: Database) -> Change | None:
        known = _known_person(db, person)
        now = directory.Person(person, _name(name), _blank(title), _unit(db, unit), active, known.roles)
        if now == known:
            return None
        if not active:
            _keep_an_administrator(db, person)
        return ev.PersonChanged(person=person, name=now.name, title=now.title, unit=now.unit, active=active)

    _write(ws, order, [person, name, title, unit, active], decide, of=f"person-{person}")


def grant_role(ws: Workspace, person: str, role: str, order: Order) -> None:
    """Give a person a role; a role that is held already changes nothing."""

    def decide(db: Database) -> Change | None:
        held = role in _known_person(db, person).roles
        return None if held else ev.RoleGranted(person=person, role=_role(role))

    _write(ws, order, ["grant", person, role], decide, of=f"person-{person}")


def revoke_role(ws: Workspace, person: str, role: str, order: Order) -> None:
    """Take a role from a person; the last administrator keeps his."""

    def decide(db: Database) -> Change | None:
        if role not in _known_person(db, person).roles:
            return None
        if role == "admin":
            _keep_an_administrator(db, person)
        return ev.RoleRevoked(person=person, role=role)

    _write(ws, order, ["revoke", person, role], decide, of=f"person-{person}")


def new_unit(name: str, aliases: Iterable[str], known: Sequence[Unit]) -> ev.UnitAdded:
    """Return the event that adds a unit, under an id that its name gives and no known one has."""
    shown = _unit_name(name, known)
    slug = re.sub(r"[^a-z0-9]+", "-", search_key(shown)).strip("-")[:60] or "don-vi"
    taken = {unit.id for unit in known}
    unit = next(one for one in _numbered(slug) if one not in taken)
    return ev.UnitAdded(unit=unit, name=shown, aliases=_aliases(aliases))


def unit_called(name: str, units: Iterable[Unit]) -> Unit | None:
    """Return the active unit that has a name, or an alias, equal but for marks, case and dashes."""
    wanted = _plain(name)
    for unit in units:
        if unit.active and wanted in (_plain(one) for one in (unit.name, *unit.aliases)):
            return unit
    return None


def _write(
    ws: Workspace,
    order: Order,
    request: object,
    decide: Callable[[Database], Change | None],
    *,
    of: str | None = None,
) -> int:
    """Return the position of the event that was decided, 0 when nothing changes; `of` is its stream if begun.

    It is appended only while that stream and every administrator are as `decide` saw them: of two who take
    the role from each other at once, one is refused.
    """

    def attempt(uow: UnitOfWork) -> Commit:
        seen, actor = _versions(uow, of), uow.actor()
        if "admin" not in actor.roles and not order.is_system:
            raise NotAllowed("Bạn không được sửa danh bạ.", "Việc này do quản trị thực hiện.")
        event = decide(uow.db)
        if event is None:
            return Commit()
        stream = _stream(event)
        unchanged = [NewEvents(name, version) for name, version in seen.items() if name != stream]
        change = NewEvents(stream, seen.get(stream, 0), (event,))
        return Commit([change, *unchanged], "admin" if "admin" in actor.roles else None, actor.unit)

    receipt = write(ws, order, request, attempt)
    return receipt.first if receipt else 0


def _versions(uow: UnitOfWork, stream: str | None) -> dict[str, int]:
    """Return the versions of the streams that an order rests on."""
    streams = {f"person-{person}" for person in _administrators(uow.db)} | ({stream} if stream else set())
    return {name: uow.version_of(name) for name in sorted(streams)}


def _administrators(db: Database) -> set[str]:
    return {one.id for one in directory.people(db) if one.active and "admin" in one.roles}


def _stream(event: Change) -> str:
    if isinstance(event, ev.UnitAdded | ev.UnitChanged):
        return f"unit-{event.unit}"
    return f"person-{event.person}"


def _person_added(
    db: Database, person: str, name: str, title: str | None, unit: str | None
) -> ev.PersonAdded:
    if not LOGIN.fullmatch(person):
        raise MissingData(
            {"person": "Tên đăng nhập: từ 2 đến 40 chữ thường không dấu, chữ số hoặc dấu chấm."}
        )
    if directory.person(db, person):
        raise MissingData({"person": f"Tên đăng nhập: «{person}» đã có người dùng."})
    return ev.PersonAdded(person=person, name=_name(name), title=_blank(title), unit=_unit(db, unit))


def _known_person(db: Database, person: str) -> directory.Person:
    known = directory.person(db, person)
    if known is None:
        raise NotFound("Không có người này trong danh bạ.")
    return known


def _keep_an_administrator(db: Database, person: str) -> None:
    if _administrators(db) == {person}:
        raise Refusal("Đây là quản trị duy nhất.", "Hãy giao vai trò quản trị cho người khác trước.")


def _role(role: str) -> str:
    if role not in ROLES:
        raise MissingData({"role": "Vai trò: phải chọn một trong " + ", ".join(ROLES.values()) + "."})
    return role


def _unit(db: Database, unit: str | None) -> str | None:
    if unit and unit not in {one.id for one in directory.units(db) if one.active}:
        raise MissingData({"unit": "Đơn vị: đơn vị này không có trong danh bạ."})
    return unit or None


def _unit_name(name: str, others: Sequence[Unit]) -> str:
    shown = _name(name)
    if unit_called(shown, others):
        raise MissingData({"name": f"Tên: đã có đơn vị «{shown}»."})
    return shown


def _name(name: str) -> str:
    shown = " ".join(name.split())
    if not shown or len(shown) > NAME_LIMIT:
        raise MissingData({"name": f"Tên: cần từ 1 đến {NAME_LIMIT} ký tự."})
    return shown


def _blank(text: str | None) -> str | None:
    return " ".join((text or "").split())[:NAME_LIMIT] or None


def _aliases(aliases: Iterable[str]) -> tuple[str, ...]:
    return tuple(shown for alias in aliases if (shown := " ".join(alias.split())))


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[-–—,]", " ", search_key(name)).split())


def _numbered(slug: str) -> Iterable[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in range(2, 10_000))
