"""The event log of many workspaces in one PostgreSQL database: the same log as in SQLite, in another home."""
