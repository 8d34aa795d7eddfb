"""The command handlers of the directory: units, people and their roles."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence

import msgspec
from sqlite_utils import Database

from cchc_flow.commands import channels
from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.typed_values import optional_value
from cchc_flow.commands.unit_names import NAME_LIMIT, check_unit_name, clean_aliases, clean_name, new_unit
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import CommandReused, MissingData, NotAllowed, NotFound, Refusal
from cchc_flow.projections import directory
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workspace import Workspace

LOGIN = re.compile(r"[a-z][a-z0-9.]{1,39}")
Change = ev.UnitAdded | ev.UnitChanged | ev.PersonAdded | ev.PersonChanged | ev.RoleGranted | ev.RoleRevoked
FIRST_ADMINISTRATOR = "system:first-administrator"
"""The command id of the sign-up: the log carries it out once, whoever asks at the same time."""


class SeenPage(msgspec.Struct, frozen=True):
    """The stream that a command changes, and the version at which a page showed it (None: there was no page).

    `deed` is what somebody else has done to it, as `refuse_old_page` says it.
    """

    stream: str
    seen: int | None = None
    deed: str = ""


def add_first_administrator(ws: Workspace, person: str, name: str, roles: Sequence[str]) -> None:
    """Add the first person of a workspace, in one commit with the roles; raise Refusal when it has one."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        if directory.people(uow.db):
            raise taken
        added = _person_added(uow.db, person, name, None, None)
        return Commit([NewEvents(f"person-{person}", 0, (added, *_grants(person, roles)))])

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

    def decide(db: Database) -> list[Change]:
        return [new_unit(name, aliases, directory.units(db))]

    receipt = _append_change(ws, order, [name, aliases], decide)
    return str(ws.log.event(receipt).data["unit"])


def change_unit(
    ws: Workspace,
    unit: str,
    name: str,
    aliases: Sequence[str],
    active: bool,
    order: Order,
    *,
    seen: int | None = None,
) -> None:
    """Rename a unit, or say whether it still exists; raise ItemMoved if it changed after version `seen`."""

    def decide(db: Database) -> list[Change]:
        units = {each.id: each for each in directory.units(db)}
        if unit not in units:
            raise NotFound("Không có đơn vị này trong danh bạ.")
        before = units.pop(unit)
        after = msgspec.structs.replace(
            before,
            name=check_unit_name(name, [*units.values()]),
            aliases=clean_aliases(aliases),
            active=active,
        )
        event = ev.UnitChanged(unit=unit, name=after.name, aliases=after.aliases, active=active)
        return [] if after == before else [event]

    page = SeenPage(f"unit-{unit}", seen, "sửa đơn vị này")
    _append_change(ws, order, [unit, name, aliases, active], decide, page)


def add_person(
    ws: Workspace,
    person: str,
    name: str,
    title: str | None,
    unit: str | None,
    order: Order,
    *,
    roles: Collection[str] = (),
) -> None:
    """Add a person with roles under a login; raise MissingData when it is taken or cannot be one."""

    def decide(db: Database) -> list[Change]:
        return [_person_added(db, person, name, title, unit), *_grants(person, sorted(roles))]

    _append_change(ws, order, [person, name, title, unit, *sorted(roles)], decide)


def change_person(
    ws: Workspace,
    person: str,
    name: str,
    title: str | None,
    unit: str | None,
    active: bool,
    order: Order,
    *,
    roles: Collection[str] | None = None,
    seen: int | None = None,
) -> None:
    """Change a person's name, office, unit and roles (None: as they are), or say whether the person may act.

    Raise ItemMoved if the person was changed after the version `seen`, Refusal for the last administrator.
    """

    def decide(db: Database) -> list[Change]:
        before = _load_person(db, person)
        after = directory.Person(
            person,
            clean_name(name),
            _clean_title(title),
            _check_unit(db, unit, present=before.unit),
            active,
            before.roles if roles is None else frozenset(roles),
        )
        if not (active and "admin" in after.roles):
            _refuse_to_lose_last_administrator(db, person)
        return _changes_of_person(before, after)

    request = [person, name, title, unit, active, *([] if roles is None else [sorted(roles)])]
    _append_change(ws, order, request, decide, SeenPage(f"person-{person}", seen, "sửa người này"))


