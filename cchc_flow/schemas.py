"""The schemas that plugins ship of what registers keep: `events/<kind>.json`, held to their examples."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cchc_flow.plugins import Fault, Plugins, said


def faults(known: Plugins) -> list[Fault]:
    """Return what is wrong with the schemas of all plugins, in sentences that name plugin and file."""
    return [
        Fault(name, f"Lược đồ «{path.name}» của trình cắm «{name}»: {wrong}.")
        for name, folder in known.folders("events").items()
        for path in sorted(folder.glob("*.json"))
        for wrong in problems(path)
    ]


def problems(path: Path) -> list[str]:
    """Return what is wrong with one file: it does not read, is no schema, or breaks its own examples."""
    try:
        return list(_problems(json.loads(path.read_text(encoding="utf-8"))))
    except Exception as error:  # a plugin's own file may hold anything
        return [said(error)]


def _problems(schema: dict[str, Any]) -> Iterator[str]:
    import jsonschema  # slow to import, and only a doctor and tests ask

    check = jsonschema.Draft202012Validator
    check.check_schema(schema)
    for name, entry in schema["$defs"].items():
        examples = entry.get("examples", [])
        if not examples:
            yield f"{name} không có ví dụ"
        pointer = name.replace("~", "~0").replace("/", "~1")
        one = check({**schema, "$ref": f"#/$defs/{pointer}"}, format_checker=jsonschema.FormatChecker())
        for example in examples:
            yield from (f"ví dụ của {name} sai: {error.message}" for error in one.iter_errors(example))
