"""One field is wrong, and without scripts: the form says so in a sentence, and comes back with all the rest.

Every form of every page is sent. `HYPOTHESIS_PROFILE=long` gets each of its fields wrong; else some of them,
but every sort of field in some form of each route.
"""

import os
import re
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from nacl.signing import SigningKey
from support.filling import CHOSEN, Blank, PageForm, Values, forms_on, told_at_head, wrong_values
from support.inspecting import DECISION, OBSERVED, RULE
from support.visitors import PASSWORD, Site, app_for
from werkzeug.test import TestResponse

from cchc_flow import commands
from cchc_flow.commands import measures
from cchc_flow.commands.commune_reports import Frozen, Issue, issue_report
from cchc_flow.commands.document_numbers import NewDocument, number_document
from cchc_flow.commands.inspections import open_audit, open_finding
from cchc_flow.commands.samples import plan_sample, samples_of
from cchc_flow.errors import CchcError
from cchc_flow.eventlog.witnesses.cosignature import Cosigner
from cchc_flow.plugin_host import contributions
from cchc_flow.projections import directory
from cchc_flow.testing import UNIT, Commune, shipped_areas
from cchc_flow.workflow.hands import INSPECTION_KINDS
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workflow.settings.values import Settings

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
LIVES = (
    (),
    ("assign",),
    ("assign", "start"),
    ("assign", "start", "ask_extension"),
    ("assign", "start", "submit"),
    ("assign", "start", "submit", "approve"),
    ("assign", "start", "submit", "approve", "close"),
    ("assign", "suspend"),
)
"""The steps by which tasks came into the states in which their forms are looked at."""
DUE = {"assign": {"due": "2026-06-30"}, "ask_extension": {"due": "2026-07-31"}}
SPECIAL = {
    "person": "nguoi.moi",
    "login": "hoa.tran",
    "address": "hoa@xa.gov.vn",
    "password_old": PASSWORD,
    "password": "lúa-chín-đồng-xa-77",
    "password_again": "lúa-chín-đồng-xa-77",
}
"""What suits fields of these names."""
BESIDE = {"password": "password_again"}
"""Where it is said that what was typed into a field does not fit: beside another one."""
PASSED_OVER = {
    ("account.choose_mail", "kinds"): "a kind of notices that there is no more stays unchosen",
    ("setup.create_first", "province"): "it only offers communes; which name is typed is what counts",
    ("targets.create_counted", "period"): "one choice of a list beside a button; nothing was typed",
    ("sessions.create", "login"): "what is no login may be a password, and is not repeated",
}
"""The fields that take anything, or are not shown again, each with the reason."""
WITHOUT_FIELDS = {
    "membership.create",
    "membership.leave",
    "province_members.remove",
    "province_members.create",  # only in a province, see tests/web/province/test_pages.py
    "province_templates.create",  # these: see tests/web/province/test_templates_page.py
    "province_templates.create_reading",
    "province_templates.create_giving",
    "province_templates.create_delivery",
    "plan_templates.create_put_aside",
    "absences.end", "account.create_feed", "account.end_feed", "account.end_other_sessions",
    "account.end_session", "clock.create_confirmation", "directory.create_password", "inbox.mark_read",
    "moves.create", "moves.undo", "questions.create_table", "reports.take_over_days",
    "saved_views.delete", "sessions.end", "targets.create_counted", "targets.create_suggested",
    "corrections.create", "learning.create_discard", "unfinished.create_edit", "unfinished.discard",
    "witnesses.ask",
}  # fmt: skip
"""What is sent without anything that a person fills in: a button, a drop, or what another form has."""
PERIODS = ("2026-01", "2026-02")
"""Two reports of the commune, of which the first is issued."""
MEASURE = ("2026", "II.1", 1)
DOORS = {"sessions.create", "setup.create", "setup.create_first"}
"""The forms of who has not signed in."""
NOT_SENT = {"sessions.end", "account.end_session", "reform_areas.switch"}
"""What is not sent as it should be: it would take a session or a register from the forms behind it."""


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commune]:
    """A commune with all areas, a task in every state, and somebody of a unit who holds every role."""
    commune = Commune(tmp_path_factory.mktemp("wrong"), **shipped_areas())
    everybody = directory.person(commune.ws.read(), "coordinator")
    commands.change_person(
        commune.ws,
        everybody.id,
        everybody.name,
        "",
        UNIT,
        True,
        commune.order("system:test"),
        roles=set(ROLES),
    )
    for steps in LIVES:
        item = commune.task()
        for step in steps:
            assert commune.when(item, step, **DUE.get(step, {})).refusal == "", step
    inspect(commune)
    for register in contributions.collect(commune.ws.plugins).registers:
        with suppress(CchcError, StopIteration):
            commune.entry(register[1].kind)
    issue_papers(commune)
    read_target(commune)
    name_witness(commune)
    yield commune
    commune.ws.close()


