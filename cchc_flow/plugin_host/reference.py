"""Generates the parts of docs/plugins.md that follow from the hooks, their values and plugin_kit.

`python -m cchc_flow.plugin_host.reference FILE` writes them; with `--check` it only compares.

They are the signature and docstring under the heading of each hook, and at the end the lists of the values
that hooks take and return and of the functions of the kit. The rest of the page is written by hand, around
examples.
"""

import inspect
import re
import sys
from pathlib import Path
from types import FunctionType
from typing import TypeGuard

import msgspec

from cchc_flow import hook_values, hookspecs, plugin_kit, question_values, report_values
from cchc_flow.plugin_host.loading import RESULT_TYPES
from cchc_flow.workflow import law

HEADING = re.compile(r"^### (?P<hook>\w+)\(.*\)\n\n(?:> .*\n\n)?", re.MULTILINE)
MODULES = re.compile(r"\b(?:\w+\.)+(?=\w)")
VALUE_MODULES = (hook_values, report_values, question_values)
VALUES = "## The values"
KIT = "## The functions of the kit"


def main(arguments: list[str]) -> int:
    """Write the page anew and return 0; with --check return 1 if the page is not up to date."""
    path = Path(arguments[0])
    page = path.read_text(encoding="utf-8")
    updated = rewrite(page)
    if "--check" in arguments:
        return int(page != updated)
    path.write_text(updated, encoding="utf-8")
    return 0


def rewrite(page: str) -> str:
    """Return a page with its generated parts brought up to date."""
    body = page.partition(VALUES)[0].rstrip() + "\n"
    body = HEADING.sub(
        lambda match: heading(match["hook"]) if match["hook"] in RESULT_TYPES else match[0], body
    )
    return f"{body}\n{VALUES}\n\n{values()}\n{KIT}\n\n{kit_functions()}"


def heading(hook: str) -> str:
    """Return the heading of a hook with its signature and docstring, in Markdown."""
    spec = getattr(hookspecs, hook)
    signature = inspect.signature(spec)
    names = ", ".join(signature.parameters)
    return f"### {hook}({names})\n\n> `{hook}{_plain_types(str(signature))}`: {_docstring(spec)}\n\n"


def values() -> str:
    """Return a Markdown list of the structs that hooks take and return; optional fields end with `= …`."""
    found = [value for module in VALUE_MODULES for value in vars(module).values()]
    structs = dict.fromkeys(value for value in found if _is_own_struct(value))
    return "".join(f"- {_struct(struct)}\n" for struct in structs)


def kit_functions() -> str:
    """Return a Markdown list of the functions of the plugin kit, module by module."""
    functions = [function for function in vars(plugin_kit).values() if inspect.isfunction(function)]
    modules = dict.fromkeys(function.__module__ for function in functions)
    return "\n".join(
        f"{_docstring(sys.modules[module]).partition('. ')[0].rstrip('.')}:\n\n"
        + "".join(f"- {_function(function)}\n" for function in functions if function.__module__ == module)
        for module in modules
    )


def _function(function: FunctionType) -> str:
    """Return a function's signature, whose optional parameters end with `= …`, and its docstring."""
    signature = inspect.signature(function)
    parameters = [
        parameter if parameter.default is parameter.empty else parameter.replace(default=_Default())
        for parameter in signature.parameters.values()
    ]
    words = _plain_types(str(signature.replace(parameters=parameters)))
    check = _plain_types(str(plugin_kit.Check))
    return f"`{function.__name__}{words.replace(check, 'Check')}`: {_docstring(function)}"


class _Default:
    def __repr__(self) -> str:
        return "…"


def _is_own_struct(value: object) -> TypeGuard[type[msgspec.Struct]]:
    is_struct = isinstance(value, type) and issubclass(value, msgspec.Struct)
    return is_struct and getattr(value, "__module__", "") in {
        module.__name__ for module in (*VALUE_MODULES, law)
    }


def _struct(struct: type[msgspec.Struct]) -> str:
    fields = ", ".join(
        f"{field.name}: {_type(field.type)}{'' if field.required else ' = …'}"
        for field in msgspec.structs.fields(struct)
    )
    return f"`{struct.__name__}({fields})`: {_docstring(struct)}"


def _type(annotation: object) -> str:
    is_plain = isinstance(annotation, type) and "[" not in str(annotation)
    return _plain_types(annotation.__name__ if is_plain else str(annotation))  # type: ignore[attr-defined]


def _plain_types(words: str) -> str:
    """Return annotations without the modules and quotes around the names."""
    return MODULES.sub("", words).replace("'", "")


def _docstring(thing: object) -> str:
    """Return a docstring in one line."""
    return " ".join((inspect.getdoc(thing) or "").split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
