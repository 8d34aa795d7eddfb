"""Nobody has a page, a command or a hook that changes or removes an event.

What the program could do is looked for in its source: every statement of SQL, every way into the log's file,
everything that the log's interface offers, and what a plugin is handed. What its pages do is seen by
`web/test_access_matrix.py`, which asks every route as everybody.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_flow import hookspecs
from cchc_flow.eventlog import sqlite, stored_log
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.schema import TABLES

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*(ROOT / "cchc_flow").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")])
CHANGING = re.compile(
    r"\b(?:UPDATE(?:\s+OR\s+[A-Z]+)?|DELETE\s+FROM|(?:INSERT\s+OR\s+)?REPLACE\s+INTO|ALTER\s+TABLE"
    r"|DROP\s+(?:TABLE|TRIGGER|INDEX)(?:\s+IF\s+EXISTS)?)\s+(?:main\.)?\W?([\w{}]+)"
)
APPENDING = re.compile(r"\bINSERT\s+INTO\s+(?:main\.)?\W?(\w+)")
LOG_FILE = "events.db"
OPENS_THE_LOG = {
    "cchc_flow/eventlog/locking.py",  # the connections of the log
    "cchc_flow/eventlog/opening.py",  # makes the file of a new log
    "cchc_flow/eventlog/verification/snapshot.py",  # reads it, and nothing else
    "cchc_flow/homes.py",  # looks which there are
    "cchc_flow/postgres_home.py",  # looks whether there is one too many
    "cchc_flow/backup/moving_back.py",  # looks whether there is one already
    "cchc_flow/backup/moving_house.py",  # looks whether there is one to be moved
}
WRITING = {"append", "record_opening", "rotate_key", "migrate", "confirm_clock", "check_writable"}
"""The methods of the log that begin a transaction which may write; the last one only looks if it could."""


def texts(path: Path) -> Iterator[str]:
    """Yield the texts in a module, with {} where a value comes in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_statement_changes_or_removes_a_row_of_the_log() -> None:
    found = {
        (name(path), table) for path in SOURCES for text in texts(path) for table in CHANGING.findall(text)
    }
    assert len(found) > 30  # of the read models and the accounts
    assert {entry for entry in found if entry[1] in TABLES} == set()
    assert {entry for entry in found if "{" in entry[1]} == set()  # nor one whose table is not told


def test_rows_of_the_log_are_inserted_in_one_place() -> None:
    inserting = {
        name(path) for path in SOURCES for text in texts(path) if TABLES.keys() & {*APPENDING.findall(text)}
    }
    assert inserting <= {"cchc_flow/eventlog/rows.py", "cchc_flow/eventlog/reads/month.py"}


def test_nothing_but_the_log_opens_its_file() -> None:
    opening = {name(path) for path in SOURCES if LOG_FILE in {*texts(path), *_ends(path)}}
    assert opening == OPENS_THE_LOG


def _ends(path: Path) -> set[str]:
    """Return the last parts of the paths that a module names."""
    return {text.rpartition("/")[2] for text in texts(path) if " " not in text}


def test_the_log_writes_when_it_adds_and_never_else() -> None:
    writing = {
        function.name
        for function in ast.walk(ast.parse(inspect.getsource(sqlite) + inspect.getsource(stored_log)))
        if isinstance(function, ast.FunctionDef) and "write_transaction" in ast.unparse(function)
    }
    assert writing == WRITING
    offered = {method for method, _ in inspect.getmembers(EventLog, inspect.isfunction)}
    assert not [method for method in offered if re.search("delete|remove|update|edit|erase|rewrite", method)]


HOOKS = [
    hook for _, hook in inspect.getmembers(hookspecs, inspect.isfunction) if hasattr(hook, "cchc_flow_spec")
]


def test_there_are_hooks_to_look_at() -> None:
    assert len(HOOKS) >= 8


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.__name__)
def test_no_hook_hands_a_plugin_the_log_or_a_connection(hook: object) -> None:
    handed = {str(parameter.annotation) for parameter in inspect.signature(hook).parameters.values()}  # type: ignore[arg-type]
    assert not [words for words in handed if re.search("Log|Database|Connection|Workspace|Models", words)]