def name_witness(commune: Commune) -> None:
    """Name a witness to whom files are carried, so that its answers can be handed in."""
    key = Cosigner("thanh-tra.example", SigningKey.generate()).key
    named = {"witnesses": [{"key": str(key), "address": ""}]}
    commands.change_setting(commune.ws, "witnesses", named, "QĐ 3", commune.order("coordinator"))


def issue_papers(commune: Commune) -> None:
    """Issue a report, and number a document that is none."""
    issue = Issue(day="01/03/2026", signer="Phạm Nam", signer_lines=("Chủ tịch",))
    order = commune.order("coordinator")
    issue_report(commune.ws, PERIODS[0], issue, order, lambda _: Frozen(subject="Kết quả", make_files=tuple))
    words = {"kind": "", "symbol": "UBND", "subject": "đôn đốc", "day": "01/03/2026", "signer": "Phạm Nam"}
    number_document(commune.ws, NewDocument(**words), commune.order("coordinator"))


def read_target(commune: Commune) -> None:
    """Let the areas and the units tell how the target stands, and record what a unit told."""
    order = commune.order("coordinator")
    setting = {"owner": UNIT, "source": "both", "computed": "public_finance:disbursement_2026"}
    measures.set_measure(commune.ws, MEASURE, setting, order)
    reading = {"period": PERIODS[0], "value": "12,5"}
    measures.record_reading(commune.ws, MEASURE, reading, commune.order("coordinator"))


def inspect(commune: Commune) -> None:
    """Open an inspection with an observation and a sample that is to be drawn now."""
    audit = open_audit(commune.ws, DECISION | {"units": []}, commune.order("coordinator")).item.id
    open_finding(commune.ws, audit, OBSERVED | {"about": ""}, commune.order("coordinator"))
    plan_sample(commune.ws, audit, RULE | {"wait": "10"}, commune.order("coordinator"))
    commune.wait(hours=1)  # whatever is recorded from now on has the checkpoint


@pytest.fixture(scope="module")
def site(commune: Commune) -> Site:
    return Site(commune.ws)


