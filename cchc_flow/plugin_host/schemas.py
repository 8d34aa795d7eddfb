"""The schemas that plugins ship of what registers keep: `events/<kind>.json`, held to their examples."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cchc_flow.plugin_host.contributions import brought, of
from cchc_flow.plugin_host.loading import Fault, Plugins, said
from cchc_flow.workflow.events import NAMES, ItemAdvanced

IN_THE_VAULT = ("text", "files")


def faults(known: Plugins) -> list[Fault]:
    """Return what is wrong with the schemas of all plugins, in sentences that name plugin and file."""
    return [
        Fault(name, f"Lược đồ «{path.name}» của trình cắm «{name}»: {wrong}.")
        for name, folder in known.folders("events").items()
        for path in sorted(folder.glob("*.json"))
        for wrong in (problems(path) or _untold(known, name, path))
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


def _untold(known: Plugins, plugin: str, path: Path) -> Iterator[str]:
    """Yield the fields of a register that its schema does not tell of; words and files lie in the vault."""
    entries = json.loads(path.read_text(encoding="utf-8"))["$defs"]
    for one in of(plugin, brought(known).registers):
        if one.kind == path.stem:
            own = [step for step in one.transitions if step.event == NAMES[ItemAdvanced]]
            forms = {"open": one.asks} | {step.name: step.fields for step in own}
            for step, fields in forms.items():
                told = entries.get(f"{one.kind}/{one.version}/{step}", {}).get("properties", {})
                kept = [field.name for field in fields if field.kind not in IN_THE_VAULT]
                yield from (f"bước {step} không nói về «{name}»" for name in kept if name not in told)
