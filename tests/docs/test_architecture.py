"""What docs/architecture.md and CONTRIBUTING.md tell of is there, and code cites nothing else."""

import json
import pkgutil
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from test_imports import LAYERS

from cchc_flow.workflow.policy import ROLES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "cchc_flow"
DOCUMENT = (ROOT / "docs/architecture.md").read_text()
RELEASED = json.loads((ROOT / "events/released.json").read_text())
CODE = [path for name in ("cchc_flow", "plugins", "tests", "bench") for path in (ROOT / name).rglob("*.py")]
CITED = re.compile(r"[\w/-]+\.md\b")
NUMBERED = re.compile(r"\b(?:law|issue) #?\d", re.IGNORECASE)


def rooms() -> Iterator[set[str]]:
    """Yield the rooms of each line of the table, from the outside in."""
    table = DOCUMENT.partition("| rooms, from the outside in |")[2].partition("\n\n")[0]
    for line in table.splitlines()[2:]:
        yield set(re.findall(r"`(\w+)`", line.split("|")[1]))


def test_the_rooms_of_the_document_are_the_layers_that_imports_are_held_to() -> None:
    assert list(rooms()) == [layer for layer in LAYERS if layer != {"__main__"}]


@pytest.mark.parametrize("document", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_module_and_folder_that_a_document_names_is_there(document: str) -> None:
    named = re.findall(r"`([\w/]+(?:\.py|\.json|/))`", (ROOT / document).read_text())
    assert len(named) >= 8
    assert [name for name in named if not any((place / name).exists() for place in (ROOT, PACKAGE))] == []


@pytest.mark.parametrize("document", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_every_name_of_the_code_that_a_document_tells_is_there(document: Path) -> None:
    others = {name.partition("/")[0] for name in RELEASED} | {"projections.current"}
    for name in set(re.findall(r"`([a-z_]+(?:\.\w+)+)(?:\([^`]*)?`", document.read_text())) - others:
        modules = [place / name.partition(".")[0] for place in (PACKAGE, PACKAGE / "workflow")]
        if any(path.is_dir() or path.with_suffix(".py").is_file() for path in modules):
            assert name.endswith((".py", ".db")) or is_in_the_code(name), name


def is_in_the_code(name: str) -> bool:
    """Tell whether a dotted name, as documents write it, leads from the package or the core to something."""
    for place in ("cchc_flow", "cchc_flow.workflow"):
        with suppress(ImportError, AttributeError):
            pkgutil.resolve_name(f"{place}.{name}")
            return True
    return False


def test_the_layout_on_one_screen_names_every_part_of_the_package() -> None:
    screen = (ROOT / "CONTRIBUTING.md").read_text().partition("```text\n")[2].partition("```")[0]
    small = {
        "__main__",
        "errors",
        "resources",
        "clock",
        "files",
        "samples",
        "settings",
        "workspace",
        "plugins",
        "register_import",
    }
    assert [room for layer in LAYERS for room in layer - small if room not in screen] == []


def test_the_document_names_every_role_and_every_family_of_events() -> None:
    assert [role for role, title in ROLES.items() if f"`{role}` ({title})" not in DOCUMENT] == []
    families = DOCUMENT.partition("Families: ")[2].partition(". Names")[0]
    assert set(re.findall(r"`(\w+)`", families)) == {name.partition(".")[0] for name in RELEASED}


def test_code_cites_only_what_a_reader_of_the_repository_can_open() -> None:
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        assert not NUMBERED.search(text), path
        if "tests" not in path.parts:
            assert [name for name in CITED.findall(text) if not (ROOT / name).is_file()] == [], path
