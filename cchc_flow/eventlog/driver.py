"""The SQLite in use: pysqlite3 with its own recent SQLite where it is installed, else the system's."""

from sqlite_utils.utils import sqlite3

__all__ = ["sqlite3"]
