"""Commands about the log: print or store a checkpoint, verify the log against one, replace its key."""

import os
from pathlib import Path

import click

from cchc_flow.cli.bundles import is_bundle, verify_bundle
from cchc_flow.cli.context import Context, pass_context, print_progress, say
from cchc_flow.cli.document_check import verify_file
from cchc_flow.cli.findings import CANNOT_BE_READ, CHANGED, NO_LOG
from cchc_flow.cli.kept_files import write_kept
from cchc_flow.cli.proofs import verify_consistency, verify_content, verify_receipt
from cchc_flow.commands.key_rotation import rotate_key
from cchc_flow.commands.rollback import accept_rollback
from cchc_flow.errors import BadInput, CchcError, NotFound, describe_os_error
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.log_end import lost_end_error
from cchc_flow.eventlog.note import VerifierKey, parse_keys
from cchc_flow.eventlog.opening import find_lost_end
from cchc_flow.eventlog.verification.checkpoint_file import split_note_and_key
from cchc_flow.eventlog.verification.reads import find_lost_reads
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.homes import find_home
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.shares import format_number

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("out", metavar="[TỆP]", required=False, type=click.Path(path_type=Path))
@click.option("--rotate-key", "rotates", is_flag=True, help="Thay khóa niêm phong mới trước khi in.")
@pass_context
def checkpoint(context: Context, out: Path | None, rotates: bool) -> None:
    """In dấu niêm phong mới nhất và khóa kiểm tra; giữ chúng ở nơi khác để đối chiếu sau này."""
    ws = context.open_for_repair() if rotates else context.open_to_read()
    if rotates:
        rotate_key(ws, context.order(ws))
    note, key = ws.log.checkpoint_and_key()
    if out is None:
        click.echo(note)
        click.echo(key)
        return
    write_kept(out.with_name(out.name + ".key"), key + "\n", "Khóa trong tệp đó khác khóa đang dùng")
    write_kept(out, note, "Dấu đã giữ thì không ghi đè")
    say(f"Đã ghi {out} và {out}.key; hãy cất cả hai ở nơi không ai sửa được cùng với nhật ký.")


@click.command()
@click.argument("file", metavar="[TỆP]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--checkpoint", "checkpoint_file", type=click.Path(path_type=Path), help="Dấu niêm phong giữ ở nơi khác."
)
@click.option("--key", help="Khóa kiểm tra giữ ở nơi khác: dòng khóa, hoặc tệp chứa nó.")
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Kiểm mọi dấu niêm phong, không chỉ dấu chính, và so bảng đọc với nhật ký.",
)
@click.option("--receipt", type=FILE, help="Biên nhận cần kiểm, thay cho cả nhật ký.")
@click.option("--body", type=FILE, help="Nội dung gốc của sự kiện, nếu biên nhận không mang theo.")
@click.option("--from", "old", type=FILE, help="Dấu niêm phong cũ, để kiểm dấu mới có nối tiếp nó không.")
@click.option("--to", "new", type=FILE, help="Dấu niêm phong mới; bỏ trống là dấu trong tệp --proof.")
@click.option("--proof", type=FILE, help="Chứng minh nối tiếp, do «cchc-flow consistency» lập.")
@click.option("--content", type=FILE, help="Tệp minh chứng đã tải về, cần kiểm có đúng tệp sự kiện đã nêu.")
@click.option("--salt", type=FILE, help="Tệp muối đã tải về cùng tệp minh chứng.")
@pass_context
def verify(
    context: Context,
    file: Path | None,
    checkpoint_file: Path | None,
    key: str | None,
    every: bool,
    receipt: Path | None,
    body: Path | None,
    old: Path | None,
    new: Path | None,
    proof: Path | None,
    content: Path | None,
    salt: Path | None,
) -> int:
    """Kiểm tra nhật ký, TỆP (báo cáo đã ban hành, hồ sơ bằng chứng), một biên nhận, hoặc hai dấu đã giữ.

    Hồ sơ, biên nhận và hai dấu kiểm được ở máy không có nhật ký. Mã thoát 0 nếu nguyên vẹn, 1 nếu đã bị thay
    đổi hay không đúng, 3 nếu không đọc được hay chưa rõ, 4 nếu không có nhật ký nào.
    """
    key = _read_key(key) if key else None
    if file and not (every or receipt or old) and is_bundle(file):
        return verify_bundle(file, checkpoint_file, key)
    lacks_other = (body and not receipt) or ((new or proof) and not old) or bool(content) != bool(salt)
    subjects = (file, receipt, content, old, checkpoint_file or every)
    if lacks_other or sum(map(bool, subjects)) > 1:
        raise BadInput("Mỗi lần chỉ kiểm một thứ: nhật ký, một tệp, một biên nhận (--receipt), hoặc hai dấu.")
    if old:
        return verify_consistency(old, new, proof, parse_keys(key or ""))
    try:
        if content and salt:
            return verify_content(context, content, salt, parse_keys(key or ""))
        if receipt:
            return verify_receipt(context, receipt, body, parse_keys(key or ""))
        return verify_file(context, file, key) if file else _verify(context, checkpoint_file, key, every)
    except BadInput:
        raise
    except (CchcError, OSError, sqlite3.Error) as error:
        say(f"Không kiểm tra được nhật ký: {_words(error)}")
        return CANNOT_BE_READ


