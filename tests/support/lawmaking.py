"""Legal documents of a small commune on 1 April 2026: the way of one, and short words for its registers."""

from pathlib import Path

import pytest
from support.plugging import plugged
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.asking import AskedFacts
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.plugins import institutional_reform
from cchc_flow.projections.cards import items
from cchc_flow.workflow.item import Item

AREA = "institutional_reform"
DRAFTED = {"form": "committee_decision", "lead": "phong-kinh-te"}
PUBLISHED = {"number": "05/2026/QĐ-UBND", "published_on": "2026-03-07", "address": "xamau.vn/van-ban/5"}
WAY: tuple[tuple[str, dict[str, str]], ...] = (
    ("post", {"posted_on": "2026-02-02", "draft_address": "xamau.vn/du-thao/5"}),
    ("close_opinions", {"opinions_closed_on": "2026-02-22", "opinions": "14"}),
    ("appraise", {"appraised_on": "2026-02-26", "appraisal": "fit"}),
    ("sign", {"signed_on": "2026-03-04", "effective_on": "2026-03-11"}),
    ("publish", PUBLISHED),
    ("self_check", {"checked_on": "2026-03-20", "outcome": "lawful"}),
    ("handle", {"handled_on": "2026-03-25", "handled_by": "06/2026/QĐ-UBND"}),
)
CONCLUDED = {"done_on": "2026-03-20", "report_number": "44/BC-UBND", "proposals": "2"}


@pytest.fixture
def plugins() -> Plugins:
    """The one plugin of the area."""
    return plugged(institutional_reform=institutional_reform)


@pytest.fixture
def world(tmp_path: Path, plugins: Plugins) -> World:
    """The commune on 1 April 2026."""
    world = World(tmp_path / "data", plugins=plugins).settle()
    world.wait(days=30)
    return world


def document(world: World, title: str = "Quyết định về quản lý chợ", **more: str) -> str:
    """Draft a document and return its id."""
    given = DRAFTED | {"title": title} | more
    return commands.open_entry(world.ws, "legal_document", given, world.order("lan")).item.id


def walk(world: World, entry: str, until: str = "self_check", /, **changed: str) -> str:
    """Take the steps of the way up to one, each day and word as in `WAY` or as changed."""
    for step, data in WAY:
        if item(world, entry).state == "drafting" or step not in taken(world, entry):
            world.take("lan", step, entry, **{name: changed.get(name, value) for name, value in data.items()},
                       **{name: changed[name] for name in ("override",) if name in changed})  # fmt: skip
        if step == until:
            return entry
    raise AssertionError(until)


def taken(world: World, entry: str) -> set[str]:
    """Return the names of the steps that were taken on an entry."""
    return {str(event.data.get("step")) for event in world.ws.log.stream(f"item-{entry}")}


def item(world: World, entry: str) -> Item:
    """Return an entry as it is now."""
    return items.item(world.ws.read(), entry)


def facts(world: World) -> AskedFacts:
    """Return what the plugin may know now."""
    return AskedFacts(world.ws, AREA)


def monitoring(world: World, title: str = "Khảo sát về đất đai", **more: str) -> str:
    """Plan to follow how law is enforced, and return the id of that."""
    given = {"title": title, "lead": "phong-kinh-te", "activity": "survey", "plan_number": "12/KH-UBND"}
    order = world.order("lan")
    return commands.open_entry(world.ws, "enforcement_monitoring", given | more, order).item.id
