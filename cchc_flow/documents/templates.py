"""The templates by which documents are drawn: the program's, and a commune's own in their place.

A commune's folder can hold `official.html` and `_text.html`, which stand for the program's (as
`program/official.html` these can still be extended), and `official.css`, which is read after the program's.
They come with backups from elsewhere, so they run in a sandbox, in a process that may do nothing else and
that is ended after a while (`drawing.py`); a fault in them is told in one sentence.
"""

import pickle  # nosec B403  # from this process to one of its own
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from cchc_flow import resources
from cchc_flow.conversion import decode
from cchc_flow.documents.blocks import Heading, Listing, Number, Paragraph, Strong
from cchc_flow.documents.kept_files import KEPT
from cchc_flow.errors import BadInput, describe_os_error
from cchc_flow.sandbox import ask_process

FOLDER = resources.folder("templates") / "documents"
NAMES = ("official.html", "_text.html", "official.css")
"""What a commune can have of its own."""
MOST_BYTES = 256 * 1024
MOST_DRAWN = 32 * 1024**2
"""How many characters a page drawn by them may have; the longest reports have some hundred thousand."""
SECONDS = 20
"""How long a commune's own templates may take; they need less than one."""
ENDLESS = "chạy quá lâu, hoặc cần quá nhiều bộ nhớ"
BLOCKS = {
    "heading_block": Heading,
    "paragraph_block": Paragraph,
    "listing_block": Listing,
    "number_run": Number,
    "strong_run": Strong,
}
"""The tests by which templates tell blocks and runs apart."""


def own_names(folder: Path | None) -> list[str]:
    """Return which templates a commune has of its own."""
    return [name for name in NAMES if folder and (folder / name).is_file()]


def own_sources(folder: Path | None) -> list[str]:
    """Return the texts of a commune's own templates; raise BadInput if one is no text."""
    return [_read_own(folder / name) for name in own_names(folder)] if folder else []


def unknown_names(folder: Path) -> list[str]:
    """Return what else lies in a commune's folder, which nothing reads: a misspelt name, for instance."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.name not in NAMES)


def read_style(folder: Path | None, *more: str) -> str:
    """Return the style sheets of the program, then the commune's own; raise BadInput if that is no text."""
    styles = [(FOLDER / name).read_text("utf-8") for name in ("official.css", *more)]
    if folder and "official.css" in own_names(folder):
        styles.append(_read_own(folder / "official.css"))
    return "\n".join(styles)


class Drawn(Struct, frozen=True):
    """What a commune's own templates made: a page, or what is wrong with them."""

    page: str = ""
    fault: str = ""


def draw(name: str, folder: Path | None, values: Mapping[str, Any]) -> str:
    """Return what a template makes of some values; raise BadInput for a fault in one of the commune's own.

    Where the commune has some, the values have to be such as can be pickled.
    """
    names = [one for one in own_names(folder) if one.endswith(".html")]
    if not folder or not names:
        return _program().get_template(name).render(values)
    own = {one: _read_own(folder / one) for one in names}
    job = pickle.dumps((name, own, dict(values)))
    return KEPT.find_or_make("page", job, lambda: _draw_apart(job, ", ".join(names))).decode()


def _draw_apart(job: bytes, names: str) -> bytes:
    answer = ask_process("cchc_flow.documents.drawing", job, seconds=SECONDS)
    drawn = decode(answer, Drawn) if answer else Drawn(fault=ENDLESS)
    if drawn.fault:
        raise _fault(names, drawn.fault)
    return drawn.page.encode()


def draw_by_own(name: str, own: Mapping[str, str], values: Mapping[str, Any]) -> Drawn:
    """Return what a template makes where a commune's own go before the program's; for `drawing.py`."""
    program = FileSystemLoader(FOLDER)
    loader = ChoiceLoader([DictLoader(own), program, PrefixLoader({"program": program})])
    try:
        page = _environment(ImmutableSandboxedEnvironment, loader).get_template(name).render(values)
    except Exception as error:  # a template can fail in every way that a program can
        return Drawn(fault=_describe(error))
    return Drawn(page) if len(page) <= MOST_DRAWN else Drawn(fault="làm ra văn bản quá dài")


@cache
def _program() -> Environment:
    return _environment(Environment, FileSystemLoader(FOLDER))


def _environment(kind: type[Environment], loader: BaseLoader) -> Environment:
    """Return what compiles templates."""
    env = kind(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    env.tests |= {name: _test_of(block) for name, block in BLOCKS.items()}
    return env


def _test_of(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


def _read_own(path: Path) -> str:
    """Return the text of a commune's file; raise BadInput when it is none, or far too long."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _fault(path.name, f"dài quá {MOST_BYTES // 1024} kB")
        return path.read_text("utf-8")
    except OSError as error:
        raise _fault(path.name, f"không đọc được: {describe_os_error(error)}") from error
    except UnicodeDecodeError as error:
        raise _fault(path.name, "không phải chữ mã UTF-8") from error


def _describe(error: Exception) -> str:
    """Return where and why a template failed."""
    if isinstance(error, TemplateSyntaxError):
        return f"dòng {error.lineno} của {error.name}: {error.message}"
    if isinstance(error, MemoryError):
        return ENDLESS
    if isinstance(error, TemplateError):
        return error.message or type(error).__name__
    return f"{type(error).__name__}: {error}"


def _fault(names: str, why: str) -> BadInput:
    return BadInput(
        f"Mẫu văn bản riêng của xã ({names}) có lỗi: {why[:200]}.",
        "Hãy sửa tệp đó trong thư mục «templates» của không gian làm việc, hoặc bỏ nó ra để dùng mẫu chung.",
    )
