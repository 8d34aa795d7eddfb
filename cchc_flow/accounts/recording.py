"""What happened to accounts enters the log: sign-in and its refusals, passwords, sessions."""

import logging
from datetime import datetime

from sqlite_utils.utils import sqlite3

from cchc_flow.accounts import Accounts
from cchc_flow.accounts.facts import Fact
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import CchcError
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.commands import Typed
from cchc_flow.workspace import Workspace

FAMILY = "access"


def record_access(ws: Workspace, accounts: Accounts) -> int:
    """Record the facts about accounts that are not in the log yet; return how many.

    A log that cannot be written now keeps nobody out: the facts stay with the accounts and are tried again.
    """
    accounts.facts.close_counts(ws.now())
    recorded: list[int] = []
    try:
        while facts := accounts.facts.unrecorded():
            for fact in facts:
                _record(ws, fact)
                recorded.append(fact.number)
            accounts.facts.forget([fact.number for fact in facts])
    except (CchcError, OSError, sqlite3.DatabaseError) as error:
        accounts.facts.forget(recorded)
        accounts.facts.look_again()
        logging.getLogger(__name__).error("%s: %s", ws.name, error)
    return len(recorded)


def _record(ws: Workspace, fact: Fact) -> None:
    """Record one fact; recorded before, it changes nothing."""
    cls = ev.CLASSES[f"{FAMILY}.{fact.kind}/1"]
    data = dict(fact.data) | ({"client": Typed(fact.client)} if fact.client is not None else {})
    sessions = data.get("sessions")
    event = cls(**data | ({"sessions": tuple(sessions)} if isinstance(sessions, list) else {}))
    stream = f"{FAMILY}-{data.get('person', 'unknown')}"

    def decide_commit(uow: UnitOfWork) -> Commit:
        return Commit([NewEvents(stream, uow.version_of(stream), (event,))])

    given = datetime.fromisoformat(fact.at)
    order = Order(fact.by.actor, f"{FAMILY}-{fact.key}", channel=fact.by.channel, given=given)
    write(ws, order, fact, decide_commit)
