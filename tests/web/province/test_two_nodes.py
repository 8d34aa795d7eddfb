"""A province in one database and on two nodes: what one does the other shows."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from support.postgres import TestDatabase
from support.province import INSIDE, NAME, OTHER, OUTSIDE, ProvinceWorld
from support.visitors import Site
from support.world import adoption

from cchc_flow import commands
from cchc_flow.audit import reads
from cchc_flow.commands import provinces
from cchc_flow.projections.province import ListedCommune
from cchc_flow.workspace import Workspace

OVERVIEW = f"/{NAME}/province/overview"


class Nodes:
    """Two servers, each with a data folder of its own; `here` founded the province, `there` came later."""

    def __init__(self, folder: Path) -> None:
        self.world = ProvinceWorld(folder / "here")
        self.folder = folder / "there"
        (self.folder / "private").mkdir(parents=True)
        shutil.copy(self.world.data / "private" / "node.key", self.folder / "private")
        for name in (INSIDE, OTHER):
            ws = self.world.open(name)
            commands.adopt_plan(ws, adoption(), self.world.order(ws))
            ws.close()
        self.opened: list[Workspace] = []
        self.here, self.there = Site(self.world.ws), Site(self.open_there(NAME))

    def open_there(self, name: str) -> Workspace:
        """Open a workspace on the second node."""
        self.opened.append(commands.open_workspace(self.folder, name, self.world.now))
        return self.opened[-1]

    def clients(self, login: str) -> tuple[FlaskClient, FlaskClient]:
        """Return a browser at each node, both with one session that was begun at the first."""
        session = self.here.session(login)
        made = self.here.app.test_client(), self.there.app.test_client()
        for client in made:
            client.set_cookie(*session)
        return made

    def close(self) -> None:
        for ws in (*self.opened, self.world.ws, self.world.outside):
            ws.close()


@pytest.fixture
def nodes(postgres: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nodes]:
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.url)
    made = Nodes(tmp_path)
    yield made
    made.close()


def read_figures(client: FlaskClient) -> str:
    """Return the figures when all communes were read."""
    for _ in range(20):
        page = client.get(f"{OVERVIEW}/figures").text
        if "đang đọc tiếp" not in page:
            return page
    raise AssertionError("the communes are not read")


def test_what_happens_on_one_node_makes_the_figures_of_the_other_old_until_it_reads_them(
    nodes: Nodes,
) -> None:
    here, there = nodes.clients("minh")
    assert "Đã đọc 2 trong 2 xã." in read_figures(here)
    assert "Đã đọc 2 trong 2 xã." in read_figures(there)
    ws = nodes.world.open(INSIDE)
    nodes.world.add_person(ws, "hoa", "coordinator")
    ws.close()
    for client in (here, there):
        assert client.get(OVERVIEW).text.count("số liệu cũ, đọc lúc") == 1
        assert "số liệu cũ" not in read_figures(client)


def test_a_session_of_the_province_reads_communes_on_both_nodes_and_the_commune_sees_it_once(
    nodes: Nodes,
) -> None:
    here, there = nodes.clients("thu")
    for client in (here, there):
        assert client.get(f"/{INSIDE}/events").status_code == 200
        page = client.get(f"/{NAME}/province/search?q=ke+hoach").text
        assert "Đã tìm ở 2 xã; 2 xã có kết quả." in page
    commune = nodes.open_there(INSIDE)
    found = [(read.person, read.thing) for read in reads.reads_of(commune)]
    assert sorted(found) == [(f"thu@{NAME}", "events"), (f"thu@{NAME}", "events?q")]
    assert len(commune.log.stream(f"province-visitor-thu-{NAME}")) == 1


def test_a_commune_joins_on_one_node_and_leaves_on_the_other(nodes: Nodes) -> None:
    here, there = nodes.clients("minh")
    listed = ListedCommune(OUTSIDE, "9", "xã Ngoài", "commune", founding=False)
    own = nodes.world.ws
    provinces.list_commune(own, listed, nodes.world.order(own, "lan.tran"))
    outside = nodes.open_there(OUTSIDE)
    provinces.join_province(outside, nodes.there.ws, nodes.world.order(outside))
    for client in (here, there):
        assert "3 đã tham gia" in client.get(f"/{NAME}/province/members").text
        assert client.get(f"/{OUTSIDE}/board").status_code == 200
        assert "Đã đọc 3 trong 3 xã." in read_figures(client)
    provinces.leave_province(nodes.world.outside, nodes.world.order(nodes.world.outside))
    for client in (here, there):
        assert client.get(f"/{OUTSIDE}/board").status_code == 303
        assert client.get(OVERVIEW).text.count("số liệu cũ, đọc lúc") == 1
        assert "Xã chưa tham gia tỉnh" in read_figures(client)


def test_a_log_that_was_changed_is_named_on_both_nodes_and_the_other_commune_goes_on(
    nodes: Nodes, postgres: TestDatabase
) -> None:
    postgres.query(
        "SET session_replication_role = replica; UPDATE cchc_log.events SET leaf = sha256('x')"  # noqa: S608
        f" WHERE workspace = '{OTHER}' AND position = (SELECT max(position) FROM cchc_log.events"
        f" WHERE workspace = '{OTHER}')"
    )
    for client in nodes.clients("thu"):
        page = read_figures(client)
        assert "1 xã chưa đọc được" in page and "Đã đọc 1 trong 2 xã." in page
        assert client.get(f"/{INSIDE}/board").status_code == 200
        assert client.get(f"/{OTHER}/board").status_code >= 500
        assert "1 xã không trả lời được" in client.get(f"/{NAME}/province/search?q=ke+hoach").text
        assert "Không đọc được nhật ký" in client.get(f"/{NAME}/province/members").text


def test_read_models_that_are_broken_on_one_node_are_no_trouble_of_the_other(nodes: Nodes) -> None:
    there = nodes.open_there(OTHER)
    page = there.read().execute("SELECT rootpage FROM sqlite_schema WHERE name = 'cards'").fetchone()[0]
    there.close()
    [file] = (nodes.folder / OTHER).glob("projections-*.db")
    with file.open("r+b") as opened:
        opened.seek((page - 1) * 4096)
        opened.write(b"no page at all!!" * 256)
    good, bad = nodes.clients("minh")
    assert "«cchc-flow rebuild»" in read_figures(bad) and "Đã đọc 1 trong 2 xã." in read_figures(bad)
    assert "Đã đọc 2 trong 2 xã." in read_figures(good)
    assert bad.get(f"/{INSIDE}/board").status_code == good.get(f"/{OTHER}/board").status_code == 200
