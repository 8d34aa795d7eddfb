"""What a step of a register keeps: figures, days and choices as strings, words and files as contents."""

from cchc_flow.workflow.commands import Typed, Upload
from cchc_flow.workflow.events import JsonObject


def kept(step: str, data: JsonObject) -> JsonObject:
    """Return the data of `item.advanced` for what a step's form gave."""
    texts = {name: value for name, value in data.items() if isinstance(value, Typed)}
    files = [one for value in data.values() if _is_files(value) for one in value]
    plain = {name: value for name, value in data.items() if name not in texts and not _is_files(value)}
    fields = {name: _written(value) for name, value in plain.items()}
    return {"step": step, "fields": fields, "texts": texts, "evidence": tuple(files)}


def _written(value: object) -> str | None:
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or None
    return None if value is None else str(value)


def _is_files(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(one, Upload) for one in value)