def _verify(context: Context, checkpoint_file: Path | None, key: str | None, every: bool) -> int:
    """Verify the log, print the result and return the exit code; raise what keeps it from being read."""
    try:
        name = context.existing_workspace_name()  # not opened: it may be what is broken
    except NotFound as error:
        say(f"Không có nhật ký nào để kiểm tra: {error}")
        return NO_LOG
    note, below = split_note_and_key(checkpoint_file.read_bytes()) if checkpoint_file else (None, None)
    source, private = find_home(context.data).source(name), context.data / "private" / name
    report = verify_log(
        source,
        checkpoint=note,
        key=key or below,
        all_checkpoints=every,
        progress=lambda done, total: print_progress("Kiểm tra", done, total),
    )
    if report.ok and (lost := find_lost_end(source, private)):
        say(str(lost_end_error(lost, report.count)))
        return CHANGED
    if report.ok and (words := find_lost_reads(source, private)):
        say(f"Nhật ký nguyên vẹn, nhưng {words}.")
        return CHANGED
    click.echo(report_sentence(report), err=not report.ok)
    if not report.ok:
        return CANNOT_BE_READ if report.unreadable else CHANGED
    if report.newest:
        click.echo(report.newest)
    if different := _compare_models(context, source.folder) if every else []:
        rows = "; ".join(different)
        say(f"Bảng đọc khác với nhật ký ở: {rows}. Hãy chạy «cchc-flow rebuild».")
        return CHANGED
    return 0


def _words(error: Exception) -> str:
    """Return an error in words; one of the operating system with the file that it is about."""
    if isinstance(error, OSError):
        return f"{error.filename or 'dữ liệu'}: {describe_os_error(error)}."
    return str(error)


def _compare_models(context: Context, folder: Path) -> list[str]:
    """Return in what the read models beside a log differ from it; nothing when there are none."""
    if not (folder / "projections.current").exists():
        return []
    if not os.access(folder, os.W_OK):
        say("Không so được bảng đọc với nhật ký vì thư mục dữ liệu chỉ cho đọc.")
        return []
    ws = context.open_for_repair()
    try:
        return ws.differences(lambda done, total: print_progress("So bảng đọc", done, total))
    finally:
        ws.close()


def _read_key(words: str) -> str:
    """Return the key from a file of this name, else the words themselves."""
    path = Path(words)
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else words


@click.command()
@pass_context
def accept(context: Context) -> None:
    """Nhận dùng tiếp một nhật ký bị lùi lại hoặc bị thay bằng bản khác; việc đó được ghi vào nhật ký."""
    ws = context.open_for_repair()
    lost = accept_rollback(ws, context.order(ws))
    say(
        f"Từ nay dùng tiếp nhật ký này. Máy này đã thấy {format_number(lost.size)} sự kiện, sự kiện cuối ghi"
        f" lúc {moment_words(lost.time)}; điều đó đã được ghi vào nhật ký."
    )


@click.group("key")
def key_group() -> None:
    """Việc về khóa niêm phong của nhật ký."""


@key_group.command()
@pass_context
def rotate(context: Context) -> None:
    """Thay khóa niêm phong mới, cả khi khóa cũ đã mất; in khóa kiểm tra mới."""
    ws = context.open_for_repair()
    old = ws.log.verifier_key()
    rotate_key(ws, context.order(ws))
    note, new = ws.log.checkpoint_and_key()
    click.echo(new)
    if VerifierKey.parse(old).has_signed(parse_checkpoint(note)[1]):
        say("Đã thay khóa niêm phong; khóa cũ đã ký xác nhận khóa mới. Hãy cất khóa kiểm tra mới ở nơi khác.")
        return
    say(
        "Đã thay khóa niêm phong, nhưng không có khóa cũ để ký xác nhận: ai giữ khóa kiểm tra cũ cần được"
        " trao tận tay khóa kiểm tra mới, và biết vì sao khóa cũ không còn."
    )


COMMANDS = (checkpoint, verify, accept, key_group)