class Walk:
    """Sends the forms of pages, each once, and those of the pages to which they lead."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self.app, self.client = app, client
        self.faults: list[str] = []
        self.sent = Counter[str]()
        self._looked_at = set[str]()
        self._waiting, self._known = deque[PageForm](), set[tuple[str, ...]]()

    def look(self, page: str) -> str:
        """Gather the forms of a page that were not seen before; return its text."""
        answer = self.client.get(page, follow_redirects=True)
        return self._gather(answer)

    def send_all(self) -> None:
        """Send each form with wrong fields; then all as they should be, and go on with what that leads to."""
        while self._waiting:
            forms = [self._waiting.popleft() for _ in range(len(self._waiting))]
            for form in forms:
                self._send_wrong(form)
            for form in forms:
                if self._endpoint(form) not in NOT_SENT:
                    self._gather(self._follow(form.send(self.client, form.filled(SPECIAL))))
                    self._look_again(form)

    def _gather(self, answer: TestResponse) -> str:
        if answer.status_code != 200 or answer.mimetype != "text/html":
            answer.close()  # of a file that is not read to its end, as a server does
            return ""
        for form in forms_on(answer.request.path, answer.text):
            names = {re.sub(r"\d.*", "", blank.name) for blank in form.blanks()}
            sort = (self._endpoint(form), *sorted(names))
            if names and sort not in self._known:
                self._known.add(sort)
                self._waiting.append(form)
        return answer.text

    def _look_again(self, form: PageForm) -> None:
        """Look at a form's page after it was sent, which may have more forms now; once for each endpoint."""
        endpoint = self._endpoint(form).split()[0]
        if endpoint not in self._looked_at:
            self._looked_at.add(endpoint)
            self.look(form.page)

    def _follow(self, answer: TestResponse) -> TestResponse:
        return self.client.get(answer.headers["Location"]) if answer.status_code == 303 else answer

    def _endpoint(self, form: PageForm) -> str:
        endpoint, arguments = self.app.url_map.bind("localhost").match(form.action.partition("?")[0], "POST")
        return " ".join([endpoint, *(arguments[name] for name in ("fact", "act") if name in arguments)])

    def _send_wrong(self, form: PageForm) -> None:
        right, endpoint = form.filled(SPECIAL), self._endpoint(form)
        blanks = [one for one in form.blanks() if (endpoint, one.name) not in PASSED_OVER]
        for blank in self._chosen_blanks(blanks, endpoint.split()[0]):
            for wrong in wrong_values(blank):
                values = right.copy()
                values.setlist(blank.name, wrong)
                answer = form.send(self.client, values)
                self.sent[endpoint.split()[0]] += 1
                about = f"{endpoint} on {form.page}, {blank.name}={str(wrong)[:24]}"
                self.faults += [f"{about}: {words}" for words in faults_of(form, blank, values, answer)]

    def _chosen_blanks(self, blanks: list[Blank], endpoint: str) -> list[Blank]:
        """Return the fields to get wrong: those of a sort that is new to the endpoint, and one more."""
        chosen = []
        for number, blank in enumerate(blanks):
            sort = f"{endpoint} {blank.sort} {blank.is_needed}"
            self.sent[sort] += 1
            if IS_LONG or self.sent[sort] == 1 or number == len(self._known) % len(blanks):
                chosen.append(blank)
        return chosen


def faults_of(form: PageForm, blank: Blank, values: Values, answer: TestResponse) -> Iterator[str]:
    """Yield what an answer to a form with one wrong field lacks."""
    if not 400 <= answer.status_code < 500:
        yield f"answered with {answer.status_code} {answer.headers.get('Location', '')}"
        return
    back = next((one for one in forms_on(form.page, answer.text) if one.action == form.action), None)
    if back is None and told_at_head(answer.text) and all(one.sort in CHOSEN for one in form.blanks()):
        return
    if back is None:
        title = re.findall("<h1>(.*?)</h1>", answer.text)
        yield f"no form came back with {answer.status_code}, but {title}"
        return
    beside = back.told_beside(BESIDE.get(blank.name, blank.name))
    if not beside and not told_at_head(answer.text):
        yield "nothing says what is wrong"
    yield from lost_values(form, blank, values, back, answer.text)


def lost_values(form: PageForm, wrong: Blank, values: Values, back: PageForm, page: str) -> Iterator[str]:
    """Yield what was typed and does not stand in the form that came back; a file is named."""
    written = back.written()
    for blank in form.blanks():
        sent = values.getlist(blank.name)
        if blank.sort == "password" or (blank == wrong and blank.sort in CHOSEN):
            continue
        if blank.sort == "file":
            yield from (f"«{name}» is not named" for name, _ in sent if name not in page)
        elif _trimmed(sent) != _trimmed(written.getlist(blank.name)):
            yield f"{blank.name} was {str(sent)[:40]}, is {str(written.getlist(blank.name))[:40]}"


def _trimmed(values: list[str]) -> list[str]:
    return [value.strip() for value in values if value.strip()]


def register_kinds(commune: Commune) -> list[str]:
    return [register[1].kind for register in contributions.collect(commune.ws.plugins).registers]


