"""Verifying a stored log: `verify.py` runs the checks, `report.py` says what they found."""
