"""The blueprints of the application: one line for each resource."""

from cchc_flow.web import (
    account,
    board,
    directory,
    events,
    evidence,
    items,
    moves,
    plans,
    sessions,
    setup,
    start,
    steps,
    verification,
)

BLUEPRINTS = (
    start.bp,
    setup.bp,
    sessions.bp,
    account.bp,
    directory.bp,
    plans.bp,
    board.bp,
    items.bp,
    steps.bp,
    moves.bp,
    evidence.bp,
    events.bp,
    verification.bp,
)
