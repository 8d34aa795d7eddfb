"""Commands of a witness, which needs no workspace, and of a log that is witnessed."""

from pathlib import Path

import click

from cchc_flow.audit.witnessing import ask_all, load_witnessing, request_for, take_answer
from cchc_flow.cli.context import Context, pass_context, say
from cchc_flow.cli.file_reading import read_bounded
from cchc_flow.cli.findings import CHANGED
from cchc_flow.errors import BadInput
from cchc_flow.eventlog.consistency_request import parse_request
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.verification.checkpoint_file import text_of_file
from cchc_flow.eventlog.witnesses.cosignature import WitnessKey
from cchc_flow.eventlog.witnesses.witness import Answer, Witness
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.shares import format_number

EXISTING = click.Path(path_type=Path, dir_okay=False, exists=True)
NEW = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group("witness")
def witness_group() -> None:
    """Chứng kiến nhật ký: giữ dấu niêm phong gần nhất, chỉ ký xác nhận dấu sau khi nó nối tiếp."""


@witness_group.command("init")
@click.argument("folder", metavar="THƯ_MỤC", type=FOLDER)
@click.option("--name", required=True, help="Tên của bên chứng kiến, như thanh-tra.example.")
@pass_context
def init(context: Context, folder: Path, name: str) -> None:
    """Tạo một bên chứng kiến trong THƯ_MỤC (máy khác, hoặc thẻ nhớ của người kiểm tra); in khóa của nó."""
    click.echo(str(Witness.create(folder, name, context.now).key))
    say("Hãy đưa khóa này cho xã khai ở Thiết lập, mục Bên chứng kiến; giữ kín thư mục.")


@witness_group.command()
@click.argument("folder", metavar="THƯ_MỤC", type=FOLDER)
@click.argument("key", metavar="KHÓA_KIỂM_TRA")
@pass_context
def watch(context: Context, folder: Path, key: str) -> None:
    """Theo dõi nhật ký có KHÓA_KIỂM_TRA (dòng khóa, hoặc tệp chứa nó); thêm khóa mới khi xã thay khóa."""
    path = Path(key)
    words = path.read_text("utf-8", "replace") if path.is_file() else key
    log = Witness(folder, context.now).watch(VerifierKey.parse(words))
    say(f"Theo dõi nhật ký «{log.origin}» ({len(log.keys)} khóa, đã thấy {format_number(log.size)} sự kiện).")


@witness_group.command()
@click.argument("folder", metavar="THƯ_MỤC", type=FOLDER)
@pass_context
def show(context: Context, folder: Path) -> int:
    """In khóa của bên chứng kiến, đã thấy mỗi nhật ký đến đâu, các lịch sử trái nhau (mã thoát 1)."""
    witness = Witness(folder, context.now)
    click.echo(str(witness.key))
    for log in witness.logs():
        seen = (
            f"{format_number(log.size)} sự kiện, {moment_words(log.at)}"
            if log.size
            else "chưa thấy dấu niêm phong nào"
        )
        click.echo(f"{log.origin}: {seen}")
    for fork in witness.forks():
        click.echo(f"Hai lịch sử trái nhau: {fork}", err=True)
    return CHANGED if witness.forks() else 0


@witness_group.command()
@click.argument("folder", metavar="THƯ_MỤC", type=FOLDER)
@click.argument("request", metavar="TỆP_XIN", type=EXISTING)
@click.argument("out", metavar="TỆP_ĐÃ_KÝ", type=NEW)
@pass_context
def cosign(context: Context, folder: Path, request: Path, out: Path) -> int:
    """Ký xác nhận dấu niêm phong trong TỆP_XIN nếu nó nối tiếp điều đã thấy; lịch sử khác: mã thoát 1."""
    _refuse_existing(out)
    text = text_of_file(read_bounded(request))
    answer = Witness(folder, context.now).answer(text)
    if answer.status != 200:
        say(_refusal_words(answer))
        return CHANGED
    out.write_text(parse_request(text).note + answer.text, encoding="utf-8")
    say(f"Đã ký xác nhận; hãy mang {out} về cho xã.")
    return 0


