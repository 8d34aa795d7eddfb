"""The directory: units, people and their roles. Everybody reads it; the administrator changes it."""

from typing import Any

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
    db = g.ws.read()
    return render_template("directory/show.html", units=directory.units(db), people=directory.people(db))


@bp.get("/units/new")
@needs_role("admin")
def new_unit() -> str:
    """Ask for a unit's name and its other spellings."""
    return render_template("directory/unit.html", unit=None, form={}, errors={})


@bp.post("/units")
@needs_role("admin")
def create_unit() -> Answer:
    """Add a unit."""
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
    """Ask for the changes of a unit."""
    known = _load_unit(unit)
    form = {"name": known.name, "aliases": "\n".join(known.aliases), "active": "yes" if known.active else ""}
    return render_template("directory/unit.html", unit=known, form=form, errors={})


@bp.post("/units/<unit>/changes")
@needs_role("admin")
def change_unit(unit: str) -> Answer:
    """Rename a unit, or take it out of use."""
    known, form = _load_unit(unit), request.form
    try:
        commands.change_unit(
            g.ws, known.id, form.get("name", ""), _typed_aliases(), "active" in form, htmx.order()
        )
    except Refusal as error:
        return _refuse_unit_form(known, _error_sentences(error))
    flash(f"Đã lưu đơn vị «{form['name'].strip()}».")
    return htmx.see_other(url_for("directory.show"))


@bp.get("/people/new")
@needs_role("admin")
def new_person() -> str:
    """Ask for a person's name, office, unit, login and roles."""
    unit = request.args.get("unit", "")
    form = {"unit": unit, "roles": ["officer"] if unit else []}
    return render_template("directory/person.html", known=None, form=form, errors={}, units=_active_units())


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
    """Ask for the changes of a person."""
    known = _load_person(person)
    form = {
        "name": known.name,
        "title": known.title,
        "unit": known.unit,
        "roles": known.roles,
        "active": "yes" if known.active else "",
    }
    return render_template("directory/person.html", known=known, form=form, errors={}, units=_active_units())


@bp.post("/people/<person>/changes")
@needs_role("admin")
def change_person(person: str) -> Answer:
    """Change a person's name, office, unit and roles; one who is disabled is signed out at once."""
    known, order, active = _load_person(person), htmx.order(), "active" in request.form
    try:
        commands.change_person(g.ws, known.id, *_typed_office(), active, order)
        _set_roles(known.id, order)
    except Refusal as error:
        return _refuse_person_form(known, _error_sentences(error))
    if not active:
        g.accounts.end_all_sessions(known.id, g.ws.now())
    flash(f"Đã lưu «{request.form['name'].strip()}».")
    return htmx.see_other(url_for("directory.show"))


@bp.post("/people/<person>/passwords")
@needs_role("admin")
def create_password(person: str) -> Answer:
    """Give a person a new temporary password, shown once; the sessions of the person end."""
    return _give_temporary_password(_load_person(person).id)


def _give_temporary_password(login: str) -> str:
    """The page is the answer to the form itself, not to a redirect: no address leads to the password."""
    password = g.accounts.issue_temporary_password(login, g.ws.now())
    return render_template("directory/password.html", known=_load_person(login), password=password)


def _set_roles(person: str, order: Order) -> None:
    wanted = set(request.form.getlist("roles")) & set(ROLES)
    held = _load_person(person).roles
    for role in sorted(wanted - held):
        commands.grant_role(g.ws, person, role, _partial_order(order, f"grant-{role}"))
    for role in sorted(held - wanted):
        commands.revoke_role(g.ws, person, role, _partial_order(order, f"revoke-{role}"))


def _partial_order(order: Order, name: str) -> Order:
    """Return the order of one of several things that one form asks for, with an id of its own."""
    return Order(order.actor, f"{order.command_id}:{name}")


def _typed_office() -> tuple[str, str, str | None]:
    form = request.form
    return form.get("name", ""), form.get("title", ""), form.get("unit") or None


def _typed_aliases() -> list[str]:
    return [line.strip() for line in request.form.get("aliases", "").splitlines() if line.strip()]


def _load_unit(unit: str) -> Unit:
    for known in directory.units(g.ws.read()):
        if known.id == unit:
            return known
    raise NotFound("Không có đơn vị này trong danh bạ.", "Hãy mở lại trang Danh bạ.")


def _load_person(person: str) -> Person:
    known = directory.person(g.ws.read(), person)
    if known is None:
        raise NotFound("Không có người này trong danh bạ.", "Hãy mở lại trang Danh bạ.")
    return known


def _active_units() -> list[Unit]:
    return [unit for unit in directory.units(g.ws.read()) if unit.active]


def _error_sentences(error: Refusal) -> dict[str, str]:
    """Return the sentence for each field that is wrong, or the one for the whole form."""
    return error.fields if isinstance(error, MissingData) else {"form": f"{error.why} {error.now}"}


def _refuse_unit_form(unit: Unit | None, errors: dict[str, str]) -> Answer:
    return render_template("directory/unit.html", unit=unit, form=request.form, errors=errors), 422


def _refuse_person_form(known: Person | None, errors: dict[str, str]) -> Answer:
    form: dict[str, Any] = {**request.form.to_dict(), "roles": request.form.getlist("roles")}
    page = render_template(
        "directory/person.html", known=known, form=form, errors=errors, units=_active_units()
    )
    return page, 422
