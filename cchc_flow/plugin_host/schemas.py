"""The JSON schemas in plugins' `events/<kind>.json`, which say what registers keep: each is checked here."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cchc_flow.plugin_host.contributions import collect, values_of
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.plugin_host.manager import Fault, error_words
from cchc_flow.workflow.events import ItemAdvanced
from cchc_flow.workflow.register_step import OPENING

IN_THE_VAULT = ("text", "files")


def faults(plugins: Plugins) -> list[Fault]:
    """Return what is wrong with the schemas of all plugins, in sentences that name plugin and file."""
    return [
        Fault(name, f"Lược đồ «{path.name}» của trình cắm «{name}»: {wrong}.")
        for name, folder in plugins.folders("events").items()
        for path in sorted(folder.glob("*.json"))
        for wrong in (problems(path) or _missing_fields(plugins, name, path))
    ]


def problems(path: Path) -> list[str]:
    """Return what is wrong with a schema file: not readable, no schema, or examples that it rejects."""
    try:
        return list(_problems(json.loads(path.read_text(encoding="utf-8"))))
    except Exception as error:  # a plugin's own file may hold anything
        return [error_words(error)]


def _problems(schema: dict[str, Any]) -> Iterator[str]:
    import jsonschema  # slow to import, and only a doctor and tests ask

    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    for name, entry in schema["$defs"].items():
        examples = entry.get("examples", [])
        if not examples:
            yield f"{name} không có ví dụ"
        pointer = name.replace("~", "~0").replace("/", "~1")
        check = validator({**schema, "$ref": f"#/$defs/{pointer}"}, format_checker=jsonschema.FormatChecker())
        for example in examples:
            yield from (f"ví dụ của {name} sai: {error.message}" for error in check.iter_errors(example))


def _missing_fields(plugins: Plugins, plugin: str, path: Path) -> Iterator[str]:
    """Yield a complaint for each field of a register that its schema lacks; texts and files need none."""
    entries = json.loads(path.read_text(encoding="utf-8"))["$defs"]
    for register in values_of(plugin, collect(plugins).registers):
        if register.kind == path.stem:
            own = [step for step in register.transitions if step.event_class is ItemAdvanced]
            forms = {OPENING: register.asks} | {step.name: step.fields for step in own}
            for step, fields in forms.items():
                entry = entries.get(f"{register.kind}/{register.version}/{step}", {})
                stored = [field.name for field in fields if field.kind not in IN_THE_VAULT]
                missing = (name for name in stored if name not in entry.get("properties", {}))
                yield from (f"bước {step} không nói về «{name}»" for name in missing)
