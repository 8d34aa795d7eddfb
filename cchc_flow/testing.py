"""For tests of plugins: a small commune with a person of every role, whose clock the test sets.

commune = communes(household=household)  # a fixture

def test_a_result_without_a_file_is_refused(commune):
    task = commune.task("household")
    commune.given(task, "assign", "start")
    assert "Chưa có tệp" in commune.when(task, "submit").refusal
    assert commune.then(task).state == "in_progress"
"""

import importlib
import os
import pkgutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from argon2 import PasswordHasher

from cchc_flow import commands
from cchc_flow import plugins as plugin_package
from cchc_flow.accounts import Client
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.commands import Adoption, Order
from cchc_flow.commands.registers import entry_fields
from cchc_flow.documents.wording import plain_words
from cchc_flow.errors import CchcError
from cchc_flow.hookspecs import Facts, Hit, Measure, Report
from cchc_flow.plugin_host import contributions, schemas
from cchc_flow.plugin_host.loading import plugins_from
from cchc_flow.plugin_host.manager import PluginError
from cchc_flow.plugin_host.rule_checks import OVERRIDE, gather_fields
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.projections.cards import items
from cchc_flow.reporting.area_reports import as_report
from cchc_flow.web import create_app
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import TakeStep, Upload
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import parse, period_choices
from cchc_flow.workflow.policy import ROLES, can_take

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday, eight o'clock in the morning in Viet Nam."""
UNIT, OTHER_UNIT = "phong-kinh-te", "tram-y-te"
UNITS = (("Phòng Kinh tế", ()), ("Trạm Y tế", ()))
ELSEWHERE = "Nhiệm vụ khác"
"""The heading in the plan of the tasks that belong to no area."""
NAME = "xa-mau"
SYSTEM = "system:test"
IN_A_UNIT = ("officer", "unit_head")
FILE = Upload("minh-chung.pdf", b"%PDF-1.7", "application/pdf")
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # quick: no real password is hashed
PASSWORD = "lúa-chín-đồng-xa-42"  # noqa: S105
PATIENCE_SECONDS = 20.0
"""How long a hook may take: a machine that is busy with tests is no fault of a plugin."""
QUICK = Path("/dev/shm")  # noqa: S108  # nosec B108  # in memory, on systems that have it


class Happened(msgspec.Struct, frozen=True):
    """The outcome of a step: the stored names of its events, or the sentence with which it was refused."""

    events: tuple[str, ...] = ()
    refusal: str = ""


