"""Backup and restore: one workspace as one file that standard tools can unpack."""
