"""`make bench`: print the table; `python -m bench append board` runs only those parts."""

import sys

from bench import append, board, commands, counts, plugins, verify, year
from bench.measure import Result

PARTS = {
    "append": append.rows,
    "commands": commands.rows,
    "year": year.rows,
    "verify": verify.rows,
    "board": board.rows,
    "counts": counts.rows,
    "plugins": plugins.rows,
}


def main(wanted: list[str]) -> int:
    """Print the rows of the parts that are wanted (all, if none); return 1 when an aim was missed."""
    missed = 0
    for name in wanted or PARTS:
        for row in PARTS[name]():
            print(_line(row), flush=True)
            missed += not row.held
    return 1 if missed else 0


def _line(row: Result) -> str:
    mark = "" if not row.aim else ("ok" if row.held else "MISSED")
    return f"{row.name:<58} {row.figure:<48} {row.aim:<9} {mark}"


sys.exit(main(sys.argv[1:]))
