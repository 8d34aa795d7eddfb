"""The command handlers of the directory: units, people and their roles."""

import re
from collections.abc import Callable, Iterable, Sequence

from sqlite_utils import Database

from cchc_flow.commands import channels
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

    def decide_commit(uow: UnitOfWork) -> Commit:
        if directory.people(uow.db):
            raise taken
        added = _person_added(uow.db, person, name, None, None)
        granted = [ev.RoleGranted(person=person, role=role) for role in roles]
        return Commit([NewEvents(f"person-{person}", 0, (added, *granted))])

    taken = Refusal("Không gian làm việc này đã có người quản trị.", "Hãy đăng nhập.")
    try:
        write(
            ws,
            Order("system:setup", FIRST_ADMINISTRATOR, channel=channels.SETUP),
            [person, name, *roles],
            decide_commit,
        )
    except CommandReused:
        raise taken from None


def add_unit(ws: Workspace, name: str, aliases: Sequence[str], order: Order) -> str:
    """Add a unit and return its id; raise MissingData when there is one of that name."""

    def decide(db: Database) -> Change:
        return new_unit(name, aliases, directory.units(db))

    receipt = _append_change(ws, order, [name, aliases], decide)
    return str(ws.log.event(receipt).data["unit"])


def change_unit(
    ws: Workspace, unit: str, name: str, aliases: Sequence[str], active: bool, order: Order
) -> None:
    """Rename a unit, or say whether it still exists."""

    def decide(db: Database) -> Change | None:
        units = {each.id: each for each in directory.units(db)}
        if unit not in units:
            raise NotFound("Không có đơn vị này trong danh bạ.")
        before = units.pop(unit)
        after = Unit(
            unit, _check_unit_name(name, [*units.values()]), _clean_aliases(aliases), active, before.since
        )
        event = ev.UnitChanged(unit=unit, name=after.name, aliases=after.aliases, active=active)
        return None if after == before else event

    _append_change(ws, order, [unit, name, aliases, active], decide, of=f"unit-{unit}")


def add_person(
    ws: Workspace, person: str, name: str, title: str | None, unit: str | None, order: Order
) -> None:
    """Add a person under a login; raise MissingData when the login is taken or cannot be one."""

    def decide(db: Database) -> Change:
        return _person_added(db, person, name, title, unit)

    _append_change(ws, order, [person, name, title, unit], decide)


def change_person(
    ws: Workspace, person: str, name: str, title: str | None, unit: str | None, active: bool, order: Order
) -> None:
    """Change a person's name, office or unit, or say whether the person still may act."""

    def decide(db: Database) -> Change | None:
        before = _load_person(db, person)
        after = directory.Person(
            person, _clean_name(name), _clean_text(title), _check_unit(db, unit), active, before.roles
        )
        if after == before:
            return None
        if not active:
            _refuse_to_lose_last_administrator(db, person)
        return ev.PersonChanged(
            person=person, name=after.name, title=after.title, unit=after.unit, active=active
        )

    _append_change(ws, order, [person, name, title, unit, active], decide, of=f"person-{person}")


def grant_role(ws: Workspace, person: str, role: str, order: Order) -> None:
    """Give a person a role; a role that is held already changes nothing."""

    def decide(db: Database) -> Change | None:
        has_role = role in _load_person(db, person).roles
        return None if has_role else ev.RoleGranted(person=person, role=_check_role(role))

    _append_change(ws, order, ["grant", person, role], decide, of=f"person-{person}")


def revoke_role(ws: Workspace, person: str, role: str, order: Order) -> None:
    """Take a role from a person; the last administrator keeps his."""

    def decide(db: Database) -> Change | None:
        if role not in _load_person(db, person).roles:
            return None
        if role == "admin":
            _refuse_to_lose_last_administrator(db, person)
        return ev.RoleRevoked(person=person, role=role)

    _append_change(ws, order, ["revoke", person, role], decide, of=f"person-{person}")


def new_unit(name: str, aliases: Iterable[str], known: Sequence[Unit]) -> ev.UnitAdded:
    """Return the event that adds a unit; its id is made of its name, with a number if another has it.

    Raise MissingData when the name is empty, too long, or that of a known unit.
    """
    unit_name = _check_unit_name(name, known)
    slug = re.sub(r"[^a-z0-9]+", "-", search_key(unit_name)).strip("-")[:60] or "don-vi"
    taken = {unit.id for unit in known}
    unit_id = next(candidate for candidate in _candidate_ids(slug) if candidate not in taken)
    return ev.UnitAdded(unit=unit_id, name=unit_name, aliases=_clean_aliases(aliases))


def find_unit_by_name(name: str, units: Iterable[Unit]) -> Unit | None:
    """Return the active unit with this name or alias, whatever its marks, case and dashes; None if none."""
    key = _comparable_name(name)
    for unit in units:
        if unit.active and key in map(_comparable_name, (unit.name, *unit.aliases)):
            return unit
    return None


