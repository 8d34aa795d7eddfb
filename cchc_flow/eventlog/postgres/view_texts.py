"""The text of a view as one version of PostgreSQL prints it, made from what version 15 prints.

Since version 16 columns are printed without the name of their table where a query has one table only, but
for those in a query inside it. Nothing else of our views is printed in another way, up to version 18. The
text that is expected is changed here, never what a server gives: two views that differ never look the same.
"""

import re

SHORTER_SINCE = 16
TABLE = re.compile(r"\n   FROM (?:\w+\.)?(\w+)(?: (\w+))?\n  WHERE ")
"""The only table of the outer query, and the other name that it has there, if any."""
INNER = re.compile(r"(\( SELECT .*?\)\) AS \w+)", re.DOTALL)


def as_printed(definition: str, major: int) -> str:
    """Return the definition of a view, as `catalogue.sql` gives it on version 15, for a major version."""
    table = TABLE.search(definition)
    if major < SHORTER_SINCE or table is None:
        return definition
    prefix = re.compile(rf"\b{table[2] or table[1]}\.")
    parts = INNER.split(definition)
    outer, inner = parts[::2], parts[1::2]
    short = [prefix.sub("", words) for words in outer]
    return "".join(words for pair in zip(short, [*inner, ""], strict=True) for words in pair)
