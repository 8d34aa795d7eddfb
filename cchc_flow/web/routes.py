"""The blueprints of the application: one line for each resource."""

from cchc_flow.web import account, sessions, setup, start

BLUEPRINTS = (start.bp, setup.bp, sessions.bp, account.bp)
