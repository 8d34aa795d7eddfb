"""The published workflow definitions; an item follows the version that it was opened with."""

import json
from collections.abc import Mapping
from functools import lru_cache

from sqlite_utils import Database

from cchc_flow.errors import NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.workflow.definition import Workflow, from_data
from cchc_flow.workflow.duties import ROLE_RELATIONS, states_that_call
from cchc_flow.workflow.events import NAMES, WorkflowPublished

SCHEMA = """
CREATE TEMP TABLE workflows (
    kind TEXT NOT NULL, version INTEGER NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (kind, version)
) STRICT;
"""


def workflow(db: Database, kind: str, version: int) -> Workflow:
    """Return the published definition of a kind and version; raise NotFound if there is none."""
    definition = _definitions(db).get((kind, version))
    if definition is None:
        raise NotFound(f"Quy trình «{kind}» phiên bản {version} chưa được công bố trong nhật ký.")
    return definition


@kept_until_event_of("workflow")
def _definitions(db: Database) -> Mapping[tuple[str, int], Workflow]:
    """Return every published definition, by kind and version in their order."""
    rows = db.query("SELECT kind, version, definition FROM workflows ORDER BY kind, version")
    return {(row["kind"], row["version"]): _parse_definition(row["definition"]) for row in rows}


@lru_cache(256)
def _parse_definition(definition: str) -> Workflow:
    """Return a stored definition; cached, since items share it and a published one never changes."""
    return from_data(json.loads(definition))


def newest_workflow(db: Database, kind: str) -> Workflow:
    """Return the definition with which new items of a kind begin; raise NotFound."""
    versions = [version for name, version in _definitions(db) if name == kind]
    return workflow(db, kind, max(versions, default=1))


@kept_until_event_of("workflow")
def newest_workflows(db: Database) -> list[Workflow]:
    """Return the newest definition of each kind, that of tasks first, the others by kind."""
    rows = db.query(
        "SELECT kind, max(version), definition FROM workflows GROUP BY kind ORDER BY kind <> 'task', kind"
    )  # beside max() SQLite gives the other columns of the row that has it
    return [_parse_definition(row["definition"]) for row in rows]


def reference_fields(db: Database) -> set[str]:
    """Return the names of all fields in which a task or an entry is chosen."""
    forms = [
        fields
        for workflow in newest_workflows(db)
        for fields in (workflow.asks, *(step.fields for step in workflow.transitions))
    ]
    return {field.name for fields in forms for field in fields if field.kind in ("task", "entry")}


def kind_titles(db: Database) -> dict[str, str]:
    """Return the short title of each kind of item, by kind; tasks come first."""
    return {workflow.kind: workflow.short or workflow.title for workflow in newest_workflows(db)}


@kept_until_event_of("workflow")
def state_titles(db: Database) -> Mapping[tuple[str, str], str]:
    """Return the title of every state by kind and name; the newest version of a definition wins."""
    rows = db.query("SELECT definition FROM workflows ORDER BY kind, version")
    definitions = [_parse_definition(row["definition"]) for row in rows]
    return {(flow.kind, state.name): state.title for flow in definitions for state in flow.states}


@kept_until_event_of("workflow")
def states_to_decide(db: Database) -> Mapping[tuple[str, int], frozenset[str]]:
    """Return, by kind and version, the states in which an item waits for who acts by a role alone."""
    return {
        version: frozenset(states_that_call(definition, ROLE_RELATIONS))
        for version, definition in _definitions(db).items()
    }


@kept_until_event_of("workflow")
def titles_by_key(db: Database) -> Mapping[str, str]:
    """Return the titles of all kinds, steps and states, by "kind:<name>", "step:<name>", "state:<name>"."""
    rows = db.query("SELECT definition FROM workflows ORDER BY kind <> 'task' DESC, kind, version")
    definitions = [_parse_definition(row["definition"]) for row in rows]
    kinds = {f"kind:{flow.kind}": flow.title for flow in definitions}
    steps = {f"step:{step.name}": step.title for flow in definitions for step in flow.transitions}
    states = {f"state:{state.name}": state.title for flow in definitions for state in flow.states}
    return kinds | steps | states


def published_versions(db: Database) -> list[tuple[str, int]]:
    """Return the kind and version of every published definition."""
    return list(_definitions(db))


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the row of a published definition; other events are ignored."""
    if event.type == NAMES[WorkflowPublished]:
        data = event.data
        definition = json.dumps(data["definition"], ensure_ascii=False)
        db.execute("INSERT INTO workflows VALUES (?, ?, ?)", [data["kind"], data["version"], definition])
