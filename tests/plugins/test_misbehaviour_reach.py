"""A plugin is trusted code, but neither facts, items nor templates hand it the workspace or the app."""

from pathlib import Path
from typing import Any

import pytest
from support.misbehaving import commune, commune_with_panel, read
from support.world import ASSIGN, BEGIN, TASK

from cchc_flow.hookspecs import Facts, Violation, hookimpl
from cchc_flow.plugin_host.facts import PluginFacts
from cchc_flow.workflow.item import Item


@pytest.mark.parametrize("name", ["config", "g", "request", "session", "get_flashed_messages", "unread"])
def test_a_template_does_not_know_the_app(tmp_path: Path, name: str) -> None:
    template = f"<i>{{{{ {name} is defined }}}}</i>"
    assert "<i>False</i>" in read(commune_with_panel(tmp_path, template), "areas/bad")


@pytest.mark.parametrize(
    "path",
    [
        "url_for.__globals__",
        "url_for.__self__.config",
        "asset.__globals__['current_app']",
        "self._TemplateReference__context",
        "''.__class__.__mro__",
        "('' | attr('__class__')).__mro__",
        "cycler.__init__.__globals__",
        "facts._source.read()",
    ],
)
def test_no_private_name_leads_a_template_out_of_its_values(tmp_path: Path, path: str) -> None:
    facts = PluginFacts("bad", None)  # type: ignore[arg-type]
    page = read(commune_with_panel(tmp_path, f"<i>{{{{ {path} }}}}</i>", facts=facts), "areas/bad")
    assert "<i></i>" in page or "SecurityError" in page or "UndefinedError" in page


def test_a_template_still_links_escapes_and_writes_days(tmp_path: Path) -> None:
    template = "<a href=\"{{ url_for('items.show', item_id=task) }}\">{{ words }}</a> {{ day | day }}"
    site = commune_with_panel(tmp_path, template, task=TASK, words="<b>", day="2026-03-05")
    page = read(site, "areas/bad")
    assert f'<a href="/xa-mau/items/{TASK}">&lt;b&gt;</a> 05/03/2026' in page


def reachable(start: object) -> set[str]:
    """Return the names of the classes of all objects that attributes lead to, private ones included."""
    seen, waiting, names = set[int](), [start], set[str]()
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        names.add(type(thing).__name__)
        waiting += [*getattr(thing, "__dict__", {}).values()]
        waiting += [cell.cell_contents for cell in getattr(thing, "__closure__", None) or ()]
        waiting += [owner] if (owner := getattr(thing, "__self__", None)) is not None else []
    return names


def test_no_attribute_of_facts_leads_to_the_workspace_the_log_or_the_vault(tmp_path: Path) -> None:
    world, _ = commune(tmp_path)
    world.ws.now = lambda: BEGIN  # the world's own clock knows the world
    source = world.ws.fact_source(actor="hoa")
    assert "Models" in reachable(source)
    found = reachable(source.facts_of("good"))
    assert {"PluginFacts", "ReadModels"} <= found
    assert found.isdisjoint({"Workspace", "Models", "SqliteLog", "Vault"})


def test_facts_and_items_offer_what_is_described_and_nothing_else(tmp_path: Path) -> None:
    seen: list[tuple[Any, Any]] = []

    class Curious:
        """Tò mò"""

        @hookimpl
        def check(self, item: Item, facts: Facts) -> list[Violation]:
            seen.append((item, facts))
            return []

    world, _ = commune(tmp_path, curious=Curious())
    world.take("hoa", "assign", **ASSIGN)
    item, facts = seen[0]
    described = {name for name in vars(Facts) if not name.startswith("_")}
    assert {name for name in dir(facts) if not name.startswith("_")} == described
    assert {name for name in dir(item) if not name.startswith("_")} == set(Item.__struct_fields__)
