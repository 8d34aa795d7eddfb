"""Fills a register from a table, .xlsx or .csv, with what a person sees in it.

The first line names the fields. No formula is executed. A line that cannot be told has a sentence that says
why, and what is hidden, or has no place, is told.
"""

from cchc_flow.register_import.filling import fill_register, table_columns
from cchc_flow.register_import.limits import MOST_BYTES, MOST_ROWS
from cchc_flow.register_import.rows import parse_rows

__all__ = ["MOST_BYTES", "MOST_ROWS", "fill_register", "parse_rows", "table_columns"]