class Commune:
    """A workspace with a plan, two units, and a person of each role, whose login is the role's name."""

    def __init__(self, folder: Path, **plugins: object) -> None:
        self.time = BEGIN
        self.plugins = plugins_from(**plugins)
        self.plugins.timeout = PATIENCE_SECONDS
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
        """Return an order for the next command, given by the person with this login."""
        return Order(actor, self.ws.new_id())

    def task(self, area: str = "", **data: Any) -> str:
        """Open a task of the plan, in the area with this key or in none, and return its id."""
        keys = list(self._headings)
        code = str(1 + (keys.index(area) if area else len(keys)))
        content = {"title": "Một nhiệm vụ", "text": "Nội dung của nhiệm vụ.", "area": code} | data
        return commands.open_task(self.ws, content, self.order(login("coordinator"))).item.id

    def entry(self, kind: str, by: str = "", **data: Any) -> str:
        """Open an entry of a register and return its id; required fields that are not given are made up."""
        workflow = self.workflow(kind)
        form = self._required_values(entry_fields(self.ws, workflow)) | {"lead": UNIT} | data
        who = login(by or next(role for role in workflow.writers if role in ROLES))
        return commands.open_entry(self.ws, kind, form, self.order(who)).item.id

    def given(self, item: str, *steps: str) -> None:
        """Take steps one after another, each as somebody who may; warnings are overridden."""
        for step in steps:
            self._take(item, step, self._able_role(item, step), {OVERRIDE.name: "Đã cân nhắc."})

    def when(self, item: str, step: str, by: str = "", **data: Any) -> Happened:
        """Take a step and return its outcome; `by` is a role, left out, that of somebody who may take it."""
        before = self.ws.log.size()
        try:
            self._take(item, step, by or self._able_role(item, step), data)
        except CchcError as error:
            return Happened(refusal=str(error))
        return Happened(tuple(event.type for event in self.ws.log.read_events(before)))

    def then(self, item: str) -> Item:
        """Return the item as it is now."""
        return items.item(self.ws.read(), item)

    def entries(self, kind: str, **fields: str) -> list[Item]:
        """Return the items of a kind whose `fields` have these values."""
        return list(items.items_of_kind(self.ws.read(), kind, None, fields))

    def facts(self, plugin: str, cutoff: Cutoff | None = None) -> Facts:
        """Return the facts that a plugin would be given now, or for a report that is made at a cut-off."""
        return self.ws.fact_source(cutoff=cutoff).facts_of(plugin)

    def cutoff(self) -> Cutoff:
        """Return the cut-off of a report that is made now: what happens after it does not count in it."""
        return self.ws.cutoff()

    def report(self, plugin: str, period: str, cutoff: Cutoff | None = None) -> Report:
        """Return what a plugin says in the report of a period (2026-03): now, or at a cut-off."""
        facts = self.facts(plugin, cutoff)
        (answer,) = self.plugins.call("report_section", {plugin}, facts=facts, period=parse(period))
        if answer.fault:
            raise PluginError(answer.fault)
        return as_report(answer.value)

    def said(self, plugin: str, period: str, cutoff: Cutoff | None = None) -> str:
        """Return the sentences of that report in plain words."""
        return " ".join(map(plain_words, self.report(plugin, period, cutoff).texts()))

    def measure(self, plugin: str, key: str) -> Measure:
        """Return the measure with this key as the plugin counts it now."""
        measures: list[Measure] = next(
            iter(self.plugins.call("measures", {plugin}, facts=self.facts(plugin)))
        ).value
        return next(measure for measure in measures if measure.key == key)

    def hits(self, plugin: str, question: str, **given: int | str) -> list[Hit]:
        """Return the hits of a plugin's question now; parameters that are not given have their defaults."""
        asked = next(
            one
            for name, one in contributions.collect(self.plugins).questions
            if (name, one.key) == (plugin, question)
        )
        values = {parameter.key: parameter.default for parameter in asked.parameters} | given
        arguments = {"question": question, "given": values, "facts": self.facts(plugin)}
        (result,) = self.plugins.call("answer", {plugin}, **arguments)
        if result.fault:
            raise PluginError(result.fault)
        return list(result.value)

    def page(self, path: str, by: str = "coordinator") -> str:
        """Return the HTML of a page as somebody of a role sees it: `page("areas/household")`."""
        accounts, who = open_accounts(self.ws, HASHER), login(by)
        accounts.set_password(who, PASSWORD, self.time)
        client = create_app(self.ws.folder.parent, self.ws.now, plugins=self.plugins).test_client()
        session = accounts.start_session(who, Client("127.0.0.1", "test"), self.time)
        client.set_cookie(f"cchc-{NAME}", session)
        return client.get(f"/{NAME}/{path}").text

    def faults(self) -> list[str]:
        """Return a sentence for each register, area or schema of the plugins that cannot be used."""
        return [fault.words for fault in [*commands.faults(self.ws), *schemas.faults(self.plugins)]]

    def workflow(self, kind: str) -> Workflow:
        """Return the newest definition of a kind."""
        return workflows.newest_workflow(self.ws.read(), kind)

    def _add(self, role: str) -> None:
        unit = UNIT if role in IN_A_UNIT else None
        commands.add_person(self.ws, login(role), ROLES[role].capitalize(), None, unit, self.order(SYSTEM))
        commands.grant_role(self.ws, login(role), role, self.order(SYSTEM))

    def _take(self, item_id: str, step: str, by: str, data: dict[str, Any]) -> None:
        item = self.then(item_id)
        own_fields = self.workflow(item.kind).transition(step).fields
        plugin_fields = gather_fields(self.ws.fact_source(), item.kind, step, item)
        form = self._required_values((*own_fields, *plugin_fields)) | data
        commands.take_step(self.ws, item_id, TakeStep(step, form), self.order(login(by)))

    def _able_role(self, item_id: str, step: str) -> str:
        """Return a role in which the step may be taken; if there is none, "officer", who is then refused."""
        item, db = self.then(item_id), self.ws.read()
        transition = self.workflow(item.kind).transition(step)
        roles = [role for role in ROLES if can_take(transition, item, directory.actor(db, login(role)))]
        return next(iter(roles), "officer")

    def _required_values(self, fields: tuple[Field, ...]) -> dict[str, Any]:
        """Return a made-up value for each required field, and for what a unit's report holds."""
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
            "colleague": login("officer"),
            "files": [FILE],
            "report": {"documents": "1"},
        }
        required = [field for field in fields if field.required or field.kind == "report"]
        return {field.name: plain.get(field.kind) or self._first_choice(field) for field in required}

    def _first_choice(self, field: Field) -> str | None:
        """Return the first choice that a field offers."""
        first = field.choices[0][0] if field.choices else "month"
        if field.kind == "period":
            return period_choices(first, local_day(self.time))[0].name
        return first if field.kind == "choice" else None


def communes(**plugins: object) -> Any:
    """Return a pytest fixture that gives each test a commune of its own with these plugins."""
    import pytest  # here, since the product runs without it

    @pytest.fixture
    def commune() -> Iterator[Commune]:
        parent = QUICK if os.access(QUICK, os.W_OK) else None
        with tempfile.TemporaryDirectory(dir=parent) as folder:
            fresh = Commune(Path(folder), **plugins)
            yield fresh
            fresh.ws.close()

    return commune


def shipped_areas() -> dict[str, object]:
    """Return the areas that come with the product, by name, for `communes` to have beside a new one."""
    names = sorted(module.name for module in pkgutil.iter_modules(plugin_package.__path__))
    return {name: importlib.import_module(f"{plugin_package.__name__}.{name}") for name in names}


def login(role: str) -> str:
    """Return the login of the person who holds a role."""
    return role.replace("_", ".")


TARGET: dict[str, Any] = {
    "ref": "II.1",
    "text": "Tỷ lệ giải ngân vốn đầu tư công đạt tối thiểu 95%.",
    "measures": [
        {
            "value": "95",
            "unit": "%",
            "direction": "at_least",
            "baseline_year": None,
            "what": "tỷ lệ giải ngân vốn đầu tư công",
        }
    ],
}


def _plan(headings: list[str]) -> Adoption:
    """Return a plan with these headings, one target and nothing else, ready to be adopted."""
    areas = [{"code": str(number), "title": title, "tasks": []} for number, title in enumerate(headings, 1)]
    nothing: dict[str, Any] = {
        name: []
        for name in ("legal_bases", "objectives", "requirements", "units", "general_assignments",
                     "deadlines")
    }  # fmt: skip
    plan = nothing | {"number": None, "title": "Kế hoạch cải cách hành chính năm 2026", "areas": areas}
    plan |= {"issuer": "UBND xã Mẫu", "closing_day": "2026-12-31", "targets": [TARGET]}
    return Adoption(2026, plan, Upload("ke-hoach.docx", b"2026", "application/octet-stream"), (), UNITS)
