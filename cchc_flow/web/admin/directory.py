"""The directory: units, people and their roles. Everybody reads it; the administrator changes it."""

from collections.abc import Mapping
from typing import Any

import msgspec
from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from sqlite_utils import Database

from cchc_flow import commands
from cchc_flow.accounts import By
from cchc_flow.commands import UnitOfWork, channels
from cchc_flow.commands.absences import may_set_absence
from cchc_flow.commands.handovers import COLUMNS, HANDING_OVER
from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.errors import CchcError, Conflict, ItemMoved, MissingData, NotFound, Refusal
from cchc_flow.projections import directory
from cchc_flow.projections.cards import unattended
from cchc_flow.projections.directory import Absence, Person, Unit
from cchc_flow.web.forms.seen_versions import form_context, seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.workflow.calendar import local_day

bp = Blueprint("directory", __name__, url_prefix="/<workspace>/directory")


@bp.get("")
def show() -> str:
    """Show the units with their people, and the people of no unit."""
    db = g.db
    hands_over = bool(g.person.roles.intersection(HANDING_OVER))
    return render_template(
        "directory/show.html",
        units=directory.units(db),
        people=directory.people(db),
        hands_over=hands_over,
        absences=absences_ahead(db),
        names=directory.names(db),
        may_set_absence=may_set_absence,
        work_of_units=_work_numbers("units", hands_over),
        work_of_people=_work_numbers("people", hands_over),
    )


def absences_ahead(db: Database) -> dict[str, Absence]:
    """Return the absences that are not over yet, by person."""
    today = local_day(g.ws.now()).isoformat()
    return {one.person: one for one in directory.absences(db) if one.until >= today}


def _work_numbers(sort: str, hands_over: bool) -> Mapping[str, int]:
    """Return the number of open items by unit or person; of those that are no more to who only reads."""
    if hands_over:
        return unattended.open_numbers(g.db, COLUMNS[sort], g.reader)
    leavers = unattended.leavers(g.db, g.reader)
    numbers = {
        leaver.id: len(leaver.cards) + len(leaver.supported) for leaver in leavers if leaver.sort == sort
    }
    return {holder: number for holder, number in numbers.items() if number}


@bp.get("/units/new")
@needs_role("admin")
def new_unit() -> str:
    """Show the form of a new unit: its name and other spellings of it."""
    return _render_unit(None, {})


@bp.post("/units")
@needs_role("admin")
def create_unit() -> Answer:
    """Add a unit, or show the form again with what is wrong."""
    name = request.form.get("name", "")
    try:
        commands.add_unit(g.ws, name, _typed_aliases(), htmx.order())
    except Refusal as error:
        return _render_unit(None, request.form, error), status_of(error)
    flash(f"Đã thêm đơn vị «{name.strip()}».")
    return htmx.see_other(url_for("directory.show"))


@bp.get("/units/<unit>")
@needs_role("admin")
def edit_unit(unit: str) -> str:
    """Show the form of a unit with its present values."""
    return _render_unit(unit, None)


@bp.post("/units/<unit>/changes")
@needs_role("admin")
def change_unit(unit: str) -> Answer:
    """Rename a unit or take it out of use, or show the form again with what is wrong."""
    form, order = request.form, htmx.order()
    name, active = form.get("name", ""), "active" in form
    try:
        commands.change_unit(g.ws, unit, name, _typed_aliases(), active, order, seen=seen_version("đơn vị"))
    except (Refusal, Conflict) as error:
        return _render_unit(unit, form, error), status_of(error)
    flash(f"Đã lưu đơn vị «{name.strip()}».")
    return htmx.see_other(url_for("directory.show"))


@bp.get("/people/new")
@needs_role("admin")
def new_person() -> str:
    """Show the form of a new person, begun with the unit of the `unit` parameter."""
    unit = request.args.get("unit", "")
    return _render_person(None, {"unit": unit, "roles": ["officer"] if unit else []})


@bp.post("/people")
@needs_role("admin")
def create_person() -> Answer:
    """Add a person with roles, and show the temporary password once."""
    order, login, roles = htmx.order(), request.form.get("person", "").strip().lower(), _ticked_roles()
    try:
        if not roles:
            raise MissingData({"roles": "Hãy chọn ít nhất một vai trò."})
        commands.add_person(g.ws, login, *_typed_office(), order, roles=roles)
    except Refusal as error:
        return _render_person(None, _typed_person(), error), status_of(error)
    return _give_temporary_password(login)


