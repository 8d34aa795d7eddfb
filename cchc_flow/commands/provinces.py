"""Provinces and their communes: what a province lists, and what a commune's own log says of its province.

Each log is written by its own people only: a province lists a commune, the commune's administrator joins.
"""

from collections.abc import Callable, Sequence

import msgspec
from sqlite_utils.utils import sqlite3

from cchc_flow import logs
from cchc_flow.commands import channels
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import BadInput, CchcError, NotAllowed, NotFound, Refusal
from cchc_flow.projections import directory, province
from cchc_flow.projections.province import ListedCommune
from cchc_flow.workflow.events import (
    CommuneListed,
    CommuneUnlisted,
    ProvinceFounded,
    ProvinceJoined,
    ProvinceLeft,
    ProvinceVisited,
)
from cchc_flow.workflow.provinces import AT
from cchc_flow.workspace import Workspace

OWN = "province-own"
"""The stream of a province that says that it is one."""
MEMBERSHIP = "province-membership"
"""The stream of a commune that says to which province it belongs."""
KEEPERS = ("coordinator", "admin")
"""The roles that keep a province's list of communes."""


def found(ws: Workspace, name: str, communes: Sequence[ListedCommune]) -> None:
    """Say that a workspace is a province, unless it is one, and list communes that it does not list yet.

    Raise BadInput for the workspace of a commune that is in use.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        founding: list[NewEvents] = []
        if province.own_name(uow.db) is None:
            refuse_commune_in_use(ws)
            founding = [NewEvents(OWN, 0, (ProvinceFounded(name=name),))]
        return Commit([*founding, *(_listing(uow, one) for one in communes if _is_new(uow, one))])

    listed = [msgspec.to_builtins(one) for one in communes]
    write(ws, Order("system:setup", ws.new_id(), channel=channels.SETUP), [name, listed], decide_commit)


def refuse_commune_in_use(ws: Workspace) -> None:
    """Raise BadInput for a workspace that people or a province use already, so it becomes no province."""
    if directory.people(ws.read()) or province.membership(ws.read()):
        raise BadInput(
            f"Không gian «{ws.name}» đang được một xã dùng nên không thành không gian của tỉnh được.",
            "Hãy chọn tên khác cho tỉnh.",
        )


def list_commune(ws: Workspace, commune: ListedCommune, order: Order) -> None:
    """Let a province list a commune whose workspace exists: its administrator may then join."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = _require_keeper(uow)
        known = [one for one in province.communes(uow.db) if one.code == commune.code]
        if known and known[0].workspace != commune.workspace:
            raise Refusal(f"Mã {commune.code} đã là của {known[0].name}.", "Hãy kiểm tra lại mã.")
        return Commit([_listing(uow, commune)] if _is_new(uow, commune) else [], role)

    write(ws, order, ["list", msgspec.to_builtins(commune)], decide_commit)


def unlist_commune(ws: Workspace, workspace: str, order: Order) -> None:
    """Take a commune from a province's list; the province reads nothing of it from then on."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = _require_keeper(uow)
        if province.commune(uow.db, workspace) is None:
            raise NotFound(f"Tỉnh không có xã nào ở không gian «{workspace}».", "Hãy xem lại danh sách xã.")
        stream = _stream_of(workspace)
        event = CommuneUnlisted(workspace=workspace)
        return Commit([NewEvents(stream, uow.version_of(stream), (event,))], role)

    write(ws, order, ["unlist", workspace], decide_commit)


def join_province(ws: Workspace, its_province: Workspace, order: Order) -> None:
    """Let a commune join a province that lists it; nothing changes if it belongs to that one already.

    Raise Refusal when the province is none, does not list the commune, or the commune belongs to another.
    """
    name, key = its_province.name, opening_key(its_province)

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = _require_administrator(uow, "Việc cho xã tham gia tỉnh")
        title, listed = _listing_province(its_province, ws)
        present = province.membership(uow.db)
        if present and (present.province, present.key) == (name, key):
            return Commit()
        if present:
            raise Refusal(
                f"Xã đang thuộc {present.name}.", "Hãy cho xã rời tỉnh đó trước, rồi tham gia tỉnh này."
            )
        event = ProvinceJoined(province=name, name=title, key=key, code=listed.code)
        return Commit([NewEvents(MEMBERSHIP, uow.version_of(MEMBERSHIP), (event,))], role)

    write(ws, order, ["join", name, key], decide_commit)


def leave_province(ws: Workspace, order: Order) -> None:
    """Let a commune leave its province, whose people read nothing of it from then on."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = _require_administrator(uow, "Việc cho xã rời tỉnh")
        present = province.membership(uow.db)
        if present is None:
            raise Refusal("Xã không thuộc tỉnh nào trong hệ thống.", "Hãy tải lại trang.")
        event = ProvinceLeft(province=present.province)
        return Commit([NewEvents(MEMBERSHIP, uow.version_of(MEMBERSHIP), (event,))], role)

    write(ws, order, ["leave"], decide_commit)


