"""Plugins made in a test: `plugged(one=Area())` knows their hooks, and nothing else."""

from cchc_flow.plugins import plugged

__all__ = ["plugged"]