@witness_group.command()
@click.argument("folder", metavar="THƯ_MỤC", type=FOLDER)
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ mở cổng.")
@click.option("--port", default=8100, show_default=True, type=click.IntRange(1, 65535))
@pass_context
def serve(context: Context, folder: Path, host: str, port: int) -> None:
    """Mở cổng để nhật ký tự hỏi (C2SP tlog-witness); mở ra ngoài thì đặt sau một máy chủ HTTPS."""
    from cchc_flow.web.witness_server import serve_witness  # the other commands start without Flask

    witness = Witness(folder, context.now)
    click.echo(f"{witness.key}\nhttp://{host}:{port}/add-checkpoint  (dừng: Ctrl+C)")
    serve_witness(witness, host, port)


@witness_group.command("ask")
@pass_context
def ask(context: Context) -> int:
    """Hỏi các bên chứng kiến đã khai; mã thoát 1 khi chưa đủ bên, hoặc có bên đã thấy lịch sử khác."""
    ws = context.open()
    for refused in ask_all(ws):
        say(refused.words)
    return _print_state(context)


@witness_group.command("status")
@pass_context
def status(context: Context) -> int:
    """In mỗi bên chứng kiến đã khai thấy đến đâu, lúc nào; mã thoát 1 khi chưa đủ hoặc trái nhau."""
    return _print_state(context)


@witness_group.command("request")
@click.argument("out", metavar="TỆP_XIN", type=NEW)
@click.option("--witness", "key", help="Khóa của bên chứng kiến; bỏ trống: bên chưa thấy gì của nhật ký này.")
@pass_context
def write_request(context: Context, out: Path, key: str | None) -> None:
    """Ghi dấu niêm phong mới nhất, và chứng minh nó nối tiếp, vào TỆP_XIN để mang cho một bên chứng kiến."""
    _refuse_existing(out)
    ws = context.open_to_read()
    out.write_text(request_for(ws, WitnessKey.parse(key) if key else None), encoding="utf-8")


@witness_group.command("take")
@click.argument("file", metavar="TỆP_ĐÃ_KÝ", type=EXISTING)
@pass_context
def take(context: Context, file: Path) -> None:
    """Nhận dấu niêm phong mà bên chứng kiến đã ký xác nhận."""
    state = take_answer(context.open_to_read(), read_bounded(file))
    say(f"Đã nhận chữ ký của «{state.key.name}».")


def _print_state(context: Context) -> int:
    """Print each witness of the setting; return 1 when something is not as the setting asks."""
    witnessing = load_witnessing(context.open_to_read())
    for state in witnessing.states:
        seen = "chưa chứng kiến"
        if state.cosigned:
            at = moment_words(state.cosigned.at.isoformat())
            seen = f"{format_number(state.cosigned.checkpoint.size)} sự kiện, {at}"
        click.echo(f"{state.key.name}: {seen}")
    if not witnessing.states:
        click.echo("Chưa khai bên chứng kiến nào: đầu mối CCHC hoặc quản trị khai ở Thiết lập.")
    for warning in witnessing.warnings:
        say(warning)
    return CHANGED if witnessing.warnings else 0


def _refusal_words(answer: Answer) -> str:
    """Return why a witness did not cosign, in one sentence."""
    if answer.is_fork:
        return "Không ký: nhật ký này đưa ra một lịch sử khác với điều đã chứng kiến; cả hai đã được giữ lại."
    if answer.status == 409:
        seen = answer.text.strip()
        return (
            f"Không ký: đã thấy {format_number(seen)} sự kiện của nhật ký này, tệp không nối từ đó. Hãy xin"
            " lại tệp mới."
        )
    return f"Không ký: {answer.text.strip()}"


def _refuse_existing(out: Path) -> None:
    if out.exists():
        raise BadInput(f"Đã có tệp «{out}».", "Hãy chọn tên khác: tệp cũ không bị ghi đè.")


COMMANDS = (witness_group,)
"""The group `witness`."""
