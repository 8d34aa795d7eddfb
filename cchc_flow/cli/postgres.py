"""Commands about the PostgreSQL database that holds the logs of all workspaces."""

import os
from importlib.util import find_spec

import click

from cchc_flow.cli.context import Context, pass_context, say
from cchc_flow.errors import BadInput
from cchc_flow.settings import LOG, read_stores


@click.group()
def postgres() -> None:
    """Cơ sở dữ liệu PostgreSQL chứa nhật ký."""


@postgres.command()
def install() -> None:
    """Tạo các bảng, hàm và vai trò cchc_node, hoặc nâng chúng lên bản mới; chạy bằng tài khoản chủ sở hữu.

    Địa chỉ (với tài khoản chủ sở hữu) đọc từ biến CCHC_FLOW_LOG.
    """
    url = _owner_url()
    from cchc_flow.eventlog.postgres import install as installing  # psycopg need not be installed

    match installing.install(url):
        case installing.Installed.MADE:
            say("Đã tạo các bảng của nhật ký. Hãy chạy «GRANT cchc_node TO tài_khoản» cho từng nút.")
        case installing.Installed.UPGRADED:
            say("Đã nâng các bảng của nhật ký lên bản mới nhất.")
        case installing.Installed.UNCHANGED:
            say("Các bảng của nhật ký đã có; không có gì thay đổi.")


@postgres.command("change-node-key")
@pass_context
def change_node_key(context: Context) -> None:
    """Thay khóa chung của các máy (private/node.key); mọi khóa trong cơ sở dữ liệu được niêm phong lại.

    Chạy trên một máy đang có khóa chung; địa chỉ với tài khoản chủ sở hữu đọc từ biến CCHC_FLOW_LOG.
    """
    url = _owner_url()
    from cchc_flow.eventlog.postgres import node_key_change  # psycopg need not be installed

    change = node_key_change.change_node_key(context.data, url)
    say(
        f"Đã niêm phong lại {change.count} khóa bằng khóa chung mới. Hãy chép private/node.key sang từng máy"
        f" còn lại. Khóa cũ còn ở {change.old}, để mở bản sao lưu cũ của cơ sở dữ liệu."
    )


def _owner_url() -> str:
    """Return the address of the database; raise BadInput without one, or without the driver."""
    stores = read_stores(os.environ)
    if not stores.log:
        raise BadInput(f"Chưa đặt {LOG}.", f"Ví dụ: {LOG}=postgresql://chu-so-huu@may-chu/cchc.")
    if find_spec("psycopg") is None:
        raise BadInput("Máy này chưa cài phần PostgreSQL.", "Hãy cài «cchc-flow[pg]».")
    return stores.log


COMMANDS = (postgres,)
