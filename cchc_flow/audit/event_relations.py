"""What an event was caused by, what it caused, and what else belongs to the same order."""

import msgspec

from cchc_flow.audit.trail import ITEM, Row, load_rows
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import causes, trail_queries
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.runner import position
from cchc_flow.workspace import Workspace

MOST = 20
"""So many events of each sort are shown."""


class Relations(msgspec.Struct, frozen=True):
    """The events around one: its cause, its effects, and others of the same chain; and its rules' event.

    The `rules` is the position of the event that tells which rules were in force, None for none. `has_more`
    tells that there are more effects, or more of the chain, than are shown.
    """

    cause: tuple[Row, ...]
    effects: tuple[Row, ...]
    chain: tuple[Row, ...]
    has_more: bool
    rules: int | None


def load_relations(
    ws: Workspace, event: RecordedEvent, reader: Reader | None, *, only_items: bool
) -> Relations:
    """Return the events around one; for who may not read the whole log, of items that may be read only."""
    history, upto = ws.read_history(), position(ws.read())
    cause = causes.cause_of(history, event.causation_id)
    effects = causes.effects_of(history, event.id, upto=upto, limit=MOST + 1)
    chain = trail_queries.positions_of_chain(history, event.correlation_id, upto=upto, limit=2 * MOST + 3)
    others = [place for place in chain if place not in {event.position, cause, *effects}]
    rows = {
        row.entry.position: row
        for row in load_rows(ws, [*([cause] if cause else []), *effects[:MOST], *others[:MOST]], reader)
        if not only_items or (row.entry.stream.startswith(ITEM) and not row.is_hidden)
    }
    return Relations(
        tuple(rows[place] for place in [cause] if place in rows),
        tuple(rows[place] for place in effects[:MOST] if place in rows),
        tuple(rows[place] for place in others[:MOST] if place in rows),
        len(effects) > MOST or len(others) > MOST,
        causes.cause_of(history, event.rules),
    )