def addresses(site: Site, commune: Commune) -> Iterator[str]:
    """Yield the address of every page, by the routes: one, or all, of what each part of them can be.

    A part that the table does not know is 1: what is found nowhere so is missed at the end.
    """
    audit = commune.entries("audit")[0].id
    (sample,) = samples_of(commune.ws.log, audit, commune.ws.log.size())
    parts = {
        "workspace": ["xa-mau"],
        "audit": [audit],
        "planned": [sample.planned_by.id],
        "item_id": [commune.entries("task")[0].id],
        "kind": register_kinds(commune),
        "plugin": [*commune.ws.plugins.about][:1],
        "name": [*Settings.__struct_fields__],
        "person": ["officer"],
        "unit": [UNIT],
        "sort": ["units"],
        "holder": [UNIT],
        "plan": ["2026"],
        "state": ["planned"],
        "fact": ["comments"],
        "period": [*PERIODS],
        "ref": [MEASURE[1]],
    }
    adapter = site.app.url_map.bind("localhost")
    for rule in site.app.url_map.iter_rules():
        names = sorted(rule.arguments)
        for values in product(*(parts.get(name, ["1"]) for name in names)) if "GET" in rule.methods else ():
            yield adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))
    yield "/xa-mau/account/views?of=board"


def step_forms(walk: Walk, commune: Commune) -> Iterator[str]:
    """Yield the addresses of the forms of steps that pages of items lead to, one of each kind and step."""
    seen = set[tuple[str, str]]()
    for item in (
        item
        for kind in ("task", *INSPECTION_KINDS, *register_kinds(commune))
        for item in commune.entries(kind)
    ):
        menu = walk.look(f"/xa-mau/items/{item.id}/steps")
        for way, fact in re.findall(r'href="(/xa-mau/items/[^"/]+/([^"/]+)/new)"', menu):
            if (item.kind, fact) not in seen:
                seen.add((item.kind, fact))
                yield way


def test_each_form_with_one_wrong_field_says_so_and_keeps_the_rest(site: Site, commune: Commune) -> None:
    walk = Walk(site.app, site.visitor("coordinator"))
    for page in addresses(site, commune):
        walk.look(page)
    for page in step_forms(walk, commune):
        walk.look(page)
    walk.send_all()
    if walk.faults:
        pytest.fail("\n".join(walk.faults))
    posts = {rule.endpoint for rule in site.app.url_map.iter_rules() if "POST" in rule.methods}
    assert posts - walk.sent.keys() == WITHOUT_FIELDS | DOORS


def test_so_do_the_forms_of_who_has_not_signed_in(site: Site, tmp_path: Path) -> None:
    site.give_password("officer")
    commands.create_workspace(tmp_path / "new", "xa-moi", title="xã Mới", clock=site.ws.now)
    new, empty = (app_for(tmp_path / name, site.ws.now) for name in ("new", "empty"))
    walks = []
    for app, page in ((site.app, "/xa-mau/sign-in"), (new, "/xa-moi/setup"), (empty, "/setup")):
        walk = Walk(app, app.test_client())
        walk.look(page)
        walk.send_all()
        walks.append(walk)
    assert [words for walk in walks for words in walk.faults] == []
    assert all(any(walk.sent[endpoint] for walk in walks) for endpoint in DOORS)


def test_the_walk_finds_a_form_that_loses_what_was_typed(site: Site) -> None:
    client = site.visitor("coordinator")
    page = client.get("/xa-mau/items/new").text
    form = next(one for one in forms_on("/xa-mau/items/new", page) if one.action == "/xa-mau/items")
    title = next(blank for blank in form.blanks() if blank.name == "title")
    values = form.filled(SPECIAL)
    values.setlist("title", [])
    answer = form.send(client, values)
    assert [*faults_of(form, title, values, answer)] == []
    back = forms_on(form.page, answer.text.replace("ở ô text", ""))
    lying = next(one for one in back if one.action == form.action)
    assert next(lost_values(form, title, values, lying, answer.text)).startswith("text was")
