"""Witnesses: others who keep the last checkpoint that they saw of a log, and cosign the next that extends it.

`witness` is one (on another machine, or on an inspector's stick); `asking` and `cosigned` are the log's side.
"""
