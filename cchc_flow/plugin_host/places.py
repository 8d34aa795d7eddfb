"""Where in a plugin's code something stands, for the sentences that tell its author what is wrong."""

import ast
from collections.abc import Iterator
from pathlib import Path

from cchc_flow.plugin_host.loading import Plugins


def place_of_step(plugins: Plugins, plugin: str, step: str) -> str:
    """Return the file and the line at which a plugin defines a step: «registers.py, dòng 14».

    Where no call in its code names the step, it is the place of its hook `workflows`; "" when that has none.
    """
    for file in plugins.code_files(plugin):
        if line := _line_of_call(file, step):
            return _place(file, line)
    code = plugins.hook_code(plugin, "workflows")
    return _place(Path(code.co_filename), code.co_firstlineno) if code else ""


def _place(file: Path, line: int) -> str:
    return f"{file.name}, dòng {line}"


def _line_of_call(file: Path, name: str) -> int | None:
    """Return the line of the first call in a file that gives something this name; None without any."""
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return None
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return min((call.lineno for call in calls if name in _names(call)), default=None)


def _names(call: ast.Call) -> Iterator[object]:
    """Yield what a call gives as a name: its first argument, and the one that is called so."""
    given = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "name")]
    return (value.value for value in given if isinstance(value, ast.Constant))
