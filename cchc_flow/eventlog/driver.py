"""The SQLite driver: pysqlite3 (which brings a recent SQLite) if installed, else the standard library's."""

from sqlite_utils.utils import sqlite3

__all__ = ["sqlite3"]
