"""People of a province who read the pages of a commune that belongs to it, by their session there.

They are nobody in the commune's directory, so no command takes them; and every request that would change
something is refused before any view. All is asked anew for each request: the commune's log says to which
province it belongs and by which key, the province's log whether it lists the commune and who has which role.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import msgspec
from flask import g, request

from cchc_flow.accounts import Accounts, Session
from cchc_flow.commands import provinces
from cchc_flow.errors import LogBroken, NotAllowed, NotFound
from cchc_flow.projections import directory, province
from cchc_flow.projections.directory import Person
from cchc_flow.workflow.events import ProvinceVisited
from cchc_flow.workflow.provinces import reading_roles, visitor_id
from cchc_flow.workspace import Workspace

PERSONAL = frozenset({"account", "saved_views", "sessions", "inbox", "calendar", "work"})
"""The blueprints of what a person of the commune has there, and a visitor has not."""


class Visit(msgspec.Struct, frozen=True):
    """Who of a province reads this commune: the person as it is named here, and the session in the province.

    `province` and `title` are the name of the province's workspace and what it is called; `login` and `roles`
    are the person's there.
    """

    person: Person
    session: Session
    province: str
    title: str
    login: str
    roles: frozenset[str]


def find_visit(
    use: Callable[[str], AbstractContextManager[tuple[Workspace, Accounts]]],
    cookie_name: Callable[[str], str],
    *,
    is_use: bool,
) -> Visit | None:
    """Return who of the commune's province asks, None for nobody who may read here.

    `use` gives a workspace and its accounts, `cookie_name` the name of the session's cookie in it. A
    province that is gone or broken, or has another key than the one that was joined, lets nobody in.
    """
    membership = province.membership(g.db)
    token = request.cookies.get(cookie_name(membership.province), "") if membership else ""
    if membership is None or not token:
        return None
    try:
        with use(membership.province) as (its_ws, its_accounts):
            session = its_accounts.find_session(token, g.ws.now(), is_use=is_use)
            if session is None or session.must_change or not provinces.belongs_to(g.ws, its_ws):
                return None
            return _visit_of(its_ws, session)
    except (NotFound, LogBroken):
        return None


def _visit_of(its_ws: Workspace, session: Session) -> Visit | None:
    """Return the visit of whoever has a session in the province, None without a role that reads communes."""
    person = directory.person(its_ws.read(), session.person)
    roles = reading_roles(person.roles) if person and person.active else frozenset()
    if person is None or not roles:
        return None
    here = Person(visitor_id(person.id, its_ws.name), person.name, person.title, None, True, roles)
    return Visit(here, session, its_ws.name, its_ws.title, person.id, person.roles)


def welcome(visit: Visit) -> None:
    """Let a visitor read: the commune's log keeps the name if it is new here."""
    g.visit, g.person, g.session = visit, visit.person, visit.session
    event = ProvinceVisited(
        person=visit.person.id,
        name=visit.person.name,
        title=visit.person.title,
        roles=tuple(sorted(visit.roles)),
    )
    provinces.try_to_note_visitor(g.ws, event)


def refuse_change(visit: Visit) -> None:
    """Raise NotAllowed for a request of a visitor that would change something."""
    raise NotAllowed(
        f"Bạn xem với tư cách người của {visit.title} nên không sửa được gì ở {g.ws.title}, chỉ xem được."
    )


def refuse_personal_page(visit: Visit) -> None:
    """Raise NotAllowed for a page that only people of the commune have."""
    if request.blueprint in PERSONAL:
        raise NotAllowed(
            f"Trang này chỉ dành cho người của {g.ws.title}.",
            f"Tài khoản của bạn ở không gian của {visit.title}.",
        )
