"""The data of a register's step: figures, days and choices as strings; words and files for the vault."""

from cchc_flow.workflow.commands import Typed, Upload
from cchc_flow.workflow.events import ItemAdvanced, JsonObject
from cchc_flow.workflow.item import Item

OPENING = "open"
"""The name that the log and plugins have for writing a new entry, which is no step of a definition."""


def advanced_data(step: str, data: JsonObject) -> JsonObject:
    """Return the data of `ItemAdvanced` (without `from_` and `to`) from the cleaned data of a step's form."""
    texts = {name: value for name, value in data.items() if isinstance(value, Typed)}
    files = [file for value in data.values() if _is_files(value) for file in value]
    plain = {name: value for name, value in data.items() if name not in texts and not _is_files(value)}
    fields = {name: field_text(value) for name, value in plain.items()}
    return {"step": step, "fields": fields, "texts": texts, "evidence": tuple(files)}


def answer_events(item: Item, step: str, answers: JsonObject) -> tuple[ItemAdvanced, ...]:
    """Return the event that records the answers to what plugins asked in a step; none without any answer."""
    if not any(value not in (None, ()) for value in answers.values()):
        return ()
    return (ItemAdvanced(from_=item.state, to=item.state, **advanced_data(step, answers)),)


def field_text(value: object) -> str | None:
    """Return a cleaned value as it stands in an item's fields: a list joined by commas, nothing as None."""
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or None
    return None if value is None else str(value)


def _is_files(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(file, Upload) for file in value)
