"""What `verify` found out, line by line, and the exit code that follows."""

from collections.abc import Sequence

import click

from cchc_flow.audit.findings import Finding, verdict

CHANGED, CANNOT_BE_READ, NO_LOG = 1, 3, 4
"""Exit codes of `verify`; 0 is whole, and 2 a command that cannot be understood."""
CODES = {True: 0, False: CHANGED, None: CANNOT_BE_READ}
MARKS = {True: "Đúng", False: "SAI", None: "Chưa rõ"}


def print_findings(findings: Sequence[Finding]) -> int:
    """Print each finding, those of something wrong on stderr, and return the exit code."""
    for finding in findings:
        click.echo(f"{MARKS[finding.is_right]}: {finding.words}", err=finding.is_right is False)
    return CODES[verdict(findings)]
