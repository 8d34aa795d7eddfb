"""What a template plan brings to its reading: what the province decided, and what is the commune's own."""

import json
from collections.abc import Mapping, Sequence

from flask import g

from cchc_flow.commands.contents import load_text
from cchc_flow.commands.unit_names import find_unit_by_name
from cchc_flow.projections import directory, plan_templates, province
from cchc_flow.projections.directory import Unit

LEAD = "lead@"
"""How the names of what was typed as the lead of a task begin."""


def units_of_plans() -> Sequence[Unit]:
    """Return the units that a plan is compared with: a template of a province knows only those it names."""
    return [] if province.own_name(g.db) is not None else directory.units(g.db)


def draft_of(digest: str) -> dict[str, str]:
    """Return what the form of a document begins with, by the names of `unfinished`: of a template what its
    province decided, and in a commune an empty number and its own name; nothing for any other document.
    """
    received = plan_templates.received_document(g.db, digest)
    if received is not None:
        own = {"number": "", "issuer": f"UBND {g.ws.title}"}
        return {**_with_own_units(_load(received.draft)), **own}
    issued = (one for one in plan_templates.issued_templates(g.db) if one.document == digest)
    return _load(next((one.draft for one in issued), None))


def _load(draft: str | None) -> dict[str, str]:
    words: dict[str, str] = json.loads(load_text(g.ws.vault, draft) or "{}")
    return words


def _with_own_units(draft: Mapping[str, str]) -> dict[str, str]:
    """Return a draft whose leads are named as the commune's directory names these units."""
    units = directory.units(g.db)
    found = {name: find_unit_by_name(words, units) for name, words in draft.items() if name.startswith(LEAD)}
    return {**draft, **{name: unit.name for name, unit in found.items() if unit}}
