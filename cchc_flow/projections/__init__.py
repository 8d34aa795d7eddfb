"""Read models, one module each: its tables, the fold of events into rows, and its queries.

All of them can be deleted and rebuilt from the log.
"""

from cchc_flow.projections import causes, directory, notices, plans, rules, settings, trail, workflows
from cchc_flow.projections.cards import items

MODELS = (directory, plans, settings, rules, trail, workflows, items, notices, causes)
"""In the order in which they see an event: what one asks of another is up to date."""
VERSION = 11
"""Counts the shapes that the read models had: another number makes every workspace rebuild them."""
