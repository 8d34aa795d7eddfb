"""Read models, one module each: its tables, the fold of events into rows, and its queries.

All of them can be deleted and rebuilt from the log. Those that decide (who holds which role, which settings,
workflows and rules are in force) lie in no file: each connection folds them from the log into tables of its
own, so that whoever writes into a file gives nobody a right. Those in the file are what pages are drawn from.
"""

from cchc_flow.projections import access, causes, directory, notices, plans, rules, settings, trail, workflows
from cchc_flow.projections.cards import items

DECIDING = (directory, plans, settings, rules, workflows)
"""Folded from the log into temporary tables of each connection, and before those in the file."""
IN_FILE = (trail, items, notices, causes, access)
"""In the order in which they fold an event, so that a model may query those before it."""
VERSION = 15
"""The version of the tables and folds; when it changes, every workspace rebuilds its read models."""
