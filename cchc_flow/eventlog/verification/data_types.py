"""The JSON Schema of an event's data as a msgspec type, which checks data exactly and in microseconds.

The schemas of the catalogue use few keywords; any other is refused, so that none goes unchecked. Text that is
a day or a UUID is checked by encoding it again, which the caller does.
"""

import keyword
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from cchc_flow.eventlog import catalogue
from cchc_flow.eventlog.codec import LARGEST_INTEGER
from cchc_flow.eventlog.port import JsonObject

KEYWORDS = frozenset(
    {
        *("type", "description", "title", "examples", "properties", "required", "additionalProperties"),
        *("items", "anyOf", "$ref", "enum", "format", "pattern", "minimum", "maximum"),
    }
)
INSTANT = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z\Z"
"""An instant as the log writes it; that of msgspec would leave out decimals that are zero."""
FORMATS: dict[str, Any] = {
    "date": date,
    "uuid": UUID,
    "date-time": Annotated[str, msgspec.Meta(pattern=INSTANT)],
}
NULL = {"type": "null"}


class DataType(msgspec.Struct, frozen=True):
    """The type of the data of an event; `is_open` for one with objects whose keys nobody named."""

    type: Any
    is_open: bool


def data_type(name: str) -> DataType:
    """Return the type of the data of an event version; raise ValueError for a schema beyond what is known."""
    family = _FamilyTypes(catalogue.load_families()[name.split(".")[0]]["$defs"])
    return DataType(family.definition(name), family.is_open)


class _FamilyTypes:
    """The types that the definitions of one family describe, each made once."""

    def __init__(self, definitions: JsonObject) -> None:
        self._definitions = definitions
        self._types: dict[str, Any] = {}
        self.is_open = False  # whether a type made so far has an open object

    def definition(self, name: str) -> Any:
        """Return the type of a definition, which may refer to itself."""
        if name not in self._types:
            self._add_object(name, self._definitions[name])
        return self._types[name]

    def _add_object(self, name: str, schema: JsonObject) -> None:
        """Make the type of an object with named keys; its fields are filled in once it can be referred to."""
        _refuse_unknown_keywords(schema)
        keys = list(schema["properties"])
        if schema["required"] != keys or schema["additionalProperties"] is not False:
            raise ValueError(f"{name} is an open object")
        attributes = {key: f"{key}_" if keyword.iskeyword(key) else key for key in keys}
        cls = self._types[name] = msgspec.defstruct(
            "".join(filter(str.isalnum, name)),
            [(attribute, Any) for attribute in attributes.values()],
            rename={attribute: key for key, attribute in attributes.items()},
            forbid_unknown_fields=True,
            kw_only=True,
        )
        cls.__annotations__.update(
            {attributes[key]: self._type(one) for key, one in schema["properties"].items()}
        )

    def _type(self, schema: JsonObject) -> Any:
        """Return the type that a schema describes."""
        _refuse_unknown_keywords(schema)
        if "$ref" in schema:
            return self.definition(schema["$ref"].rsplit("/", 1)[1])
        if "anyOf" in schema:
            (one,) = (option for option in schema["anyOf"] if option != NULL)
            return self._type(one) | None
        if "enum" in schema:
            return Literal[tuple(schema["enum"])]
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        (kind,) = (kind for kind in kinds if kind != "null")
        return self._plain_type(kind, schema) | None if "null" in kinds else self._plain_type(kind, schema)

    def _plain_type(self, kind: str, schema: JsonObject) -> Any:
        """Return the type of a value that is not null."""
        match kind:
            case "string" if "format" in schema:
                return FORMATS[schema["format"]]
            case "string" if "pattern" in schema:  # Python's `$` would let a line break follow
                return Annotated[str, msgspec.Meta(pattern=schema["pattern"].replace("$", r"\Z"))]
            case "string":
                return str
            case "boolean":
                return bool
            case "integer":
                low, high = schema.get("minimum", -LARGEST_INTEGER), schema.get("maximum", LARGEST_INTEGER)
                return Annotated[int, msgspec.Meta(ge=low, le=high)]
            case "array":
                return list[self._type(schema["items"])]  # type: ignore[misc]
            case "object":
                return self._open_object(schema)
        raise ValueError(f"a schema of an event has the type {kind}")

    def _open_object(self, schema: JsonObject) -> Any:
        """Return the type of an object whose keys are not named by the schema."""
        self.is_open = True
        values = schema.get("additionalProperties", True)
        return dict[str, Any if values is True else self._type(values)]  # type: ignore[misc]


def _refuse_unknown_keywords(schema: JsonObject) -> None:
    """Raise ValueError for a keyword that nobody would check."""
    if unknown := schema.keys() - KEYWORDS:
        raise ValueError(f"unknown keywords in a schema of an event: {', '.join(sorted(unknown))}")
