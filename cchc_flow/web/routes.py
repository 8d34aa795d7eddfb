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
    settings,
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
    settings.bp,
    plans.bp,
    board.bp,
    items.bp,
    steps.bp,
    moves.bp,
    evidence.bp,
    events.bp,
    verification.bp,
)
