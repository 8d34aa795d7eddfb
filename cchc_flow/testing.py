"""For the tests of a plugin: a small commune with people of every role, whose clock is set by the test.

commune = communes(household=household)  # a fixture

def test_a_result_without_a_file_is_refused(commune):
    task = commune.task("household")
    commune.given(task, "assign", "start")
    assert "Chưa có tệp" in commune.when(task, "submit").refusal
    assert commune.then(task).state == "in_progress"
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from argon2 import PasswordHasher

from cchc_flow import commands
from cchc_flow.accounts import Accounts, Client
from cchc_flow.commands import Adoption, Order
from cchc_flow.commands.asking import OVERRIDE, AskedFacts, asked_besides
from cchc_flow.commands.registers import fields_of
from cchc_flow.errors import CchcError
from cchc_flow.hookspecs import Facts, Measure
from cchc_flow.plugin_host import contributions, schemas
from cchc_flow.plugin_host.loading import plugins_from
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards import items
from cchc_flow.web import create_app
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import TakeStep, Upload
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import period_choices
from cchc_flow.workflow.policy import ROLES, can_take

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday, eight o'clock in the morning in Viet Nam."""
UNIT, OTHER_UNIT = "phong-kinh-te", "tram-y-te"
UNITS = (("Phòng Kinh tế", ()), ("Trạm Y tế", ()))
ELSEWHERE = "Nhiệm vụ khác"
"""The heading of the plan under which tasks lie that belong to no area."""
NAME = "xa-mau"
SYSTEM = "system:test"
IN_A_UNIT = ("officer", "unit_head")
FILE = Upload("minh-chung.pdf", b"%PDF-1.7", "application/pdf")
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # nobody breaks in here
PASSWORD = "lúa-chín-đồng-xa-42"  # noqa: S105
QUICK = Path("/dev/shm")  # noqa: S108  # nosec B108  # memory, where there is such a thing


class Happened(msgspec.Struct, frozen=True):
    """What a step led to: the stored names of its events; or the sentence with which it was refused."""

    events: tuple[str, ...] = ()
    refusal: str = ""


