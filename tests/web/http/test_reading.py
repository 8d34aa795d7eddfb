"""What may be read by whom, over the whole application: a walk of every page and download for each role."""

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from support.civil_service import AREA, DECIDED, GRADED
from support.mailbox import mailbox
from support.registers import AreaCommune
from support.visitors import QUICK, Site

from cchc_flow import commands
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.audit.questions.catalogue import offered_questions
from cchc_flow.eventlog.merkle import leaf_hash
from cchc_flow.eventlog.receipt_files import parse_receipt
from cchc_flow.notifications.letters import send_mail_digests
from cchc_flow.notifications.reminders import run_reminders
from cchc_flow.projections.cards import items
from cchc_flow.projections.notices import KINDS
from cchc_flow.settings import Deployment
from cchc_flow.testing import OTHER_UNIT, UNIT, login
from cchc_flow.workflow.policy import ROLES

WORDS = {
    "discipline": (
        "Sổ kín một",
        "Họ tên kín một",
        "Chức vụ kín một",
        "Lời kín một",
        "Thuật kín một",
        "71/KÍN",
    ),
    "evaluation": ("Sổ kín hai", "Họ tên kín hai", "Chức vụ kín hai", "Lời kín hai", "72/KÍN"),
}
"""What is told in an entry of a kind and nowhere else: its title, its fields, its texts."""
READERS = {
    "discipline": {"coordinator", "leader", "inspector"},
    "evaluation": {"coordinator", "leader", "inspector", "unit.head"},
}
NO_ROLE, STRANGER = "chua.co", "thu.truong.khac"
PEOPLE = [*(login(role) for role in ROLES), NO_ROLE, STRANGER]
QUERIES = (
    "",
    "kind=discipline",
    "kind=evaluation",
    "words=kin",
    "kind=evaluation&words=kin",
    "plan=all&figure=all",
    "kind=evaluation&plan=all&figure=all&as_of=2026-03-03",
    "kind=evaluation&mine=1",
    "from=1",
    "period=2026-Q1&by=unit&who=phong-kinh-te",
    "period=2026-Q1&by=person&who=",
)
VALUES: dict[str, tuple[object, ...]] = {
    "state": ("considered", "waiting", "planned"),
    "fact": ("discipline-decisions", "gradings", "assignments"),
    "version": (2,),
}
"""What an argument of an address can be, where it is the same for every commune."""


