"""`make bench` runs all benchmarks; `python -m bench append board` runs some."""

import sys

from bench import (
    append,
    backup,
    board,
    bundle,
    commands,
    comparison,
    counts,
    cutoff,
    documents,
    drop,
    history,
    lighthouse,
    load,
    node,
    opening,
    plan_pdf,
    plan_roles,
    plan_scans,
    plan_scores,
    plugins,
    postgres,
    province,
    questions,
    reads,
    release,
    report_blocks,
    verify,
    wire,
    year,
)
from bench.measure import Result

PARTS = {
    "append": append.rows,
    "commands": commands.rows,
    "year": year.rows,
    "verify": verify.rows,
    "opening": opening.rows,
    "backup": backup.rows,
    "bundle": bundle.rows,
    "board": board.rows,
    "counts": counts.rows,
    "comparison": comparison.rows,
    "cutoff": cutoff.rows,
    "history": history.rows,
    "plan_roles": plan_roles.rows,
    "plugins": plugins.rows,
    "postgres": postgres.rows,
    "province": province.rows,
    "questions": questions.rows,
    "reads": reads.rows,
    "documents": documents.rows,
    "plan_pdf": plan_pdf.rows,
    "plan_scans": plan_scans.rows,
    "plan_scores": plan_scores.rows,
    "release": release.rows,
    "report_blocks": report_blocks.rows,
    "node": node.rows,
    "load": load.rows,
    "wire": wire.rows,
    "drop": drop.rows,
    "lighthouse": lighthouse.rows,
}


def main(names: list[str]) -> int:
    """Run some benchmarks (all, if none is named) and print the results; return 1 if an aim was missed."""
    missed = 0
    for name in names or PARTS:
        for result in PARTS[name]():
            print(_line(result), flush=True)
            missed += not result.is_met
    return 1 if missed else 0


def _line(result: Result) -> str:
    mark = "" if not result.aim else ("ok" if result.is_met else "MISSED")
    return f"{result.name:<58} {result.figure:<48} {result.aim:<9} {mark}"


sys.exit(main(sys.argv[1:]))
