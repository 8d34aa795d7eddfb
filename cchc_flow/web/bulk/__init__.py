"""Bulk acts: one step with each of the items that were selected in a list."""
