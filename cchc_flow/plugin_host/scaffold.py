"""Makes a new plugin out of the one in `samples/plugin`: in a checkout's `plugins`, or as a package."""

import keyword
import re
from collections.abc import Iterator
from pathlib import Path

from cchc_flow import resources
from cchc_flow.errors import BadInput
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.loading import Plugins

SAMPLE = resources.PACKAGE / "samples" / "plugin"
SAMPLE_TEST = SAMPLE / "test_new_area.py"
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
SAMPLE_IMPORT = "from cchc_flow.samples.plugin import new_area"
LIMIT = 40
RESERVED = {"task", "report", "test", "tests"}


def create_folder(name: str, folder: Path, plugins: Plugins) -> list[Path]:
    """Make a plugin in a checkout's folder `plugins`, its tests in `tests/plugins`; return the new files."""
    _require_free_name(name, plugins)
    tests = folder.parent / "tests" / "plugins"
    replacements = _replacements(name, plugins) | {SAMPLE_IMPORT: f"from cchc_flow.plugins import {name}"}
    targets = {SAMPLE / "new_area": folder / name, SAMPLE_TEST: tests / f"test_{name}.py"}
    return _copy(targets, replacements)


def create_package(name: str, into: Path, plugins: Plugins) -> list[Path]:
    """Make a package of its own in a folder below `into`, with its tests; return the new files."""
    _require_free_name(name, plugins)
    module = f"cchc_flow_{name}"
    replacements = _replacements(name, plugins) | {SAMPLE_IMPORT: f"import {module} as {name}"}
    root = into / module.replace("_", "-")
    targets = {
        SAMPLE / "package": root,
        SAMPLE / "new_area": root / module,
        SAMPLE_TEST: root / "tests" / f"test_{name}.py",
    }
    return _copy(targets, replacements)


def _require_free_name(name: str, plugins: Plugins) -> None:
    """Raise BadInput for a name that is no name of a plugin, or that is taken."""
    if not NAME.fullmatch(name) or len(name) > LIMIT or keyword.iskeyword(name):
        raise BadInput(
            f"Tên trình cắm «{name[:60]}» không dùng được.",
            f"Chỉ dùng chữ thường không dấu, chữ số, dấu gạch dưới giữa các từ; nhiều nhất {LIMIT} ký tự.",
        )
    registers = {register.kind for _, register in contributions.collect(plugins).registers}
    taken = RESERVED | plugins.about.keys() | {area.key for area in contributions.areas(plugins)}
    if name in taken or f"{name}_entry" in registers:
        raise BadInput(f"Tên «{name}» đã là của một lĩnh vực, một sổ hoặc phần lõi.", "Hãy chọn tên khác.")


def _replacements(name: str, plugins: Plugins) -> dict[str, str]:
    """Return, for each name in the sample, what is written in its place."""
    names = {"new_area": name, "new-area": name.replace("_", "-")}
    return {'"NA"': f'"{_free_label(name, plugins)}"'} | names


def _free_label(name: str, plugins: Plugins) -> str:
    """Return two or three letters, made from the name, that no other area has on its cards."""
    taken = {area.label for area in contributions.areas(plugins)}
    initials = "".join(word[0] for word in name.split("_"))
    numbered = (f"{name[0]}{number}" for number in range(1, 1000))
    choices = (initials[:3] if len(initials) > 1 else name[:2], name[:3], *numbered)
    return next(label for letters in choices if (label := letters.upper()) not in taken)


def _copy(targets: dict[Path, Path], replacements: dict[str, str]) -> list[Path]:
    """Copy files and folders to their targets and return the copies; raise BadInput if one is there."""
    pairs = [
        pair
        for source, target in targets.items()
        for pair in _file_pairs(source, target, replacements["new_area"])
    ]
    for _, target in pairs:
        if target.exists():
            raise BadInput(f"«{target}» đã có, nên không tạo gì cả.", "Hãy chọn tên khác hoặc nơi khác.")
    for source, target in pairs:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_replace_names(source.read_text(encoding="utf-8"), replacements), encoding="utf-8")
    return [target for _, target in pairs]


def _file_pairs(source: Path, target: Path, name: str) -> Iterator[tuple[Path, Path]]:
    """Yield each file of the sample with the path of its copy."""
    if source.is_file():
        yield source, target
        return
    for path in sorted(source.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path, target / str(path.relative_to(source)).replace("new_area", name)


def _replace_names(text: str, replacements: dict[str, str]) -> str:
    """Return a text of the sample with the new plugin's names, longer names replaced first."""
    for name in sorted(replacements, key=len, reverse=True):
        text = text.replace(name, replacements[name])
    return text
