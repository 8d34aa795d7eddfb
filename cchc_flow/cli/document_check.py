"""What `verify` says of a file: a report that was issued from a log, at hand or elsewhere."""

import os
from pathlib import Path

import click

from cchc_flow import settings, workspace
from cchc_flow.audit.document_check import DocumentCheck, check_alone, check_with_log
from cchc_flow.audit.figure_check import DifferentFigure
from cchc_flow.cli.context import Context, say
from cchc_flow.cli.file_reading import read_bounded
from cchc_flow.cli.findings import print_findings
from cchc_flow.signatures.trust import trusted_certificates
from cchc_flow.signatures.words import REVOCATION, signature_sentences, signature_title

MOST_LINES = 40
"""How many different figures are listed."""


def verify_file(context: Context, path: Path, key: str | None) -> int:
    """Print what is found out about a file and return the exit code; without a workspace, by the key."""
    check = _check(context, read_bounded(path), key)
    code = print_findings(check.findings)
    for figure in check.figures.different[:MOST_LINES]:
        say(f"  {_figure_line(figure)}")
    if len(check.figures.different) > MOST_LINES:
        say(f"  … và {len(check.figures.different) - MOST_LINES} số liệu khác nữa.")
    _print_signatures(check)
    return code


def _check(context: Context, content: bytes, key: str | None) -> DocumentCheck:
    if context.workspace_option() is None and not workspace.names(context.data):
        return check_alone(content, key)
    trusted = trusted_certificates(settings.trusted_folder(os.environ))
    return check_with_log(context.open_to_read(), content, key, trusted)


def _figure_line(figure: DifferentFigure) -> str:
    """Return one figure that differs: its name, both values, and why if that is known."""
    in_file, now = figure.both_values
    remark = f"; {figure.remark}" if figure.remark else ""
    return f"{figure.title} [{figure.key}]: trong tệp {in_file}, tính lại {now}{remark}"


def _print_signatures(check: DocumentCheck) -> None:
    for signature in check.signatures.found:
        click.echo(f"{signature_title(signature)}: {' '.join(signature_sentences(signature))}")
    if check.signatures.found:
        click.echo(REVOCATION)
