"""Read models: one file each (rows, fold, queries). All can be thrown away and made again from the log."""

from cchc_flow.projections import board, directory, plans, trail, workflows

MODELS = (board, directory, plans, trail, workflows)
VERSION = 1
"""Counts the shapes that the read models had: another number makes every workspace rebuild them."""
