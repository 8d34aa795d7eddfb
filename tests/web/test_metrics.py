"""Who watches a server reads its figures; nobody else sees the page."""

from pathlib import Path

import pytest
from support.postgres import TestDatabase
from support.visitors import Site, app_for
from support.world import World

from cchc_flow.settings import read_deployment
from cchc_flow.web.http import readiness
from cchc_flow.web.http.metrics import MEANINGS


def figures(site: Site, address: str = "127.0.0.1") -> dict[str, float]:
    answer = site.app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    lines = [line.rpartition(" ") for line in answer.text.splitlines() if not line.startswith("#")]
    return {name.removeprefix("cchc_flow_"): float(value) for name, _, value in lines}


def test_the_figures_of_one_machine_say_how_far_each_open_workspace_is(site: Site, world: World) -> None:
    site.visitor("hoa").get("/xa-mau/board")
    size = world.ws.log.size()
    assert figures(site) == {
        "home_reachable": 1,
        "ready": 1,
        "workspaces": 1,
        "workspaces_open": 1,
        'position_known{workspace="xa-mau"}': size,
        'position_folded{workspace="xa-mau"}': size,
    }


def test_a_workspace_in_trouble_is_named(site: Site, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "ANSWER_KEPT_FOR", -1)
    (world.data / "xa-hong").mkdir()
    (world.data / "xa-hong" / "events.db").write_bytes(b"no database")
    found = figures(site)
    assert (found["ready"], found['workspace_trouble{workspace="xa-hong"}']) == (1, 1)


@pytest.mark.parametrize("address", ["10.0.0.7", "203.0.113.9", "2001:db8::1", ""])
def test_who_does_not_watch_sees_no_page(site: Site, address: str) -> None:
    answer = site.app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 404 and "cchc_flow_" not in answer.text


def test_the_setting_says_who_watches(site: Site) -> None:
    served = site.app.extensions["cchc"]
    served.deployment = read_deployment({"CCHC_FLOW_METRICS": "10.0.0.0/24"})
    assert figures(site, "10.0.0.7")["ready"] == 1
    assert site.app.test_client().get("/metrics").status_code == 404


def test_a_node_tells_its_connections_and_whether_it_listens(
    postgres: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_world: World
) -> None:
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.url)
    app = app_for(tmp_path / "data", new_world.ws.now)
    text = app.test_client().get("/metrics").text
    for name in ("listening 0", "pool_waiting 0", "nodes_listening 0", "workspaces 0"):
        assert f"cchc_flow_{name}\n" in text
    assert all(f"# HELP cchc_flow_{name} {MEANINGS[name]}\n" in text for name in ("listening", "ready"))
