"""Commands that keep a workspace safe: back it up, restore it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from cchc_flow.backup.check import unpack
from cchc_flow.backup.create import create_backup
from cchc_flow.backup.manifest import Manifest
from cchc_flow.backup.restore import Restored, Restorer
from cchc_flow.cli.context import Context, pass_context, print_progress, say
from cchc_flow.commands.folder_upgrade import undo_upgrade
from cchc_flow.errors import BadInput
from cchc_flow.eventlog.data_format import read_format
from cchc_flow.homes import FolderHome, find_home
from cchc_flow.settings import LOG, read_stores
from cchc_flow.workflow.calendar import moment_words

PATH = click.Path(path_type=Path)
KEY_INCLUDED = (
    "Tệp có cả khóa niêm phong: ai có tệp này viết lại được nhật ký mà không để lại dấu vết. Hãy cất như cất"
    " con dấu, và không giao cho ai."
)
KEY_LEFT_OUT = (
    "Khóa niêm phong không nằm trong tệp; khi khôi phục ở máy khác, một khóa mới được đưa vào dùng và việc đó"
    " được ghi vào nhật ký. Tệp vẫn có mật khẩu đã băm và mọi nội dung: hãy cất kín."
)


@click.command()
@click.argument("out", metavar="TỆP", type=PATH)
@click.option(
    "--with-key",
    is_flag=True,
    help="Chép cả khóa niêm phong. Ai có tệp ấy viết lại được nhật ký mà không lộ; chỉ dùng khi tệp được cất"
    " kín như con dấu.",
)
@pass_context
def backup(context: Context, out: Path, with_key: bool) -> int:
    """Sao lưu một không gian làm việc vào một tệp .tar, khi máy chủ vẫn chạy."""
    manifest = create_backup(
        context.data,
        context.existing_workspace_name(),
        out,
        time=context.now(),
        with_key=with_key,
        progress=print_progress,
    )
    size = _number(round(out.stat().st_size / 1e6) or 1)
    click.echo(
        f"Đã sao lưu «{manifest.workspace}» ({manifest.title}) vào {out}: {_number(manifest.log_size)}"
        f" sự kiện, {_number(manifest.contents)} nội dung, {size} MB; đã đọc lại và khớp."
    )
    say(KEY_INCLUDED if with_key else KEY_LEFT_OUT)
    faults = [*manifest.missing, *manifest.damaged]
    if faults:
        say(
            f"Nhưng kho và sổ lượt xem có {len(manifest.missing)} tệp bị mất và {len(manifest.damaged)} tệp"
            f" bị thay đổi từ trước, ví dụ {faults[0]}. Hãy chạy «cchc-flow verify», rồi tìm chúng trong bản"
            " sao lưu cũ."
        )
    return 1 if faults else 0


@click.command()
@click.argument("file", metavar="TỆP", type=PATH)
@click.option("--to", "folder", type=PATH, help="Khôi phục vào thư mục dữ liệu này thay cho --data.")
@click.option("--check", is_flag=True, help="Chỉ kiểm tra toàn bộ tệp, không khôi phục.")
@click.option("--unsigned", is_flag=True, help="Nhận cả bản sao lưu không có chữ ký của khóa niêm phong.")
@pass_context
def restore(context: Context, file: Path, folder: Path | None, check: bool, unsigned: bool) -> None:
    """Khôi phục một không gian làm việc từ bản sao lưu; cái bị thay được giữ lại một bên."""
    data = folder or context.data
    if check:
        with unpack(file, Path(tempfile.gettempdir()), print_progress, unsigned=unsigned) as (manifest, _):
            click.echo(f"Bản sao lưu nguyên vẹn: {_describe(manifest)}.")
        return
    restorer = Restorer(data, context.now, context.order, print_progress)
    restored = restorer.restore(file, unsigned=unsigned)
    click.echo(f"Đã khôi phục vào «{data}»: {_describe(restored.manifest)}.")
    for sentence in restored_sentences(restored):
        say(sentence)


def _describe(manifest: Manifest) -> str:
    return (
        f"«{manifest.workspace}» ({manifest.title}), {_number(manifest.log_size)} sự kiện, sự kiện cuối ghi"
        f" lúc {moment_words(manifest.log_time)}; sao lưu lúc {moment_words(manifest.made)}"
    )


def restored_sentences(restored: Restored) -> Iterator[str]:
    """Yield what whoever restored has to know, and to do."""
    name = restored.manifest.workspace
    if restored.kept:
        yield f"Bản bị thay được giữ ở {restored.kept}; khi chắc chắn không cần nữa, hãy xóa thư mục đó."
    if lost := restored.lost:
        yield (
            f"Bản sao lưu là trạng thái cũ, hoặc đã rẽ nhánh: máy này đã thấy {_number(lost.size)} sự kiện,"
            f" sự kiện cuối ghi lúc {moment_words(lost.time)}. Những gì ghi sau bản sao lưu phải ghi lại."
        )
    if restored.erased:
        yield f"Đã xóa lại {len(restored.erased)} nội dung mà nhật ký bị thay đã xóa."
    if restored.erasures_unknown:
        yield (
            "Không đọc được nhật ký bị thay, nên không biết nội dung nào đã xóa sau bản sao lưu: hãy xóa lại"
            " theo các quyết định đã có bằng «cchc-flow content erase»."
        )
    if restored.new_key:
        yield f"Khóa niêm phong mới, cần trao tận tay người kiểm tra: {restored.new_key}"
    if restored.blocked:
        yield f"{restored.blocked.why} Hãy chạy lần lượt (với --workspace {name} nếu có nhiều không gian):"
        yield "cchc-flow clock confirm"
        yield from ["cchc-flow accept"] if restored.lost else []
        yield from [] if restored.manifest.with_key or restored.new_key else ["cchc-flow key rotate"]


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


@click.command()
@click.option(
    "--undo", is_flag=True, help="Trở lại dữ liệu trước lần nâng cấp gần nhất, khi chưa ghi gì thêm."
)
@pass_context
def upgrade(context: Context, undo: bool) -> None:
    """Nâng cấp dữ liệu của bản cũ; lệnh nào mở dữ liệu cũng tự làm việc này."""
    name = context.existing_workspace_name()
    if not isinstance(find_home(context.data), FolderHome):
        click.echo(
            "Nhật ký nằm trong cơ sở dữ liệu; bảng của nó được so mỗi lần mở, không có gì phải nâng cấp."
        )
        return
    if undo:
        kept = undo_upgrade(context.data, name)
        click.echo(f"«{name}» đã trở lại như trước lần nâng cấp. Bây giờ hãy chạy bản cũ của chương trình.")
        say(f"Bản đã dùng để trở lại vẫn còn ở {kept}; khi không cần nữa, hãy xóa thư mục đó.")
        return
    before = read_format(context.data / name)
    ws = context.open()
    after, size = read_format(ws.folder), ws.log.size()
    ws.close()
    if after == before:
        click.echo(f"«{name}» đã đúng định dạng {after}, không có gì phải nâng cấp.")
        return
    click.echo(f"Đã nâng cấp «{name}» từ định dạng {before} lên {after}: {_number(size)} sự kiện.")
    say("Trước khi ghi gì thêm, vẫn trở lại được bằng «cchc-flow upgrade --undo».")


@click.command()
@click.argument("name", metavar="TÊN")
@click.option("--back", "is_back", is_flag=True, help="Chuyển từ cơ sở dữ liệu về thư mục dữ liệu.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@pass_context
def move(context: Context, name: str, is_back: bool, as_json: bool) -> None:
    """Chuyển một không gian làm việc từ thư mục dữ liệu vào cơ sở dữ liệu (CCHC_FLOW_LOG), hoặc ngược lại.

    Trang vẫn dùng được trong lúc chép; chỉ giây cuối không ghi được. Đứt giữa chừng thì chạy lại.
    """
    stores = read_stores(os.environ)
    if not stores.log:
        raise BadInput(f"Chưa đặt {LOG}.", f"Ví dụ: {LOG}=postgresql://nut@may-chu/cchc.")
    try:
        from cchc_flow.backup.moving_back import move_to_folder  # psycopg need not be installed
        from cchc_flow.backup.moving_house import move_to_database
        from cchc_flow.postgres_home import PostgresHome
    except ModuleNotFoundError:
        raise BadInput("Máy này chưa cài phần PostgreSQL.", "Hãy cài «cchc-flow[pg]».") from None
    home = PostgresHome(context.data, stores)
    carry = move_to_folder if is_back else move_to_database
    moved = carry(context.data, name, home, context.now, print_progress)
    if as_json:
        click.echo(msgspec.json.encode(moved).decode())
        return
    click.echo(
        f"Đã chuyển «{moved.workspace}» sang {moved.place}: {_number(moved.events)} sự kiện, mã gốc"
        f" {moved.root[:16]}…, đã kiểm và khớp. Nơi cũ từ nay chỉ đọc được."
    )
    if is_back:
        say(f"Hãy khởi động lại máy chủ của thư mục này, không đặt {LOG}.")


COMMANDS = (backup, restore, upgrade, move)