class Commune:
    """A workspace with a plan, two units and a person of each role, who is named by it ("unit_head")."""

    def __init__(self, folder: Path, **plugins: object) -> None:
        self.time = BEGIN
        self.plugins = plugins_from(**plugins)
        self.ws = commands.create_workspace(
            folder, NAME, title="xã Mẫu", clock=lambda: self.time, plugins=self.plugins
        )
        self._headings = {area.key: area.title for area in contributions.areas(self.plugins)}
        commands.adopt_plan(self.ws, _plan([*self._headings.values(), ELSEWHERE]), self.order(SYSTEM))
        for role in ROLES:
            self._add(role)

    def wait(self, **time: float) -> None:
        """Let time pass: `wait(days=3)`."""
        self.time += timedelta(**time)

    def order(self, actor: str) -> Order:
        """Return a new order of somebody."""
        return Order(actor, self.ws.new_id())

    def task(self, area: str = "", **data: Any) -> str:
        """Open a task of the plan, in an area or in none, and return its id."""
        known = list(self._headings)
        code = str(1 + (known.index(area) if area else len(known)))
        told = {"title": "Một nhiệm vụ", "text": "Nội dung của nhiệm vụ.", "area": code}
        return commands.open_task(self.ws, told | data, self.order(login("coordinator"))).item.id

    def entry(self, kind: str, by: str = "", **data: Any) -> str:
        """Write an entry of a register and return its id; what is demanded and not told is made up."""
        workflow = self.workflow(kind)
        told = self._answers(fields_of(self.ws, self.ws.read(), workflow)) | {"lead": UNIT} | data
        who = login(by or next(role for role in workflow.openers if role in ROLES))
        return commands.open_entry(self.ws, kind, told, self.order(who)).item.id

    def given(self, item: str, *steps: str) -> None:
        """Take steps one after another, each by somebody who may; what warns is overridden."""
        for step in steps:
            self._take(item, step, self._who_may(item, step), {OVERRIDE.name: "Đã cân nhắc."})

    def when(self, item: str, step: str, by: str = "", **data: Any) -> Happened:
        """Take a step, and return what it led to; by nobody named, it is taken by somebody who may."""
        before = self.ws.log.size()
        try:
            self._take(item, step, by or self._who_may(item, step), data)
        except CchcError as error:
            return Happened(refusal=str(error))
        return Happened(tuple(event.type for event in self.ws.log.read_events(before)))

    def then(self, item: str) -> Item:
        """Return an item as it is now."""
        return items.item(self.ws.read(), item)

    def entries(self, kind: str, **fields: str) -> list[Item]:
        """Return the items of a kind whose own fields have these values."""
        return list(items.items_of_kind(self.ws.read(), kind, None, fields))

    def facts(self, plugin: str) -> Facts:
        """Return what a plugin may know now."""
        return AskedFacts(self.ws, plugin)

    def measure(self, plugin: str, key: str) -> Measure:
        """Return a measure as the plugin counts it now."""
        found: list[Measure] = next(
            iter(self.plugins.call("measures", {plugin}, facts=self.facts(plugin)))
        ).value
        return next(one for one in found if one.key == key)

    def page(self, path: str, by: str = "coordinator") -> str:
        """Return a page of the workspace as somebody sees it: `page("areas/household")`."""
        accounts, who = Accounts(self.ws.private, HASHER), login(by)
        accounts.set_password(who, PASSWORD, self.time)
        client = create_app(self.ws.folder.parent, self.ws.now, plugins=self.plugins).test_client()
        session = accounts.start_session(who, Client("127.0.0.1", "test"), self.time)
        client.set_cookie(f"cchc-{NAME}", session)
        return client.get(f"/{NAME}/{path}").text

    def faults(self) -> list[str]:
        """Return what of the plugins cannot be used: registers, areas, schemas; nothing when all is well."""
        return [one.words for one in [*commands.faults(self.ws), *schemas.faults(self.plugins)]]

    def workflow(self, kind: str) -> Workflow:
        """Return the newest definition of a kind."""
        return workflows.newest_workflow(self.ws.read(), kind)

    def _add(self, role: str) -> None:
        unit = UNIT if role in IN_A_UNIT else None
        commands.add_person(self.ws, login(role), ROLES[role].capitalize(), None, unit, self.order(SYSTEM))
        commands.grant_role(self.ws, login(role), role, self.order(SYSTEM))

    def _take(self, item_id: str, step: str, by: str, data: dict[str, Any]) -> None:
        item = self.then(item_id)
        asked = self.workflow(item.kind).transition(step).fields
        besides = asked_besides(self.ws, self.ws.read(), item.kind, step, item)
        told = self._answers((*asked, *besides)) | data
        commands.take_step(self.ws, item_id, TakeStep(step, told), self.order(login(by)))

    def _who_may(self, item_id: str, step: str) -> str:
        """Return the role of somebody who may take the step; anybody, to be refused, when nobody may."""
        item, db = self.then(item_id), self.ws.read()
        transition = self.workflow(item.kind).transition(step)
        able = [role for role in ROLES if can_take(transition, item, directory.actor(db, login(role)))]
        return next(iter(able), "officer")

    def _answers(self, fields: tuple[Field, ...]) -> dict[str, Any]:
        """Return something for each field that has to be filled in."""
        plain = {
            "text": "Nội dung đã ghi.",
            "line": "Nội dung",
            "day": local_day(self.time).isoformat(),
            "percent": "50",
            "count": "1",
            "amount": "1",
            "unit": UNIT,
            "units": [OTHER_UNIT],
            "person": login("officer"),
            "files": [FILE],
        }
        demanded = [field for field in fields if field.required]
        return {one.name: plain.get(one.kind) or self._choice(one) for one in demanded}

    def _choice(self, field: Field) -> str | None:
        """Return the first of what a field offers by itself."""
        first = field.choices[0][0] if field.choices else "month"
        if field.kind == "period":
            return period_choices(first, local_day(self.time))[0].name
        return first if field.kind == "choice" else None


def communes(**plugins: object) -> Any:
    """Return a pytest fixture that gives each test a commune of its own with these plugins."""
    import pytest  # of those who test; the product does without

    @pytest.fixture
    def commune() -> Iterator[Commune]:
        place = QUICK if os.access(QUICK, os.W_OK) else None
        with tempfile.TemporaryDirectory(dir=place) as folder:
            made = Commune(Path(folder), **plugins)
            yield made
            made.ws.close()

    return commune


def login(role: str) -> str:
    """Return the login of the person who holds a role."""
    return role.replace("_", ".")


def _plan(headings: list[str]) -> Adoption:
    areas = [{"code": str(number), "title": title, "tasks": []} for number, title in enumerate(headings, 1)]
    nothing: dict[str, Any] = {
        name: []
        for name in ("legal_bases", "objectives", "requirements", "targets", "units", "general_assignments",
                     "deadlines")
    }  # fmt: skip
    plan = nothing | {"number": None, "title": "Kế hoạch cải cách hành chính năm 2026", "areas": areas}
    plan |= {"issuer": "UBND xã Mẫu", "closing_day": "2026-12-31"}
    return Adoption(2026, plan, Upload("ke-hoach.docx", b"2026", "application/octet-stream"), (), UNITS)
