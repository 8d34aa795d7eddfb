"""A new plugin, copied from the one in `samples/plugin`: into a checkout's `plugins`, or as a package."""

import keyword
import re
from collections.abc import Iterator
from pathlib import Path

from cchc_flow import resources
from cchc_flow.errors import BadInput
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.loading import Plugins

SAMPLE = resources.PACKAGE / "samples" / "plugin"
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
SAMPLE_IMPORT = "from cchc_flow.samples.plugin import new_area"
LONGEST = 40
TAKEN = {"task", "report", "test", "tests"}


def new_folder(name: str, plugins: Path, known: Plugins) -> list[Path]:
    """Make a plugin in the folder `plugins` of a checkout, its tests in `tests/plugins`; return the files."""
    _refuse_name(name, known)
    tests = plugins.parent / "tests" / "plugins"
    change = _changes(name, known) | {SAMPLE_IMPORT: f"from cchc_flow.plugins import {name}"}
    places = {SAMPLE / "new_area": plugins / name, _test(): tests / f"test_{name}.py"}
    return _copied(places, change)


def new_package(name: str, into: Path, known: Plugins) -> list[Path]:
    """Make a package of its own in a folder below `into`, with its tests; return the files."""
    _refuse_name(name, known)
    module = f"cchc_flow_{name}"
    change = _changes(name, known) | {SAMPLE_IMPORT: f"import {module} as {name}"}
    root = into / module.replace("_", "-")
    places = {
        SAMPLE / "package": root,
        SAMPLE / "new_area": root / module,
        _test(): root / "tests" / f"test_{name}.py",
    }
    return _copied(places, change)


def _test() -> Path:
    return SAMPLE / "test_new_area.py"


def _refuse_name(name: str, known: Plugins) -> None:
    if not NAME.fullmatch(name) or len(name) > LONGEST or keyword.iskeyword(name):
        raise BadInput(
            f"Tên trình cắm «{name[:60]}» không dùng được.",
            f"Chỉ dùng chữ thường không dấu, chữ số, dấu gạch dưới giữa các từ; nhiều nhất {LONGEST} ký tự.",
        )
    if name in TAKEN | known.about.keys() | {area.key for area in contributions.areas(known)}:
        raise BadInput(f"Tên «{name}» đã là của một lĩnh vực hoặc của phần lõi.", "Hãy chọn tên khác.")


def _changes(name: str, known: Plugins) -> dict[str, str]:
    """Return what is written in the place of the sample's names."""
    words = {"new_area": name, "new-area": name.replace("_", "-")}
    return {'"NA"': f'"{_label(name, known)}"'} | words


def _label(name: str, known: Plugins) -> str:
    """Return two or three letters for cards that no other area has."""
    taken = {area.label for area in contributions.areas(known)}
    initials = "".join(word[0] for word in name.split("_"))
    numbered = (f"{name[0]}{number}" for number in range(1, 1000))
    choices = (initials[:3] if len(initials) > 1 else name[:2], name[:3], *numbered)
    return next(label for one in choices if (label := one.upper()) not in taken)


def _copied(places: dict[Path, Path], change: dict[str, str]) -> list[Path]:
    """Copy files and folders under their new names, all or, where one is there already, none."""
    made = [pair for old, new in places.items() for pair in _files(old, new, change["new_area"])]
    for _, path in made:
        if path.exists():
            raise BadInput(f"«{path}» đã có, nên không tạo gì cả.", "Hãy chọn tên khác hoặc nơi khác.")
    for old, path in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_changed(old.read_text(encoding="utf-8"), change), encoding="utf-8")
    return [path for _, path in made]


def _files(old: Path, new: Path, name: str) -> Iterator[tuple[Path, Path]]:
    """Yield each file of the sample with the place of its copy."""
    if old.is_file():
        yield old, new
        return
    for path in sorted(old.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path, new / str(path.relative_to(old)).replace("new_area", name)


def _changed(text: str, change: dict[str, str]) -> str:
    for old in sorted(change, key=len, reverse=True):
        text = text.replace(old, change[old])
    return text