def _append_change(
    ws: Workspace,
    order: Order,
    request: object,
    decide: Callable[[Database], Change | None],
    *,
    of: str | None = None,
) -> int:
    """Append the event that `decide` returns, and return its position; 0 when nothing changes.

    `of` is the event's stream if that has begun. The event is appended only while that stream and every
    administrator are as `decide` saw them: of two who take the role from each other at once, one is refused.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        versions, actor = _versions_rested_on(uow, of), uow.actor()
        if "admin" not in actor.roles and not order.is_system:
            raise NotAllowed("Bạn không được sửa danh bạ.", "Việc này do quản trị thực hiện.")
        event = decide(uow.db)
        if event is None:
            return Commit()
        stream = _stream_of(event)
        guards = [NewEvents(name, version) for name, version in versions.items() if name != stream]
        change = NewEvents(stream, versions.get(stream, 0), (event,))
        return Commit([change, *guards], "admin" if "admin" in actor.roles else None, actor.unit)

    receipt = write(ws, order, request, decide_commit)
    return receipt.first if receipt else 0


def _versions_rested_on(uow: UnitOfWork, stream: str | None) -> dict[str, int]:
    """Return the versions of the streams that a change rests on: its own, and those of all administrators."""
    streams = {f"person-{person}" for person in _administrators(uow.db)} | ({stream} if stream else set())
    return {name: uow.version_of(name) for name in sorted(streams)}


def _administrators(db: Database) -> set[str]:
    """Return the ids of the active people who are administrators."""
    return {person.id for person in directory.people(db) if person.active and "admin" in person.roles}


def _stream_of(event: Change) -> str:
    if isinstance(event, ev.UnitAdded | ev.UnitChanged):
        return f"unit-{event.unit}"
    return f"person-{event.person}"


def _person_added(
    db: Database, person: str, name: str, title: str | None, unit: str | None
) -> ev.PersonAdded:
    """Return the event that adds a person; raise MissingData for a login, name or unit that cannot be."""
    if not LOGIN.fullmatch(person):
        raise MissingData(
            {"person": "Tên đăng nhập: từ 2 đến 40 chữ thường không dấu, chữ số hoặc dấu chấm."}
        )
    if directory.person(db, person):
        raise MissingData({"person": f"Tên đăng nhập: «{person}» đã có người dùng."})
    return ev.PersonAdded(
        person=person, name=_clean_name(name), title=_clean_text(title), unit=_check_unit(db, unit)
    )


def _load_person(db: Database, login: str) -> directory.Person:
    """Return a person of the directory; raise NotFound."""
    person = directory.person(db, login)
    if person is None:
        raise NotFound("Không có người này trong danh bạ.")
    return person


def _refuse_to_lose_last_administrator(db: Database, person: str) -> None:
    """Raise Refusal when the person is the only active administrator."""
    if _administrators(db) == {person}:
        raise Refusal("Đây là quản trị duy nhất.", "Hãy giao vai trò quản trị cho người khác trước.")


def _check_role(role: str) -> str:
    """Return the role; raise MissingData when it is none of ROLES."""
    if role not in ROLES:
        raise MissingData({"role": "Vai trò: phải chọn một trong " + ", ".join(ROLES.values()) + "."})
    return role


def _check_unit(db: Database, unit: str | None) -> str | None:
    """Return the id of an active unit, None for no unit; raise MissingData for another id."""
    if unit and unit not in {each.id for each in directory.units(db) if each.active}:
        raise MissingData({"unit": "Đơn vị: đơn vị này không có trong danh bạ."})
    return unit or None


def _check_unit_name(name: str, others: Sequence[Unit]) -> str:
    """Return the cleaned name of a unit; raise MissingData when one of the others has it."""
    unit_name = _clean_name(name)
    if find_unit_by_name(unit_name, others):
        raise MissingData({"name": f"Tên: đã có đơn vị «{unit_name}»."})
    return unit_name


def _clean_name(name: str) -> str:
    """Return the name with single blanks; raise MissingData when it is empty or too long."""
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > NAME_LIMIT:
        raise MissingData({"name": f"Tên: cần từ 1 đến {NAME_LIMIT} ký tự."})
    return cleaned


def _clean_text(text: str | None) -> str | None:
    """Return the text with single blanks, cut at the limit; None for nothing but blanks."""
    return " ".join((text or "").split())[:NAME_LIMIT] or None


def _clean_aliases(aliases: Iterable[str]) -> tuple[str, ...]:
    return tuple(cleaned for alias in aliases if (cleaned := " ".join(alias.split())))


def _comparable_name(name: str) -> str:
    """Return the key by which names are compared: without marks, case, dashes and commas."""
    return " ".join(re.sub(r"[-–—,]", " ", search_key(name)).split())


def _candidate_ids(slug: str) -> Iterable[str]:
    """Yield the slug, then the slug with a number from 2 on."""
    yield slug
    yield from (f"{slug}-{number}" for number in range(2, 10_000))
