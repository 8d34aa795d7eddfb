"""Commands that give proofs to carry away: receipts of events, and that one checkpoint extends another."""

from pathlib import Path

import click

from cchc_flow import workspace
from cchc_flow.audit import trail
from cchc_flow.audit.consistency_check import check_consistency
from cchc_flow.audit.content_proof import check_content, parse_content_proof
from cchc_flow.audit.receipt_check import ReceiptCheck, check_alone, check_with_log
from cchc_flow.cli.context import Context, pass_context, print_progress, say
from cchc_flow.cli.file_reading import LARGEST_SECRET, read_bounded
from cchc_flow.cli.findings import print_findings
from cchc_flow.cli.item_log import find_item
from cchc_flow.cli.kept_files import write_kept
from cchc_flow.errors import Refusal
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.consistency_request import parse_request, parse_size, prove_consistency, require_own
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.receipt_files import ReceiptFile, issue_receipt, parse_receipt, receipt_name
from cchc_flow.eventlog.tiles import write_tiles
from cchc_flow.eventlog.verification.checkpoint_file import split_note_and_key, text_of_file
from cchc_flow.projections.reading import Reader
from cchc_flow.workspace import Workspace

NEWEST = "newest"


@click.command()
@click.argument("what", metavar="SỐ_SỰ_KIỆN|CÔNG_VIỆC")
@click.argument("out", metavar="[TỆP]", required=False, type=click.Path(path_type=Path))
@pass_context
def receipt(context: Context, what: str, out: Path | None) -> None:
    """Cấp biên nhận của một sự kiện, hoặc của mọi sự kiện của một công việc (TỆP là thư mục).

    Biên nhận theo dạng C2SP tlog-proof; kiểm lại ở máy bất kỳ bằng «cchc-flow verify --receipt».
    """
    ws = context.open_to_read()
    reader = context.reader(ws)
    if what.isdecimal():
        text = _receipt_text(ws, int(what), reader)
        if out is None:
            click.echo(text, nl=False)
        else:
            write_kept(out, text, "Biên nhận đã giữ thì không ghi đè")
            say(f"Đã ghi biên nhận vào {out}.")
        return
    events = ws.log.stream(f"{trail.ITEM}{find_item(ws, what, reader)}")
    folder = out or Path()
    folder.mkdir(parents=True, exist_ok=True)
    paths = {event.position: folder / receipt_name(ws.name, event.position) for event in events}
    new = {position: path for position, path in paths.items() if not path.exists()}
    for position, path in new.items():
        path.write_text(_receipt_text(ws, position, reader), encoding="utf-8")
    say(f"Đã ghi {len(new)} biên nhận vào {folder}; {len(paths) - len(new)} biên nhận đã có thì giữ nguyên.")


def _receipt_text(ws: Workspace, position: int, reader: Reader | None) -> str:
    receipt = issue_receipt(ws.log, position)  # first of all: it refuses an event that is damaged
    if trail.is_hidden(ws.read(), ws.log.event(position).stream, reader):
        receipt = issue_receipt(ws.log, position, withheld=True)
    return receipt.text()


@click.command()
@click.argument("old", metavar="DẤU_CŨ")
@click.argument("new", metavar="[DẤU_MỚI]", default=NEWEST)
@click.argument("out", metavar="[TỆP]", required=False, type=click.Path(path_type=Path))
@pass_context
def consistency(context: Context, old: str, new: str, out: Path | None) -> None:
    """Lập chứng minh rằng dấu niêm phong mới nối tiếp dấu cũ: không sự kiện nào trước đó bị thay đổi.

    Mỗi dấu là một tệp đã giữ, hoặc số sự kiện; DẤU_MỚI bỏ trống hoặc «newest» là dấu mới nhất.
    """
    ws = context.open_to_read()
    proof = prove_consistency(ws.log, _size_of(old, ws.log), None if new == NEWEST else _size_of(new, ws.log))
    if out is None:
        click.echo(proof.text(), nl=False)
        return
    write_kept(out, proof.text(), "Tệp đã giữ thì không ghi đè")
    say(f"Đã ghi {out}; kiểm lại bằng «cchc-flow verify --from DẤU_CŨ --proof {out}».")


@click.command()
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path, file_okay=False))
@pass_context
def tiles(context: Context, folder: Path) -> None:
    """Đưa nhật ký ra thành thư mục tệp tĩnh (C2SP tlog-tiles), hoặc ghi thêm phần mới vào thư mục đã có.

    Thư mục có toàn văn mọi sự kiện, cả của công việc có hạn chế người xem.
    """
    ws = context.open_to_read()
    if context.reader(ws) is not None:
        raise Refusal(
            "Thư mục này có toàn văn mọi sự kiện, nên chỉ người giữ máy chủ lập được.", "Hãy bỏ --as."
        )
    written = write_tiles(ws.log, folder, lambda done, total: print_progress("Ghi", done, total))
    say(f"Đã ghi {written.files} tệp; «{folder}» phủ {written.size} sự kiện.")
    if written.ended_by:
        say(
            f"Sự kiện số {written.ended_by} ghi từ bản trước dài quá 65.535 byte, dạng này không chứa được:"
            " thư mục dừng ở dấu niêm phong trước nó, nhật ký thì vẫn nguyên."
        )


def _size_of(words: str, log: EventLog) -> int:
    """Return the size that a word or a kept checkpoint names; raise CchcError for one of another log."""
    if words.isdecimal():
        return parse_size(words)
    kept, _ = parse_checkpoint(split_note_and_key(read_bounded(Path(words), LARGEST_SECRET))[0])
    require_own(log, kept)
    return kept.size


def verify_receipt(context: Context, path: Path, body: Path | None, keys: list[VerifierKey]) -> int:
    """Print what is found out about a receipt and return the exit code; without a workspace, by the keys."""
    given = parse_receipt(read_bounded(path, LARGEST_SECRET))
    content = read_bounded(body, LARGEST_SECRET) if body else None
    check = _check(context, given, content, keys)
    return print_findings(check.findings)


def verify_content(context: Context, path: Path, salt: Path, keys: list[VerifierKey]) -> int:
    """Print whether a downloaded file is the one that an event names, by its salt; return the exit code."""
    proof = parse_content_proof(read_bounded(salt, LARGEST_SECRET))
    findings = check_content(read_bounded(path), proof)
    return print_findings(findings + _check(context, proof.receipt, None, keys).findings)


def _check(context: Context, given: ReceiptFile, body: bytes | None, keys: list[VerifierKey]) -> ReceiptCheck:
    if context.workspace_option() is None and not workspace.names(context.data):
        return check_alone(given, body, keys)
    ws = context.open_to_read()
    return check_with_log(ws, given, body, keys, context.reader(ws))


def verify_consistency(old: Path, new: Path | None, proof: Path | None, keys: list[VerifierKey]) -> int:
    """Print whether a kept checkpoint extends another and return the exit code; no log is read.

    Without `keys`, the one below the older checkpoint in its file is taken, as that was kept.
    """
    note, below = split_note_and_key(read_bounded(old, LARGEST_SECRET))
    later = split_note_and_key(read_bounded(new, LARGEST_SECRET))[0] if new else None
    proved = parse_request(text_of_file(read_bounded(proof, LARGEST_SECRET))) if proof else None
    if below and not keys:
        keys = [VerifierKey.parse(below)]
    return print_findings(check_consistency(note, later, proved, keys))


COMMANDS = (receipt, consistency, tiles)