def grant_role(ws: Workspace, person: str, role: str, order: Order) -> None:
    """Give a person a role; a role that is held already changes nothing."""

    def decide(db: Database) -> list[Change]:
        has_role = role in _load_person(db, person).roles
        return [] if has_role else [*_grants(person, [role])]

    _append_change(ws, order, ["grant", person, role], decide, SeenPage(f"person-{person}"))


def revoke_role(ws: Workspace, person: str, role: str, order: Order) -> None:
    """Take a role from a person; the last administrator keeps his."""

    def decide(db: Database) -> list[Change]:
        if role not in _load_person(db, person).roles:
            return []
        if role == "admin":
            _refuse_to_lose_last_administrator(db, person)
        return [ev.RoleRevoked(person=person, role=role)]

    _append_change(ws, order, ["revoke", person, role], decide, SeenPage(f"person-{person}"))


def _append_change(
    ws: Workspace,
    order: Order,
    request: object,
    decide: Callable[[Database], Sequence[Change]],
    page: SeenPage | None = None,
) -> int:
    """Append the events that `decide` returns, all of one stream, and return the position of the first.

    Return 0 when nothing changes. `page` names the stream if that has begun. The events are appended only
    while that stream and every administrator are as `decide` saw them: of two who take the role from each
    other at once, one is refused.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        versions, actor = _versions_rested_on(uow, page.stream if page else None), uow.actor()
        if "admin" not in actor.roles and not order.is_system:
            raise NotAllowed("Bạn không được sửa danh bạ.", "Việc này do quản trị thực hiện.")
        if page:
            refuse_old_page(uow, page.stream, page.seen, page.deed)
        events = tuple(decide(uow.db))
        if not events:
            return Commit()
        stream = _stream_of(events[0])
        guards = [NewEvents(name, version) for name, version in versions.items() if name != stream]
        change = NewEvents(stream, versions.get(stream, 0), events)
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
        person=person, name=clean_name(name), title=_clean_title(title), unit=_check_unit(db, unit)
    )


def _changes_of_person(before: directory.Person, after: directory.Person) -> list[Change]:
    """Return the events that make one of the other: of the person first, then of the roles."""
    events: list[Change] = []
    if msgspec.structs.replace(before, roles=after.roles) != after:
        events += [
            ev.PersonChanged(
                person=after.id, name=after.name, title=after.title, unit=after.unit, active=after.active
            )
        ]
    events += _grants(after.id, sorted(after.roles - before.roles))
    return events + [
        ev.RoleRevoked(person=after.id, role=role) for role in sorted(before.roles - after.roles)
    ]


def _grants(person: str, roles: Iterable[str]) -> list[ev.RoleGranted]:
    """Return the events that give a person roles; raise MissingData for one that does not exist."""
    return [ev.RoleGranted(person=person, role=_check_role(role)) for role in roles]


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
        raise MissingData({"roles": "Vai trò: phải chọn một trong " + ", ".join(ROLES.values()) + "."})
    return role


def _check_unit(db: Database, unit: str | None, *, present: str | None = None) -> str | None:
    """Return the id of an active unit or the `present` one, None for none; raise MissingData for others."""
    if unit and unit != present and unit not in {each.id for each in directory.units(db) if each.active}:
        raise MissingData({"unit": "Đơn vị: đơn vị này không có trong danh bạ."})
    return unit or None


def _clean_title(title: str | None) -> str | None:
    """Return a person's office, cleaned, None for nothing; raise MissingData when it is too long."""
    return optional_value("title", "Chức vụ", title, NAME_LIMIT)
