"""A `.plan` file read by the importer, as the document that a commune would send."""

from typing import Any

from support.plan_samples.rendering import render_source
from support.plan_samples.source import Source
from support.plans import read_plan_bytes
from support.world import DOCUMENT, World

from cchc_flow import commands
from cchc_flow.documents.files import FORMATS
from cchc_flow.errors import BadInput
from cchc_flow.plan_import import Proposal, as_json
from cchc_flow.plan_import.adoption import adoption
from cchc_flow.reporting.plan_document import plan_document

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


def read_again(world: World, reading: Proposal, form: str) -> Proposal:
    """Adopt a plan as it was read, have it written as an official document, and read that."""
    commands.adopt_plan(world.ws, adoption(reading, DOCUMENT), world.order())
    document = plan_document(world.ws, world.ws.read(), str(reading.year))
    return read_plan_bytes(f"ke-hoach.{form}", FORMATS[form].write(document, None))
