"""The part of docs/plugins.md that follows from hookspecs.py.

`python -m cchc_flow.plugin_host.reference FILE [--check]` writes it, or compares it.

Under the heading of each hook stands its signature and what it gives; at the end, the values that hooks take
and give. The rest of the page is written by hand, around examples.
"""

import inspect
import re
import sys
from pathlib import Path

import msgspec

from cchc_flow import hookspecs
from cchc_flow.plugin_host.loading import ANSWERS

HEADING = re.compile(r"^### (?P<hook>\w+)\(.*\)\n\n(?:> .*\n\n)?", re.MULTILINE)
MODULES = re.compile(r"\b(?:\w+\.)+(?=\w)")
VALUES = "## The values"


def main(arguments: list[str]) -> int:
    """Write the page anew; with --check only tell by the exit code whether it is as it should be."""
    path = Path(arguments[0])
    now = path.read_text(encoding="utf-8")
    wanted = rewritten(now)
    if "--check" in arguments:
        return int(now != wanted)
    path.write_text(wanted, encoding="utf-8")
    return 0


def rewritten(page: str) -> str:
    """Return a page with its generated parts as they follow from the hooks now."""
    body = page.partition(VALUES)[0].rstrip() + "\n"
    told = HEADING.sub(lambda found: heading(found["hook"]) if found["hook"] in ANSWERS else found[0], body)
    return f"{told}\n{VALUES}\n\n{values()}"


def heading(hook: str) -> str:
    """Return the heading of a hook, its signature and what it gives."""
    spec = getattr(hookspecs, hook)
    signature = inspect.signature(spec)
    names = ", ".join(signature.parameters)
    return f"### {hook}({names})\n\n> `{hook}{_plain(str(signature))}`: {_words(spec)}\n\n"


def values() -> str:
    """Return what hooks take and give, each with its fields; one that is followed by = may be left out."""
    return "".join(f"- {_struct(value)}\n" for value in vars(hookspecs).values() if _is_own(value))


def _is_own(value: object) -> bool:
    is_struct = isinstance(value, type) and issubclass(value, msgspec.Struct)
    return is_struct and getattr(value, "__module__", "") == hookspecs.__name__


def _struct(struct: type[msgspec.Struct]) -> str:
    fields = ", ".join(
        f"{field.name}: {_type(field.type)}{'' if field.required else ' = …'}"
        for field in msgspec.structs.fields(struct)
    )
    return f"`{struct.__name__}({fields})`: {_words(struct)}"


def _type(annotation: object) -> str:
    is_plain = isinstance(annotation, type) and "[" not in str(annotation)
    return _plain(annotation.__name__ if is_plain else str(annotation))  # type: ignore[attr-defined]


def _plain(words: str) -> str:
    return MODULES.sub("", words).replace("'", "")


def _words(thing: object) -> str:
    """Return what a docstring says, in one line."""
    return " ".join((inspect.getdoc(thing) or "").split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
