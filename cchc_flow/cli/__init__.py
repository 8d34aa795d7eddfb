"""The command line: each command is a few lines around code that stands elsewhere."""

import os
import sys
from typing import TextIO

import click
from sqlite_utils.utils import sqlite3

from cchc_flow import __version__
from cchc_flow.cli import (
    backups,
    bundles,
    calendars,
    clocks,
    contents,
    doctor,
    exports,
    item_log,
    listings,
    log,
    people,
    plans,
    plugins,
    postgres,
    proofs,
    provinces,
    questions,
    registers,
    reminding,
    reports,
    signing,
    witnesses,
    workflows,
    workspaces,
)
from cchc_flow.cli.context import Context
from cchc_flow.errors import BadInput, CchcError, describe_os_error


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--data", envvar="CCHC_FLOW_DATA", default="data", show_default=True, help="Thư mục dữ liệu.")
@click.option("--workspace", help="Không gian làm việc; bỏ trống khi chỉ có một.")
@click.option("--as", "login", help="Làm với tư cách người có tên đăng nhập này.")
@click.version_option(__version__)
@click.pass_context
def cli(context: click.Context, data: str, workspace: str | None, login: str | None) -> None:
    """Theo dõi kế hoạch cải cách hành chính: bảng công việc và nhật ký không sửa được."""
    context.obj = Context(data, workspace, login)


MODULES = (
    workspaces,
    provinces,
    doctor,
    plans,
    registers,
    item_log,
    log,
    exports,
    questions,
    proofs,
    backups,
    bundles,
    contents,
    people,
    calendars,
    clocks,
    reminding,
    reports,
    signing,
    witnesses,
    listings,
    workflows,
    plugins,
    postgres,
)
for module in MODULES:
    for command in module.COMMANDS:
        cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit: with 0 on success, 2 for wrong input, 1 for other failures."""
    for stream in (sys.stdout, sys.stderr):
        _write_utf8(stream)
    code = run(arguments)
    _discard_unwritable_output()
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; an error is printed as one line on stderr."""
    try:
        return int(cli.main(arguments, prog_name="cchc-flow", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as help_needed:  # a group of commands alone, as click does it
        help_needed.show()
        return help_needed.exit_code
    except click.exceptions.Abort:
        return _report_failure("Đã dừng theo yêu cầu.", 130)
    except click.ClickException as error:
        return _report_failure(f"Câu lệnh chưa đúng: {error.format_message()}", 2)
    except CchcError as error:
        return _report_failure(str(error), 2 if isinstance(error, BadInput) else 1)
    except OSError as error:
        return _report_failure(_system_error_sentence(error), 1)
    except sqlite3.DatabaseError as error:
        return _report_failure(_database_error_sentence(error), 1)


def _discard_unwritable_output() -> None:
    """Discard output that cannot be written: the interpreter flushes at its end and would fail again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_utf8(stream: TextIO | None) -> None:
    """Make a stream write UTF-8 whatever the locale says; broken bytes are escaped instead of failing."""
    if reconfigure := getattr(stream, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _system_error_sentence(error: OSError) -> str:
    """Return the sentence for a file that cannot be read or written."""
    what = f"«{error.filename}»" if error.filename is not None else "dữ liệu"
    return f"Không đọc hoặc ghi được {what}: {describe_os_error(error)}."


def _database_error_sentence(error: sqlite3.DatabaseError) -> str:
    """Return the sentence for a database that cannot be read or written."""
    return (
        f"Không đọc hoặc ghi được cơ sở dữ liệu: {error}. Hãy kiểm tra ổ đĩa và quyền ghi; "
        "nếu chỉ bảng đọc hỏng, chạy «cchc-flow rebuild»."
    )


def _report_failure(sentence: str, code: int) -> int:
    """Print a sentence in one line on stderr and return the exit code."""
    click.echo(" ".join(sentence.split()), err=True)
    return code