@bp.get("/people/<person>")
@needs_role("admin")
def edit_person(person: str) -> str:
    """Show the form of a person with the present values."""
    return _render_person(person, None)


@bp.post("/people/<person>/changes")
@needs_role("admin")
def change_person(person: str) -> Answer:
    """Change a person's name, office, unit and roles; a person who is disabled is signed out at once."""
    order, active, roles = htmx.order(), "active" in request.form, _ticked_roles()
    try:
        commands.change_person(
            g.ws, person, *_typed_office(), active, order, roles=roles, seen=seen_version("người này")
        )
    except (Refusal, Conflict) as error:
        return _render_person(person, _typed_person(), error), status_of(error)
    if not active:
        g.accounts.end_all_sessions(person, g.ws.now(), by=By(g.person.id, channels.WEB))
    flash(f"Đã lưu «{request.form['name'].strip()}».")
    return htmx.see_other(url_for("directory.show"))


@bp.post("/people/<person>/passwords")
@needs_role("admin")
def create_password(person: str) -> Answer:
    """Give a person a new temporary password, shown once; the person's sessions end."""
    uow = UnitOfWork(g.ws, htmx.order())
    try:
        refuse_old_page(uow, f"person-{person}", seen_version("người này"), "sửa người này")
    except ItemMoved as error:
        return _render_person(person, None, error), status_of(error)
    return _give_temporary_password(_load_person(person).id)


def _give_temporary_password(login: str) -> str:
    """Give a temporary password and return the page that shows it; no URL leads to that page again."""
    password = g.accounts.issue_temporary_password(login, g.ws.now(), by=By(g.person.id, channels.WEB))
    return render_template("directory/password.html", current=_load_person(login), password=password)


def _ticked_roles() -> set[str]:
    """Return the roles that are ticked on the form; whether there are such is for the command to say."""
    return set(request.form.getlist("roles"))


def _typed_office() -> tuple[str, str, str | None]:
    """Return name, title and unit as they were typed; None for no unit."""
    form = request.form
    return form.get("name", ""), form.get("title", ""), form.get("unit") or None


def _typed_aliases() -> list[str]:
    """Return the typed other spellings, one from each line."""
    return [line.strip() for line in request.form.get("aliases", "").splitlines() if line.strip()]


def _load_unit(unit: str) -> Unit:
    """Return the unit with this id; raise NotFound."""
    for candidate in directory.units(g.db):
        if candidate.id == unit:
            return candidate
    raise NotFound("Không có đơn vị này trong danh bạ.", "Hãy mở lại trang Danh bạ.")


def _load_person(person: str) -> Person:
    """Return the person with this login; raise NotFound."""
    current = directory.person(g.db, person)
    if current is None:
        raise NotFound("Không có người này trong danh bạ.", "Hãy mở lại trang Danh bạ.")
    return current


def _choosable_units(present: str | None) -> list[Unit]:
    """Return the units that are in use, and the present one even if it is not."""
    return [unit for unit in directory.units(g.db) if unit.active or unit.id == present]


def _typed_person() -> dict[str, Any]:
    """Return the values of a person's form as they were typed."""
    return {**request.form.to_dict(), "roles": request.form.getlist("roles")}


def _render_unit(unit: str | None, form: Mapping[str, Any] | None, error: CchcError | None = None) -> str:
    """Return the form of a unit (None: a new one) with these values (None: the present ones)."""
    context = form_context(unit and f"unit-{unit}", error)
    current = _load_unit(unit) if unit else None
    if form is None and current:
        form = {"name": current.name, "aliases": "\n".join(current.aliases), "active": current.active}
    open_work = len(unattended.open_work(g.db, "lead", current.id, g.reader)) if current else 0
    return render_template("directory/unit.html", unit=current, form=form, open_work=open_work, **context)


def _render_person(person: str | None, form: Mapping[str, Any] | None, error: CchcError | None = None) -> str:
    """Return the form of a person (None: a new one) with these values (None: the present ones)."""
    context = form_context(person and f"person-{person}", error)
    current = _load_person(person) if person else None
    units = _choosable_units(current.unit if current else None)
    if form is None and current:
        form = msgspec.structs.asdict(current)
    open_work = len(unattended.open_work(g.db, "holder", current.id, g.reader)) if current else 0
    return render_template(
        "directory/person.html", current=current, form=form, units=units, open_work=open_work, **context
    )
