"""Where each item stands when an event comes: what tells whether the event is a sign.

The rows are folded here once more, since the index of the history lies in a file of its own.
"""

import msgspec
from msgspec.structs import replace
from sqlite_utils import Database

from cchc_flow.conversion import decode
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import (
    ItemApproved,
    ItemExtensionRequested,
    ItemReminded,
    ItemReturned,
    ItemSubmitted,
    ItemUndone,
    ItemWorkflowChanged,
    JsonObject,
)
from cchc_flow.workflow.item import SYSTEM, Item, evolve
from cchc_flow.workflow.item_events import ItemData

SCHEMA = """
CREATE TABLE lives (
    item TEXT PRIMARY KEY, body BLOB NOT NULL, waits INTEGER NOT NULL, day TEXT NOT NULL,
    position INTEGER NOT NULL, unit TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX lives_that_wait ON lives (waits, day, position, unit);
CREATE TABLE final_states (
    kind TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY (kind, version, state)
) STRICT, WITHOUT ROWID;
"""


class Act(msgspec.Struct, frozen=True):
    """Who did something, for which unit, when (RFC 3339), and the position of its event."""

    position: int
    actor: str
    unit: str | None
    time: str


class Acts(msgspec.Struct, frozen=True, omit_defaults=True):
    """The acts to which a later one is compared; None where there is none now.

    `day_set` is the position of the event that gave the item its due day, `returned` that of the last return.
    """

    submitted: Act | None = None
    approved: Act | None = None
    asked: Act | None = None
    day_set: int = 0
    returned: int = 0


class Life(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item, the acts that count, those before its last event, and that event.

    `touched` is the last event that somebody made, `waits` whether somebody has to do something about it.
    """

    item: Item
    acts: Acts
    acts_before: Acts
    last: int
    touched: Act
    waits: bool


def life_after(db: Database, life: Life | None, event: RecordedEvent, data: ItemData) -> Life:
    """Return where an item stands after one more event, which opens it when `life` is None."""
    item = evolve(life.item if life else None, event.stream.removeprefix("item-"), event)
    if life is None:
        item = replace(item, text="", heading=None, product=None)
    acts = life.acts if life else Acts()
    after = life.acts_before if life and isinstance(data, ItemUndone) else _acts_after(acts, data, event)
    if not isinstance(data, ItemUndone) and (life is None or life.item.due != item.due):
        after = replace(after, day_set=event.position)
    return Life(
        item=item,
        acts=after,
        acts_before=acts,
        last=event.position,
        touched=life.touched if life and is_nobodys(event, data) else act_of(event),
        waits=_waits(db, item),
    )


def act_of(event: RecordedEvent) -> Act:
    """Return an event as an act."""
    return Act(event.position, event.actor, event.unit, event.recordedtime)


def position_of(act: Act | None) -> int | None:
    """Return the position of an act, None without one."""
    return act.position if act else None


def is_nobodys(event: RecordedEvent, data: ItemData) -> bool:
    """Tell whether nobody did anything: the clock reminded, or the program took over a newer workflow."""
    return event.actor.startswith(SYSTEM) and isinstance(data, ItemReminded | ItemWorkflowChanged)


def find_life(db: Database, item_id: str) -> Life | None:
    """Return where an item stands, None if it was not opened."""
    row = db.execute("SELECT body FROM lives WHERE item = ?", [item_id]).fetchone()
    return decode(row[0], Life) if row else None


def store_life(db: Database, life: Life) -> None:
    """Write where an item stands."""
    db.execute(
        "INSERT INTO lives VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (item) DO UPDATE SET body = excluded.body,"
        " waits = excluded.waits, day = excluded.day, position = excluded.position, unit = excluded.unit",
        [
            life.item.id,
            msgspec.json.encode(life),
            life.waits,
            day_of(life.touched.time).isoformat(),
            life.touched.position,
            life.item.lead,
        ],
    )


def waiting_lives(
    db: Database, last_day: str, unit: str | None, *, upto: int, after: tuple[str, int] | None, limit: int
) -> list[Life]:
    """Return the items that somebody has to do something about and nobody has touched since a day (ISO).

    Those that wait longest come first; `after` is the day and the position of the last one shown. With a
    `unit` only those that it leads.
    """
    rows = db.query(
        "SELECT body FROM lives WHERE waits = 1 AND day <= :last_day AND position <= :upto"
        " AND (:day IS NULL OR day > :day OR (day = :day AND position < :position))"
        " AND (:unit IS NULL OR unit = :unit) ORDER BY day, position DESC LIMIT :limit",
        {
            "last_day": last_day,
            "upto": upto,
            "day": after[0] if after else None,
            "position": after[1] if after else 0,
            "unit": unit,
            "limit": limit,
        },
    )
    return [decode(row["body"], Life) for row in rows]


def add_final_states(db: Database, published: JsonObject) -> None:
    """Remember the states of a published workflow in which nothing more is to be done."""
    states = published["definition"]["states"]
    db.conn.executemany(
        "INSERT OR REPLACE INTO final_states VALUES (?, ?, ?)",
        [(published["kind"], published["version"], state["name"]) for state in states if state.get("final")],
    )


def _acts_after(acts: Acts, data: ItemData, event: RecordedEvent) -> Acts:
    match data:
        case ItemSubmitted():
            return replace(acts, submitted=act_of(event), approved=None)
        case ItemApproved():
            return replace(acts, approved=act_of(event))
        case ItemExtensionRequested():
            return replace(acts, asked=act_of(event))
        case ItemReturned():
            return replace(acts, returned=event.position)
        case _:
            return acts


def _waits(db: Database, item: Item) -> bool:
    """Tell whether somebody has to do something about an item: it is open, no whole, and does not rest."""
    if item.distribution is not None or item.rests_since is not None:
        return False
    sql = "SELECT 1 FROM final_states WHERE kind = ? AND version = ? AND state = ?"
    return db.execute(sql, [item.kind, item.workflow, item.state]).fetchone() is None
