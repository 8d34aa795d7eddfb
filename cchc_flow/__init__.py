"""The reform plan of a commune as an event-sourced workflow with a task board."""

__version__ = "0.1.0"
