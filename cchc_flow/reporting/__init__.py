"""Figures for the reports to higher levels, computed from the log, with the events behind each."""
