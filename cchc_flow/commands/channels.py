"""The ways by which an order may come; each of its events keeps the way, so that a history can tell it.

Beside these there are "terminal:USER" (a command line, with the user of the operating system) and
"plugin:NAME" (the reaction of a plugin to an event). "+table" is added to the way of a table of many rows.
"""

WEB = "web"
CLOCK = "clock"
SETUP = "setup"
DEMO = "demo"
"""Acts of the people of a demo, which nobody has carried out."""
PROGRAM = "program"
"""A program that uses this package, such as a test."""


def terminal(user: str) -> str:
    """Return the channel of a command line that a user of the operating system gave."""
    return f"terminal:{user}"


def reaction(plugin: str) -> str:
    """Return the channel of what a plugin lets follow from an event."""
    return f"plugin:{plugin}"


def by_table(channel: str) -> str:
    """Return the channel of entries that came in a table."""
    return f"{channel}+table"
