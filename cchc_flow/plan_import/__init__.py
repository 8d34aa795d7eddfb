"""Reads a plan document and returns a proposal, which a person corrects and adopts.

What it offers is imported at its first use: a process that only reads a file needs none of the rest.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cchc_flow.plan_import.proposal import Proposal
    from cchc_flow.plan_import.reading import as_json, read_plan, read_plan_bytes

__all__ = ["Proposal", "as_json", "read_plan", "read_plan_bytes"]
HOMES = {
    "Proposal": "proposal",
    "as_json": "reading",
    "read_plan": "reading",
    "read_plan_bytes": "reading",
}


def __getattr__(name: str) -> Any:
    """Return what the package offers by this name; raise AttributeError for another."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
