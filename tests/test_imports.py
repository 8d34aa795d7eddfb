"""Imports point one way, areas know only the hooks and the core, and nothing knows an area."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "cchc_flow"
SAMPLE = PACKAGE / "samples" / "plugin"  # what a new plugin is copied from: it follows the law of areas

# From the outside in: a module may import from its own layer and from those below it.
LAYERS = (
    {"__main__"},
    {"cli"},
    {"demo", "simulation", "testing"},
    {"web"},
    {"province"},
    {
        "backup",
        "plan_import",
        "register_import",
        "reporting",
        "audit",
        "notifications",
        "accounts",
        "diagrams",
        "previews",
        "signatures",
    },
    {"commands"},
    {"workspace"},
    {"plugin_host", "homes", "nodes", "postgres_home"},
    {"plugins", "projections"},
    {"plugin_kit"},
    {"hookspecs"},
    {"report_values", "question_values"},
    {"hook_values"},
    {"documents"},
    {"eventlog"},
    {"workflow"},
    {
        "errors",
        "resources",
        "clock",
        "conversion",
        "files",
        "data_folder",
        "logs",
        "samples",
        "sandbox",
        "settings",
        "waits",
    },
)
LEVEL = {name: depth for depth, layer in enumerate(LAYERS) for name in layer}
# "direction" is also what a measure has.
AREA_KEYS = {path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py")} - {"direction"}
PURE = {
    "cchc_flow", "msgspec", "holidays", "collections", "datetime", "enum", "functools", "operator", "typing",
    "zoneinfo",
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if SAMPLE not in path.parents)


def imported(path: Path) -> Iterator[str]:
    """Yield the full names of the modules that a file imports."""
    inside = path.relative_to(PACKAGE if PACKAGE in path.parents else ROOT)
    package = ["cchc_flow", *inside.with_suffix("").parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: -node.level]) + "." if node.level else ""
            name = (base + (node.module or "")).rstrip(".")
            yield from (f"{name}.{alias.name}" if name == "cchc_flow" else name for alias in node.names)


def part(name: str) -> str | None:
    """Return the part of cchc_flow that a full name lies in."""
    words = name.split(".")
    found = words[1] if words[0] == "cchc_flow" and len(words) > 1 else None
    return None if found == "__version__" else found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if here == "__init__":
        return
    upward = {name for name in imported(path) if (there := part(name)) and LEVEL[there] < LEVEL[here]}
    assert upward == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_imports_an_area(path: Path) -> None:
    assert not [name for name in imported(path) if name.startswith(("cchc_flow.plugins.", "plugins."))]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_names_an_area(path: Path) -> None:
    texts = {node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip
    assert not texts & AREA_KEYS


AREAS = [*sorted((ROOT / "plugins").rglob("*.py")), *sorted((SAMPLE / "new_area").rglob("*.py"))]


@pytest.mark.parametrize("path", AREAS, ids=lambda path: path.parent.name)
def test_an_area_imports_only_the_hooks_and_the_core(path: Path) -> None:
    name = path.relative_to(ROOT / "plugins").parts[0] if SAMPLE not in path.parents else ""
    own = f"cchc_flow.plugins.{name}" if name else "cchc_flow.samples.plugin.new_area"
    parts = {part(name) for name in imported(path) if not name.startswith(own)}
    assert parts <= {None, "hookspecs", "plugin_kit", "workflow"}


@pytest.mark.parametrize("path", sorted((PACKAGE / "plugin_kit").rglob("*.py")), ids=lambda path: path.name)
def test_the_kit_imports_only_what_an_area_may(path: Path) -> None:
    assert {part(name) for name in imported(path)} <= {None, "hookspecs", "plugin_kit", "workflow"}


@pytest.mark.parametrize("path", sorted((PACKAGE / "workflow").rglob("*.py")), ids=lambda path: path.name)
def test_the_core_imports_nothing_that_does_or_chances(path: Path) -> None:
    assert {name.split(".")[0] for name in imported(path)} <= PURE | {
        "re",
        "decimal",
        "fractions",
        "hashlib",
        "math",
        "itertools",
        "unicodedata",
    }