class Office:
    """A commune with a case of discipline and an evaluation, both led by the unit of `unit.head`."""

    def __init__(self, folder: Path) -> None:
        self.commune = AreaCommune(folder, AREA)
        self.site = Site(self.commune.ws)
        for name, unit in ((NO_ROLE, UNIT), (STRANGER, OTHER_UNIT)):
            commands.add_person(self.commune.ws, name, name, None, unit, self.commune.order("system:test"))
        commands.grant_role(self.commune.ws, STRANGER, "unit_head", self.commune.order("system:test"))
        self.task = self.commune.task(AREA)
        self.entries = {"discipline": self._case(), "evaluation": self._evaluation()}
        self.other = self.commune.write(
            "evaluation",
            "Mục của đơn vị khác",
            lead=OTHER_UNIT,
            person="B",
            post="C",
            period="2025",
            group="profession",
        ).id
        self.commune.wait(days=20)
        run_reminders(self.commune.ws)

    def _case(self) -> str:
        title, person, post, clearing, content, number = WORDS["discipline"]
        told = {"person": person, "post": post, "found_on": "2026-01-10", "due": "2026-03-20"}
        case = self.commune.write("discipline", title, **told).id
        self.commune.take("leader", "clear", case, cleared_on="2026-03-01", reason=clearing)
        second = self.commune.write("discipline", title, **told).id
        decision = DECIDED | {"decision_number": f"{number}-UBND"}
        self.commune.take("leader", "decide", second, **decision, content=content)
        return self.commune.write("discipline", title, **told).id

    def _evaluation(self) -> str:
        title, person, post, remarks, number = WORDS["evaluation"]
        told = {
            "person": person,
            "post": post,
            "period": "2025",
            "group": "profession",
            "task": self.task,
            "due": "2026-03-20",
        }
        graded = self.commune.write("evaluation", title, **told).id
        decision = GRADED | {"decision_number": f"{number}-UBND"}
        self.commune.take("unit_head", "grade", graded, **decision, remarks=remarks)
        return self.commune.write("evaluation", title, **told | {"period": "2024"}).id

    def secrets(self, who: str) -> Iterator[tuple[str, str]]:
        """Yield each word, and each id, that a person must not get to see, with the kind that it is of."""
        ids = {event.stream.removeprefix("item-") for event in self.commune.ws.log.read_events()}
        kinds = {id_: item.kind for id_ in ids if (item := items.find_item(self.commune.ws.read(), id_))}
        if who == STRANGER:  # the head of the unit that leads it
            del kinds[self.other]
        for kind in WORDS:
            if who not in READERS[kind]:
                yield from ((kind, word) for word in WORDS[kind])
                yield from ((kind, id_) for id_, its in kinds.items() if its == kind)

    def paths(self) -> Iterator[str]:
        """Yield every address that can be asked for, with every argument that could tell something."""
        adapter = self.site.app.url_map.bind("localhost")
        for rule in self.site.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            names = sorted(rule.arguments)
            for values in product(*(self._values(name) for name in names)):
                path = adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))
                has_more = rule.arguments <= {"workspace", "plugin"}
                yield from (
                    (f"{path}?{query}" for query in self._queries(rule.endpoint)) if has_more else (path,)
                )

    def _queries(self, endpoint: str) -> tuple[str, ...]:
        named = tuple(f"item={id_}" for id_ in self.entries.values())
        match endpoint.partition(".")[0]:
            case "events" | "reads":
                return (*QUERIES, *named)
            case "comparisons":
                return (*QUERIES, f"from=1&unit={UNIT}", *(f"from=1&{query}" for query in named))
            case _:
                return QUERIES

    def _values(self, name: str) -> tuple[object, ...]:
        ws = self.commune.ws
        match name:
            case "workspace":
                return (ws.name,)
            case "item_id":
                return (*self.entries.values(), self.task)
            case "position":
                return tuple(range(1, ws.log.size() + 1))
            case "kind":
                return ("discipline", "evaluation", "task")
            case "plugin":
                return (AREA,)
            case "digest":
                return tuple({path.name for path in (ws.folder / "vault").glob("??/*")})
            case "question":
                return tuple(one.name for one in offered_questions(ws, ws.read()))
            case _:
                return VALUES.get(name, ("1",))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("office"))
    yield made
    made.commune.ws.close()


def whole_answer(client: FlaskClient, path: str) -> str:
    """Return the headers and the content of an answer, without what the address itself had said."""
    answer = client.get(path, buffered=True)
    assert answer.status_code < 500, path
    content = f"{answer.headers} {answer.get_data().decode(errors='replace')}"
    for asked in re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", path):
        content = content.replace(asked, "")
    return content


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_or_download_tells_of_an_entry_to_whom_it_is_closed(office: Office, who: str) -> None:
    client, secrets = office.site.visitor(who), list(office.secrets(who))
    paths = list(office.paths())
    assert len(paths) > 200
    leaks = [
        (path, kind)
        for path in paths
        if (content := whole_answer(client, path))
        for kind, secret in secrets
        if secret in content or json.dumps(secret)[1:-1] in content
    ]
    assert leaks == []


@pytest.mark.parametrize("kind", WORDS)
def test_who_may_read_an_entry_finds_it_on_its_page_in_lists_and_in_the_log(
    office: Office, kind: str
) -> None:
    (title, *_), item = WORDS[kind], office.entries[kind]
    for who in READERS[kind]:
        client = office.site.visitor(who)
        for path in (f"items/{item}", f"items?kind={kind}", f"board?kind={kind}", f"events?item={item}"):
            assert title in client.get(f"/xa-mau/{path}").text, (who, path)


