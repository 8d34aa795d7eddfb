"""The directory: units, people and their roles. Everybody reads it; the administrator changes it."""

from typing import Any

import msgspec
from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow import commands
from cchc_flow.commands import Order
from cchc_flow.errors import MissingData, NotFound, Refusal
from cchc_flow.projections import directory
from cchc_flow.projections.directory import Person, Unit
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.workflow.policy import ROLES

bp = Blueprint("directory", __name__, url_prefix="/<workspace>/directory")


@bp.get("")
def show() -> str:
    """Show the units with their people, and the people of no unit."""
    db = g.db
    return render_template("directory/show.html", units=directory.units(db), people=directory.people(db))


@bp.get("/units/new")
@needs_role("admin")
def new_unit() -> str:
    """Show the form of a new unit: its name and other spellings of it."""
    return render_template("directory/unit.html", unit=None, form={}, errors={})


@bp.post("/units")
@needs_role("admin")
def create_unit() -> Answer:
    """Add a unit, or show the form again with what is wrong."""
    name = request.form.get("name", "")
    try:
        commands.add_unit(g.ws, name, _typed_aliases(), htmx.order())
    except Refusal as error:
        return _refuse_unit_form(None, _error_sentences(error))
    flash(f"Đã thêm đơn vị «{name.strip()}».")
    return htmx.see_other(url_for("directory.show"))


@bp.get("/units/<unit>")
@needs_role("admin")
def edit_unit(unit: str) -> str:
    """Show the form of a unit with its present values."""
    current = _load_unit(unit)
    form = {
        "name": current.name,
        "aliases": "\n".join(current.aliases),
        "active": "yes" if current.active else "",
    }
    return render_template("directory/unit.html", unit=current, form=form, errors={})


@bp.post("/units/<unit>/changes")
@needs_role("admin")
def change_unit(unit: str) -> Answer:
    """Rename a unit or take it out of use, or show the form again with what is wrong."""
    current, form = _load_unit(unit), request.form
    try:
        commands.change_unit(
            g.ws, current.id, form.get("name", ""), _typed_aliases(), "active" in form, htmx.order()
        )
    except Refusal as error:
        return _refuse_unit_form(current, _error_sentences(error))
    flash(f"Đã lưu đơn vị «{form['name'].strip()}».")
    return htmx.see_other(url_for("directory.show"))


@bp.get("/people/new")
@needs_role("admin")
def new_person() -> str:
    """Show the form of a new person, begun with the unit of the `unit` parameter."""
    unit = request.args.get("unit", "")
    form = {"unit": unit, "roles": ["officer"] if unit else []}
    return render_template("directory/person.html", current=None, form=form, errors={}, units=_active_units())


@bp.post("/people")
@needs_role("admin")
def create_person() -> Answer:
    """Add a person with roles, and show the temporary password once."""
    order, login = htmx.order(), request.form.get("person", "").strip().lower()
    if not request.form.getlist("roles"):
        return _refuse_person_form(None, {"roles": "Hãy chọn ít nhất một vai trò."})
    try:
        commands.add_person(g.ws, login, *_typed_office(), order)
    except Refusal as error:
        return _refuse_person_form(None, _error_sentences(error))
    _set_roles(login, order)
    return _give_temporary_password(login)


@bp.get("/people/<person>")
@needs_role("admin")
def edit_person(person: str) -> str:
    """Show the form of a person with the present values."""
    current = _load_person(person)
    form = {
        "name": current.name,
        "title": current.title,
        "unit": current.unit,
        "roles": current.roles,
        "active": "yes" if current.active else "",
    }
    return render_template(
        "directory/person.html", current=current, form=form, errors={}, units=_active_units()
    )


@bp.post("/people/<person>/changes")
@needs_role("admin")
def change_person(person: str) -> Answer:
    """Change a person's name, office, unit and roles; a person who is disabled is signed out at once."""
    current, order, active = _load_person(person), htmx.order(), "active" in request.form
    try:
        commands.change_person(g.ws, current.id, *_typed_office(), active, order)
        _set_roles(current.id, order)
    except Refusal as error:
        return _refuse_person_form(current, _error_sentences(error))
    if not active:
        g.accounts.end_all_sessions(current.id, g.ws.now())
    flash(f"Đã lưu «{request.form['name'].strip()}».")
    return htmx.see_other(url_for("directory.show"))


@bp.post("/people/<person>/passwords")
@needs_role("admin")
def create_password(person: str) -> Answer:
    """Give a person a new temporary password, shown once; the person's sessions end."""
    return _give_temporary_password(_load_person(person).id)


def _give_temporary_password(login: str) -> str:
    """Give a temporary password and return the page that shows it; no URL leads to that page again."""
    password = g.accounts.issue_temporary_password(login, g.ws.now())
    return render_template("directory/password.html", current=_load_person(login), password=password)


def _set_roles(person: str, order: Order) -> None:
    """Grant and revoke roles until the person has those that are ticked on the form."""
    ticked_roles = set(request.form.getlist("roles")) & set(ROLES)
    held_roles = _load_person(person).roles
    for role in sorted(ticked_roles - held_roles):
        commands.grant_role(g.ws, person, role, _partial_order(order, f"grant-{role}"))
    for role in sorted(held_roles - ticked_roles):
        commands.revoke_role(g.ws, person, role, _partial_order(order, f"revoke-{role}"))


def _partial_order(order: Order, name: str) -> Order:
    """Return an order with an id of its own, for one of several commands that one form gives."""
    return msgspec.structs.replace(order, command_id=f"{order.command_id}:{name}")


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


def _active_units() -> list[Unit]:
    """Return the units that are in use."""
    return [unit for unit in directory.units(g.db) if unit.active]


def _error_sentences(error: Refusal) -> dict[str, str]:
    """Return a sentence for each wrong field, or one for the whole form under "form"."""
    return error.fields if isinstance(error, MissingData) else {"form": f"{error.why} {error.now}"}


def _refuse_unit_form(unit: Unit | None, errors: dict[str, str]) -> Answer:
    """Return the unit's form with what was typed and what is wrong, with status 422."""
    return render_template("directory/unit.html", unit=unit, form=request.form, errors=errors), 422


def _refuse_person_form(current: Person | None, errors: dict[str, str]) -> Answer:
    """Return the person's form with what was typed and what is wrong, with status 422."""
    form: dict[str, Any] = {**request.form.to_dict(), "roles": request.form.getlist("roles")}
    page = render_template(
        "directory/person.html", current=current, form=form, errors=errors, units=_active_units()
    )
    return page, 422
