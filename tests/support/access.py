"""What each person of a commune is answered by every route, without anything being recorded.

Who gets as far as the log is told, and turned away there.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from support.crawling import pages
from support.inspecting import DECISION, OBSERVED, RULE, SECRET
from support.visitors import Site, csrf
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from cchc_flow import commands
from cchc_flow.commands import measures, provinces
from cchc_flow.commands.inspections import open_audit, open_finding
from cchc_flow.commands.samples import plan_sample, samples_of
from cchc_flow.errors import Refusal
from cchc_flow.eventlog.port import Change, Meta, Receipt
from cchc_flow.projections.province import ListedCommune
from cchc_flow.testing import FILE, OTHER_UNIT, UNIT, Commune, shipped_areas
from cchc_flow.testing import login as login_of
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workflow.provinces import PROVINCE_ROLES
from cchc_flow.workflow.task import TASK
from cchc_flow.workspace import Workspace

NO_ROLE, STRANGER = "no-role", "stranger"
OF_PROVINCE = {f"prov.{role[:7]}": role for role in PROVINCE_ROLES}
"""The columns of people of the province that the commune joined, with their roles there."""
COLUMNS = (*ROLES, *OF_PROVINCE, NO_ROLE, STRANGER)
STAFF = {UNIT: ("officer", "unit.head"), OTHER_UNIT: ("khac", "khac")}
ASSIGNED = ("assign",)
STARTED = (*ASSIGNED, "start")
SUBMITTED = (*STARTED, "submit")
BROUGHT = {
    "planned": (),
    "assigned": ASSIGNED,
    "in_progress": STARTED,
    "requested": (*STARTED, "ask_extension"),
    "submitted": SUBMITTED,
    "approved": (*SUBMITTED, "approve"),
    "closed": (*SUBMITTED, "approve", "close"),
    "suspended": (*STARTED, "suspend"),
    "given": (*STARTED, "delegate"),
}
"""The steps that bring a task to where another step may be taken."""
STATE_OF = {
    "assign": "planned", "distribute": "planned", "start": "assigned", "decline": "assigned",
    "withdraw": "submitted", "return": "submitted", "approve": "submitted", "close": "approved",
    "reopen": "closed", "reopen_parts": "closed", "grant_extension": "requested",
    "refuse_extension": "requested", "resume": "suspended", "recall": "given",
}  # fmt: skip
CLOSED_KIND, OPEN_KIND = "evaluation", "initiative"
VALUES = {
    "name": "Phòng mới", "person": "nguoi.moi", "roles": "officer", "title": "Việc mới", "text": "Nội dung.",
    "reason": "Có lý do.", "commune": "xã Mới", "secret": SECRET,
    "login": "nguoi.moi", "to": "in_progress", "position": "1",
}  # fmt: skip
UNASKED = {
    "static",
    "health.live",
    "health.ready",
    "health.metrics",
    "start.index",
    "setup.first",
    "setup.create_first",
    "setup.communes",
}
"""Routes outside a workspace, where there is nobody to be told apart."""


class WouldRecord(Refusal):
    """An order got as far as the log of this test, which takes none."""


class Matrix:
    """A commune with an item in every state for two units, and what each of its people is answered."""

    def __init__(self, folder: Path) -> None:
        self.commune = Commune(folder, **shipped_areas())
        self._add_people()
        self.audit, self.sample = self._inspect()
        self.items = {
            (state, unit): self._bring(steps, unit) for state, steps in BROUGHT.items() for unit in STAFF
        }
        kinds = (CLOSED_KIND, OPEN_KIND)
        self.entries = {(kind, unit): self._entry(kind, unit) for kind in kinds for unit in STAFF}
        self._record_reading()
        self.site = Site(self.commune.ws)
        self.province = Site(self._join_province())
        self.forms = self._forms()
        self._clients = {column: self._new_client(column) for column in COLUMNS}
        self._tokens = {column: self._token(client, column) for column, client in self._clients.items()}
        self._is_recorded = False
        self._guard_log()

    def _add_people(self) -> None:
        ws, order = self.commune.ws, self.commune.order
        commands.add_person(ws, "khac", "Người đơn vị khác", None, OTHER_UNIT, order("system:test"))
        for role in ("officer", "unit_head"):
            commands.grant_role(ws, "khac", role, order("system:test"))
        commands.add_person(ws, "khong.vai", "Không vai trò", None, UNIT, order("system:test"))
        commands.add_person(ws, "moi.vai", "Mọi vai trò", None, UNIT, order("system:test"))
        for role in ROLES:
            commands.grant_role(ws, "moi.vai", role, order("system:test"))

    def _bring(self, steps: tuple[str, ...], unit: str) -> str:
        """Return a new task of a unit after some steps."""
        item = self.commune.task("direction", title=f"Việc của {unit}", lead=unit)
        who = {"assign": "coordinator", "approve": "coordinator", "close": "leader", "suspend": "coordinator"}
        for step in steps:
            form = required(TASK.transition(step).fields, unit) | {"due": "2026-06-30"}
            form |= {"due": "2026-07-30"} if step == "ask_extension" else {}
            order = self.commune.order(
                STAFF[unit][1] if step == "delegate" else who.get(step, STAFF[unit][0])
            )
            commands.take_step(self.commune.ws, item, TakeStep(step, form), order)
        return item

    def _entry(self, kind: str, unit: str) -> str:
        """Return a new entry of a unit; the unit's head opens what few may read."""
        is_closed = kind == CLOSED_KIND
        data = (
            {"lead": unit, "period": "2025", "group": "profession", "person": f"Người của {unit}"}
            if is_closed
            else {"lead": unit}
        )
        return self.commune.entry(kind, by="leader" if is_closed else "", **data)

    def _record_reading(self) -> None:
        """Record a reading of the plan's target, for which the first unit answers."""
        place, order = ("2026", "II.1", 1), self.commune.order
        setting = {"owner": UNIT, "source": "reported"}
        measures.set_measure(self.commune.ws, place, setting, order("coordinator"))
        reading = {"period": "2026-02", "value": "12"}
        measures.record_reading(self.commune.ws, place, reading, order("coordinator"))

    def _inspect(self) -> tuple[str, str]:
        """Return an inspection and its sample, which may be drawn now."""
        ws, order = self.commune.ws, self.commune.order
        self.commune.task("direction", title="Việc để chọn mẫu")
        audit = open_audit(ws, DECISION | {"units": []}, order("inspector")).item.id
        open_finding(ws, audit, OBSERVED | {"about": "", "lead": UNIT}, order("inspector"))
        plan_sample(ws, audit, RULE | {"wait": "10"}, order("inspector"))
        self.commune.wait(hours=1)  # whatever is recorded from now on has the checkpoint
        return audit, samples_of(ws.log, audit, ws.log.size())[0].planned_by.id

    def _join_province(self) -> Workspace:
        """Return a province that the commune joined, with somebody of each role."""
        ws, order = self.commune.ws, self.commune.order
        its = commands.create_workspace(
            ws.folder.parent, "tinh-mau", title="tỉnh Mẫu", clock=ws.now, plugins=ws.plugins
        )
        provinces.found(its, "tỉnh Mẫu", [ListedCommune(ws.name, "1", ws.title, "commune", founding=False)])
        provinces.join_province(ws, its, order("system:test"))
        for role in PROVINCE_ROLES:
            login = role.replace("_", ".")
            commands.add_person(its, login, f"Tỉnh {role}", None, None, order("system:test"), roles=[role])
        return its

    def _forms(self) -> dict[str, dict[str, str]]:
        """Return the fields of the forms that somebody with all roles can open, by their endpoints."""
        adapter, found = self.site.app.url_map.bind("localhost"), dict[str, dict[str, str]]()
        for page in pages(self.site.app, self.site.visitor("moi.vai"), "/xa-mau/", each=1):
            for form in page.forms:
                if form.method == "POST":
                    found.setdefault(str(adapter.match(form.action, "POST")[0]), form.fields)
        return found

    def _guard_log(self) -> None:
        """Let the log take what tells of sign-ins, and turn away everything else."""
        log = self.site.app.extensions["cchc"].get(self.commune.ws.name)[0].log
        append = log.append

        def refuse(changes: list[Change], meta: Meta) -> Receipt:
            if all(draft.type.startswith("access.") for change in changes for draft in change.events):
                return append(changes, meta)
            self._is_recorded = True
            raise WouldRecord("Đến được nhật ký.")

        def refuse_clock(meta: Meta) -> None:
            self._is_recorded = True
            raise WouldRecord("Đến được nhật ký.")

        log.append, log.confirm_clock = refuse, refuse_clock

    def rows(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each row of the table: its name, and a word for each column."""
        for rule in sorted(
            self.site.app.url_map.iter_rules(), key=lambda rule: (ends_sessions(rule), str(rule))
        ):
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                if rule.endpoint not in UNASKED:
                    yield from self._rows_of(rule, method)

    def _rows_of(self, rule: Rule, method: str) -> Iterator[tuple[str, list[str]]]:
        short = str(rule).removeprefix("/<workspace>")
        for about, arguments, form in self._cases(rule):
            path = self._address(rule, arguments)
            name = " ".join(
                filter(None, (f"{method:4}", re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"<\1>", short), about))
            )
            yield name, [self._answer(column, method, path, rule, form) for column in COLUMNS]

    def _cases(self, rule: Rule) -> Iterator[tuple[str, dict[str, str], dict[str, Any]]]:
        """Yield the cases of a route: what is told of each, the arguments of its address, and its form."""
        sides = ((UNIT, "own"), (OTHER_UNIT, "other"))
        if "fact" in rule.arguments:
            for step in TASK.transitions:
                for unit, side in sides:
                    state = STATE_OF.get(step.name, "in_progress")
                    item = self.items[state, unit]
                    to = UNIT if step.name == "hand_over" and unit == OTHER_UNIT else OTHER_UNIT
                    to = unit if step.name == "delegate" else to
                    form = required(step.fields, to) | self._versions(item)
                    yield f"{step.fact} {side}", {"item_id": item, "fact": step.fact}, form
        elif "item_id" in rule.arguments:
            for unit, side in sides:
                item = self.items["assigned", unit]
                yield side, {"item_id": item}, self._versions(item)
                for kind in (OPEN_KIND, CLOSED_KIND):
                    yield f"{kind} {side}", {"item_id": self.entries[kind, unit]}, {}
        elif "kind" in rule.arguments and rule.endpoint.startswith("registers"):
            for kind in (OPEN_KIND, CLOSED_KIND):
                yield kind, {"kind": kind}, {}
        else:
            yield "", {}, {}

    def _versions(self, item: str) -> dict[str, str]:
        """Return what the form of a step carries of its item, as on a page that was opened just now."""
        now = self.commune.then(item)
        return {"seen": str(now.state_version), "shown": str(now.version)}

    def _address(self, rule: Rule, arguments: dict[str, str]) -> str:
        ordinary = {
            "workspace": "xa-mau", "plugin": "public_finance", "key": "payment_days", "kind": "task",
            "version": "1", "state": "planned", "plan": "2026", "position": "2", "person": "officer",
            "unit": UNIT, "session": "9999", "name": "calendar", "digest": "0" * 64, "secret": "x",
            "sort": "units", "holder": UNIT, "act": "assignments", "period": "2026-02", "section": "1",
            "ref": "II.1", "number": "1", "question": "submitted-late",
            "audit": self.audit, "planned": self.sample,
        } | arguments  # fmt: skip
        parts = re.split(r"<(?:[^<>]+:)?([a-z_]+)>", str(rule))
        return "".join(ordinary.get(part, "1") if place % 2 else part for place, part in enumerate(parts))

    def _answer(self, column: str, method: str, path: str, rule: Rule, form: dict[str, Any]) -> str:
        client = self._new_client(column) if ends_sessions(rule) else self._clients[column]
        self._is_recorded = False
        if method == "GET":
            return self._word(client.get(path, buffered=True))
        # each from a machine of one's own: wrong passwords of some hold nobody else up
        address = {"REMOTE_ADDR": f"10.0.0.{COLUMNS.index(column) + 1}"}
        sent = dict(VALUES) | self.forms.get(rule.endpoint, {}) | VALUES | form
        if not rule.endpoint.startswith("directory.create_"):
            sent = {name: value for name, value in sent.items() if name not in {"person", "roles"}} | form
        token = self._token(client, column) if ends_sessions(rule) else self._tokens[column]
        sent |= {"command_id": "matrix", "csrf_token": token}
        return self._word(client.post(path, data=sent, buffered=True, environ_overrides=address))

    def _new_client(self, column: str) -> FlaskClient:
        if column == STRANGER:
            return self.site.app.test_client()
        if column in OF_PROVINCE:
            client = self.site.app.test_client()
            client.set_cookie(*self.province.session(OF_PROVINCE[column]))
            return client
        return self.site.visitor("khong.vai" if column == NO_ROLE else login_of(column))

    def _token(self, client: FlaskClient, column: str) -> str:
        return csrf(client.get("/xa-mau/sign-in" if column == STRANGER else "/xa-mau/account").text)

    def _word(self, answer: TestResponse) -> str:
        status, to = answer.status_code, answer.headers.get("Location", "")
        if self._is_recorded:
            return "writes"
        if status == 401 or "/sign-in" in to:
            return "sign-in"
        words = {200: "reads", 204: "reads", 302: "goes", 303: "goes", 403: "no", 404: "hidden"}
        return words.get(status, "form" if status in {400, 409, 422} else str(status))


def ends_sessions(rule: Rule) -> bool:
    """Tell whether a route may end sessions: these come last, each with sessions of its own."""
    return str(rule.endpoint).startswith(("account.", "sessions.", "directory."))


def required(fields: tuple[Field, ...], unit: str) -> dict[str, Any]:
    """Return a value for each required field of a step."""
    plain: dict[str, Any] = {
        "text": "Nội dung đã ghi.", "line": "Số 12/QĐ-UBND", "day": "2026-07-30", "percent": "50",
        "count": "1", "amount": "1", "unit": unit, "units": [UNIT, OTHER_UNIT], "files": [FILE],
        "colleague": STAFF[unit][0],
    }  # fmt: skip
    return {
        field.name: plain.get(field.kind) or field.choices[0][0]
        for field in fields
        if field.required and field.kind != "files"
    }
