"""Template plans: those that a province issued, to whom it gives them, and those that a commune received."""

from collections.abc import Mapping

import msgspec
from sqlite_utils import Database

from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import plans
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.projections.plans import Plan
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import CLASSES

TEMPLATE_COLUMNS = """
    id TEXT PRIMARY KEY, edition INTEGER NOT NULL, replaces TEXT, year INTEGER NOT NULL, number TEXT,
    title TEXT NOT NULL, document TEXT NOT NULL, document_name TEXT NOT NULL, document_digest TEXT NOT NULL,
    draft TEXT, time TEXT NOT NULL
"""
SCHEMA = f"""
CREATE TEMP TABLE issued_templates ({TEMPLATE_COLUMNS}) STRICT;
CREATE TEMP TABLE given_templates (
    template TEXT NOT NULL, workspace TEXT NOT NULL, PRIMARY KEY (template, workspace)
) STRICT;
CREATE TEMP TABLE received_templates ({TEMPLATE_COLUMNS},
    province TEXT NOT NULL, province_name TEXT NOT NULL, giver_name TEXT, aside_time TEXT, aside_reason TEXT
) STRICT;
"""


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A template that a province issued at `time`; `document`, `document_name` and `draft` are in its vault.

    `document_digest` is the hex SHA-256 of the document, the same in all vaults.
    """

    id: str
    edition: int
    replaces: str | None
    year: int
    number: str | None
    title: str
    document: str
    document_name: str
    document_digest: str
    draft: str | None
    time: str

    @property
    def day(self) -> str:
        """The local day on which it was issued, or received, in ISO form."""
        return day_of(self.time).isoformat()


class ReceivedTemplate(Template, frozen=True, kw_only=True):
    """A template as a commune received it at `time`, and when it was put aside, with the vault's reason."""

    province: str
    province_name: str
    giver_name: str | None
    aside_time: str | None
    aside_reason: str | None

    @property
    def aside_day(self) -> str | None:
        """The local day on which it was put aside, in ISO form, None if it was not."""
        return day_of(self.aside_time).isoformat() if self.aside_time else None


@kept_until_event_of("province")
def issued_templates(db: Database) -> list[Template]:
    """Return the templates of a province, the newest first."""
    rows = db.query("SELECT * FROM issued_templates ORDER BY time DESC, rowid DESC")
    return [convert(row, Template) for row in rows]


def find_issued(db: Database, template: str) -> Template | None:
    """Return a template of a province by its id, None if there is none."""
    return next((one for one in issued_templates(db) if one.id == template), None)


def current_templates(db: Database) -> list[Template]:
    """Return the templates of a province whose place no other has taken, the newest first."""
    replaced = {one.replaces for one in issued_templates(db)}
    return [one for one in issued_templates(db) if one.id not in replaced]


@kept_until_event_of("province")
def given_communes(db: Database) -> Mapping[str, frozenset[str]]:
    """Return to the workspaces of which communes each template is given, by its id."""
    found: dict[str, set[str]] = {}
    for row in db.query("SELECT template, workspace FROM given_templates"):
        found.setdefault(row["template"], set()).add(row["workspace"])
    return {template: frozenset(names) for template, names in found.items()}


@kept_until_event_of("plan")
def received_templates(db: Database) -> list[ReceivedTemplate]:
    """Return the templates that a commune received, the newest first."""
    rows = db.query("SELECT * FROM received_templates ORDER BY time DESC, rowid DESC")
    return [convert(row, ReceivedTemplate) for row in rows]


def find_received(db: Database, template: str) -> ReceivedTemplate | None:
    """Return a received template by its id, None if there is none."""
    return next((one for one in received_templates(db) if one.id == template), None)


def received_document(db: Database, digest: str) -> ReceivedTemplate | None:
    """Return the received template whose document has this digest in the vault, None for other documents."""
    return next((one for one in received_templates(db) if one.document == digest), None)


def adopted_from(db: Database, document_digest: str) -> Plan | None:
    """Return the plan that was adopted from a template's document, None while there is none."""
    return next((plan for plan in plans.plans(db) if plan.document_digest == document_digest), None)


def is_waiting(db: Database, template: ReceivedTemplate) -> bool:
    """Tell whether somebody of the commune still has to adopt a template, or to put it aside.

    One whose place a later one has taken waits no more.
    """
    is_replaced = any(one.replaces == template.id for one in received_templates(db))
    return (
        template.aside_time is None and not is_replaced and adopted_from(db, template.document_digest) is None
    )


def waiting_templates(db: Database) -> list[ReceivedTemplate]:
    """Return the templates that a commune still has to adopt or to put aside, the newest first."""
    return [one for one in received_templates(db) if is_waiting(db, one)]


def fold(db: Database, event: RecordedEvent) -> None:
    """Apply an event about templates to the rows; other events are ignored."""
    if not event.type.startswith(("province.template_", "plan.template_")) or event.type not in CLASSES:
        return
    match convert(event.data, CLASSES[event.type]):
        case ev.ProvinceTemplateIssued() as data:
            db.execute(_insert("issued_templates", 11), _values(data, event))
        case ev.ProvinceTemplateGiven(template=template, communes=communes):
            for workspace in communes:
                db.execute("INSERT OR IGNORE INTO given_templates VALUES (?, ?)", [template, workspace])
        case ev.PlanTemplateReceived() as data:
            own = [data.province, data.province_name, data.giver_name, None, None]
            db.execute(_insert("received_templates", 16), [*_values(data, event), *own])
        case ev.PlanTemplatePutAside(template=template, reason=reason):
            sql = "UPDATE received_templates SET aside_time = ?, aside_reason = ? WHERE id = ?"
            db.execute(sql, [event.recordedtime, reason.digest, template])


def _values(data: ev.ProvinceTemplateIssued | ev.PlanTemplateReceived, event: RecordedEvent) -> list[object]:
    return [
        data.template,
        data.edition,
        data.replaces,
        data.year,
        data.number,
        data.title,
        data.document.content.digest,
        data.document.name.digest,
        data.document_digest,
        data.draft.digest if data.draft else None,
        event.recordedtime,
    ]


def _insert(table: str, width: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * width)})"  # noqa: S608  # our own names
