"""The blueprints of the application: one line for each resource."""

from cchc_flow.web import (
    account,
    board,
    calendar,
    directory,
    events,
    evidence,
    inbox,
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
    inbox.bp,
    calendar.bp,
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