@pytest.mark.parametrize("who", sorted({login(role) for role in ROLES} - READERS["discipline"]))
def test_a_closed_entry_answers_as_one_that_there_is_not(office: Office, who: str) -> None:
    client, item = office.site.visitor(who), office.entries["discipline"]
    closed = client.get(f"/xa-mau/items/{item}")
    missing = client.get(f"/xa-mau/items/{item[:-4]}0000")
    assert closed.status_code == missing.status_code == 404
    tokens = re.compile(r'csrf-token" content="[^"]+"|name="csrf_token" value="[^"]+"')
    same = [
        tokens.sub("", page.text).replace(item[:-4], "").replace(item[-4:], "0000")
        for page in (closed, missing)
    ]
    assert same[0] == same[1]


def test_a_part_that_a_closed_entry_does_not_have_answers_alike(office: Office) -> None:
    client, item = office.site.visitor("officer"), office.entries["discipline"]
    for asked in (f"{item}:{UNIT}", f"{item[:-4]}0000:{UNIT}"):
        answer = client.get(f"/xa-mau/items/{asked}")
        assert answer.status_code == 404
        assert f"Không có công việc «{asked}», hoặc bạn không được xem." in answer.text


def test_an_order_on_a_closed_entry_is_refused_as_on_one_that_there_is_not(office: Office) -> None:
    happened = office.commune.when(office.entries["discipline"], "decide", by="officer")
    assert happened.refusal.startswith("Không có công việc «")


COUNT = re.compile(r'href="(/xa-mau/items\?[^"]*figure=[^"]*)"><strong>(\d+)</strong>')
READABLE = {
    **{who: {"discipline": 3, "evaluation": 3} for who in READERS["discipline"]},
    "unit.head": {"evaluation": 2},
    STRANGER: {"evaluation": 1},
    **{login(role): {"evaluation": 0} for role in ("officer", "admin", "viewer")},
}
"""How many entries of each kind a person may read. Who could be evaluated has a list of the own entries, with
none as long as there is none; a kind that is left out is not there at all."""


@pytest.mark.parametrize("who", [login(role) for role in ROLES] + [STRANGER])
@pytest.mark.parametrize("kind", WORDS)
def test_every_count_is_that_of_the_list_behind_it(office: Office, who: str, kind: str) -> None:
    client, number = office.site.visitor(who), READABLE.get(who, {}).get(kind)
    pages = [client.get(f"/xa-mau/{page}?kind={kind}&plan=all") for page in ("items", "overview", "board")]
    area = client.get(f"/xa-mau/areas/{AREA}").text
    numbers = re.findall(rf'href="[^"]*kind={kind}[^"]*">(\d+) mục', area)
    if number is None:
        assert [page.status_code for page in pages] == [404] * 3
        assert f"kind={kind}" not in area + client.get("/xa-mau/board").text
        return
    assert numbers == ([str(number)] if number else [])
    counts = COUNT.findall(pages[1].text)
    assert len(counts) >= 4
    for address, count in counts:
        assert listed_items(client, address.replace("&amp;", "&")) == int(count), address
    assert listed_items(client, f"/xa-mau/items?kind={kind}&plan=all&figure=all") == number
    assert sum(map(int, re.findall(r'id="n-[^"]*" class="count">(\d+)<', pages[2].text))) == number
    assert pages[2].text.count('<li id="i-') == number


def listed_items(client: FlaskClient, address: str) -> int:
    """Return how many items a list shows."""
    return len(set(re.findall(r'href="/xa-mau/items/([0-9a-f-]{36})"', client.get(address).text)))


def test_a_grade_is_the_same_for_all_and_names_only_what_its_reader_may_read(office: Office) -> None:
    address = "/xa-mau/grading?period=2026-Q1&by=unit&who=phong-kinh-te"
    pages = {who: office.site.visitor(who).get(address).text for who in ("leader", "unit.head")}
    grades = [re.findall(r'data-title="Kết quả"><a[^>]*>([^<]+)<', page) for page in pages.values()]
    assert grades[0][0] == grades[1][0]  # a head sees the own unit only
    case, hidden = WORDS["discipline"][0], "Một mục mà bạn không được xem"
    assert case in pages["leader"] and hidden not in pages["leader"]
    assert case not in pages["unit.head"] and pages["unit.head"].count(hidden) == pages["leader"].count(case)


