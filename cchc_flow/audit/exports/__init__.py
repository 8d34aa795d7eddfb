"""The history as files that others read: tables, exact bodies, CloudEvents, XES, OCEL; one module a format.

`docs/exports.md` tells how each form says what the log says.
"""
