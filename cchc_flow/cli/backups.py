"""Commands that keep a workspace safe: back it up, restore it."""

from pathlib import Path

import click

from cchc_flow.backup.create import create_backup
from cchc_flow.cli.context import Context, pass_context, print_progress, say

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
            f"Nhưng kho có {len(manifest.missing)} nội dung bị mất và {len(manifest.damaged)} nội dung bị"
            f" thay đổi từ trước, ví dụ {faults[0]}. Hãy chạy «cchc-flow verify», rồi tìm chúng trong bản"
            " sao lưu cũ."
        )
    return 1 if faults else 0


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


COMMANDS = (backup,)
