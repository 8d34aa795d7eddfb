"""Read models, one module each: its tables, the fold of events into rows, and its queries.

All of them can be deleted and rebuilt from the log.
"""

from cchc_flow.projections import causes, directory, notices, plans, rules, settings, trail, workflows
from cchc_flow.projections.cards import items

MODELS = (directory, plans, settings, rules, trail, workflows, items, notices, causes)
"""In the order in which they fold an event, so that a model may query those before it."""
VERSION = 11
"""The version of the tables and folds; when it changes, every workspace rebuilds its read models."""
