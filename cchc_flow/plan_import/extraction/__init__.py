"""Extracts a plan's content from its outline: areas, tasks, targets, measures, units, deadlines, appendix."""
