"""A `.plan` file read by the importer, as the document that a commune would send."""

from typing import Any

from support.plan_samples.rendering import render_source
from support.plan_samples.source import Source
from support.plans import read_plan_bytes

from cchc_flow.errors import BadInput
from cchc_flow.plan_import import as_json

LISTS = (
    "objectives",
    "requirements",
    "areas",
    "targets",
    "units",
    "general_assignments",
    "deadlines",
    "annex",
    "passages",
)


def read_source(source: Source) -> dict[str, Any]:
    """The proposal's JSON of a plan in its own form."""
    return read_document(*render_source(source))


def read_document(name: str, content: bytes) -> dict[str, Any]:
    """The proposal's JSON; a refusal reads as a plan with nothing in it, its sentence as the title."""
    try:
        return as_json(read_plan_bytes(name, content))
    except BadInput as refusal:
        return empty_reading(str(refusal))


def empty_reading(title: str = "") -> dict[str, Any]:
    """A proposal that holds nothing."""
    return {
        "number": None,
        "year": None,
        "title": title,
        **{key: [] for key in (*LISTS, "annex", "passages")},
    }