def test_an_auditor_who_may_not_read_an_entry_still_sees_that_its_events_are_whole(office: Office) -> None:
    log, client = office.commune.ws.log, office.site.visitor("admin")
    streams = {f"item-{id_}" for id_ in office.entries.values()}
    position = next(event.position for event in log.read_events() if event.stream in streams)
    page = client.get(f"/xa-mau/events/{position}")
    assert page.status_code == 200
    assert "mà bạn không được xem" in page.text and "nằm nguyên vẹn dưới dấu niêm phong" in page.text
    assert client.get(f"/xa-mau/events/{position}/body").status_code == 404
    receipt = parse_receipt(client.get(f"/xa-mau/events/{position}/receipt").data)
    assert receipt.body is None and receipt.leaf == leaf_hash(log.body(position))
    assert f'id="event-{position}"' in client.get(f"/xa-mau/events?before={position + 1}").text


@pytest.mark.parametrize("kind", WORDS)
def test_a_search_of_the_log_neither_finds_nor_counts_what_is_closed(office: Office, kind: str) -> None:
    title, item = WORDS[kind][0], office.entries[kind]
    log = office.commune.ws.log
    newest = max(event.position for event in log.read_events() if event.stream == f"item-{item}")
    found = {}
    for who in ("admin", "inspector"):
        client = office.site.visitor(who)
        for query in (f'q="{title}"', f"kind={kind}", f"person={log.event(newest).actor}", "flag=late"):
            page = client.get(f"/xa-mau/events?{query}").text
            if query.startswith("q="):
                assert ("không được tìm và không được đếm" in page) == (who == "admin")
            found[who, query.partition("=")[0]] = f'id="event-{newest}"' in page
            if who == "admin":
                assert kind not in re.findall(r"kind=(\w+)", page.partition('class="facets"')[2])
    assert not any(found["admin", name] for name in ("q", "kind", "person", "flag"))
    assert all(found["inspector", name] for name in ("q", "kind", "person"))


def test_an_inspector_downloads_every_event_and_reads_every_entry(office: Office) -> None:
    client, log = office.site.visitor("inspector"), office.commune.ws.log
    for position in range(1, log.size() + 1):
        answer = client.get(f"/xa-mau/events/{position}/body")
        assert (answer.status_code, answer.data) == (200, log.body(position))


def test_an_account_without_a_role_has_its_own_page_and_is_told_whom_to_ask(office: Office) -> None:
    client = office.site.visitor(NO_ROLE)
    pages = {
        path: client.get(f"/xa-mau/{path}")
        for path in ("", "board", "overview", "plans", "directory", "inbox")
    }
    assert {page.status_code for page in pages.values()} == {403}
    assert all("Tài khoản của bạn chưa có vai trò nào" in page.text for page in pages.values())
    assert all('href="/xa-mau/account"' in page.text for page in pages.values())
    own = client.get("/xa-mau/account")
    assert own.status_code == 200 and "Bảng công việc" not in own.text


@pytest.mark.parametrize("who", PEOPLE)
def test_feeds_and_letters_tell_of_no_entry_to_whom_it_is_closed(office: Office, who: str) -> None:
    ws = office.commune.ws
    accounts = open_accounts(ws, QUICK)
    secret = accounts.personal.create_feed_secret(who, ws.now())
    accounts.personal.save_mail_preferences(who, f"{who}@xa-mau.gov.vn", list(KINDS), 0)
    feed = office.site.app.test_client().get(f"/xa-mau/calendar/{secret}.ics").text.replace("\r\n ", "")
    with mailbox() as box:
        send_mail_digests(ws, accounts, Deployment(box.server, "https://cchc.example"))
    accounts.personal.save_mail_preferences(who, "", [], ws.log.size())
    letters = "".join(str(letter.get_content()) for letter in box.letters)
    assert [secret for _, secret in office.secrets(who) if secret in feed + letters] == []
    if who == "unit.head":
        assert WORDS["evaluation"][0] in feed and WORDS["evaluation"][0] in letters