def note_visitor(ws: Workspace, visitor: ProvinceVisited) -> None:
    """Record who of the province reads the commune's pages, unless it is known under this name and roles."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        known = province.visitors(uow.db).get(visitor.person)
        asked = visitor.name, visitor.title, frozenset(visitor.roles)
        if known and (known.name, known.title, known.roles) == asked:
            return Commit()
        stream = f"province-visitor-{visitor.person.replace(AT, '-')}"
        return Commit([NewEvents(stream, uow.version_of(stream), (visitor,))])

    order = Order(visitor.person, ws.new_id(), channel=channels.WEB)
    write(ws, order, msgspec.to_builtins(visitor), decide_commit)


def try_to_note_visitor(ws: Workspace, visitor: ProvinceVisited) -> None:
    """Record who of the province reads, as `note_visitor` does; what cannot be recorded keeps nobody out."""
    known = province.visitors(ws.read()).get(visitor.person)
    now = visitor.name, visitor.title, frozenset(visitor.roles)
    if known and (known.name, known.title, known.roles) == now:
        return
    try:
        note_visitor(ws, visitor)
    except (CchcError, OSError, sqlite3.Error) as error:
        why = type(error).__name__
        logs.report_refusal("visitor_not_recorded", workspace=ws.name, account=visitor.person, why=why)


def belongs_to(ws: Workspace, its_province: Workspace) -> bool:
    """Tell whether a commune joined this province, and no other of the same name, and is listed there."""
    present, db = province.membership(ws.read()), its_province.read()
    return (
        present is not None
        and (present.province, present.key) == (its_province.name, opening_key(its_province))
        and province.own_name(db) is not None
        and province.commune(db, ws.name) is not None
    )


def opening_key(ws: Workspace) -> str:
    """Return the verifier key of the opening event, which tells a log from another of the same name."""
    return str(ws.log.event(1).data["key"])


def _listing_province(its_province: Workspace, commune: Workspace) -> tuple[str, ListedCommune]:
    """Return the name of a province and how it lists a commune; raise Refusal if it is none, or does not."""
    db = its_province.read()
    title, listed = province.own_name(db), province.commune(db, commune.name)
    if title is None:
        raise Refusal(f"Không gian «{its_province.name}» không phải của tỉnh.", "Hãy chọn tỉnh khác.")
    if listed is None:
        raise Refusal(
            f"{title} chưa ghi xã này vào danh sách.", "Hãy đề nghị đầu mối CCHC của tỉnh thêm xã trước."
        )
    return title, listed


def _is_new(uow: UnitOfWork, commune: ListedCommune) -> bool:
    return province.commune(uow.db, commune.workspace) is None


def _listing(uow: UnitOfWork, one: ListedCommune) -> NewEvents:
    stream = _stream_of(one.workspace)
    event = CommuneListed(
        workspace=one.workspace, code=one.code, name=one.name, kind=one.kind, founding=one.founding
    )
    return NewEvents(stream, uow.version_of(stream), (event,))


def _stream_of(workspace: str) -> str:
    return f"province-commune-{workspace}"


def _require_keeper(uow: UnitOfWork) -> str | None:
    """Return the role in which the actor keeps the list of a province; raise NotAllowed or Refusal."""
    if province.own_name(uow.db) is None:
        raise Refusal("Đây không phải không gian của tỉnh.", "Việc này làm ở không gian của tỉnh.")
    return _require_one_of(uow, KEEPERS, "Danh sách xã do đầu mối CCHC hoặc quản trị của tỉnh giữ.")


def _require_administrator(uow: UnitOfWork, what: str) -> str | None:
    return _require_one_of(uow, ("admin",), f"{what} do quản trị của xã thực hiện.")


def _require_one_of(uow: UnitOfWork, roles: Sequence[str], words: str) -> str | None:
    held: Callable[[str], bool] = uow.actor().roles.__contains__
    role = next(filter(held, roles), None)
    if role is None and not uow.order.is_system:
        raise NotAllowed("Bạn không được làm việc này.", words)
    return role
