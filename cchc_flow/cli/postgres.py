"""Commands about the PostgreSQL database that holds the logs of all workspaces."""

import os

import click

from cchc_flow.cli.context import say
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
    stores = read_stores(os.environ)
    if not stores.log:
        raise BadInput(f"Chưa đặt {LOG}.", f"Ví dụ: {LOG}=postgresql://chu-so-huu@may-chu/cchc.")
    try:
        from cchc_flow.eventlog.postgres import install as installing  # psycopg need not be installed
    except ModuleNotFoundError:
        raise BadInput("Máy này chưa cài phần PostgreSQL.", "Hãy cài «cchc-flow[pg]».") from None
    match installing.install(stores.log):
        case installing.Installed.MADE:
            say("Đã tạo các bảng của nhật ký. Hãy chạy «GRANT cchc_node TO tài_khoản» cho từng nút.")
        case installing.Installed.UPGRADED:
            say("Đã nâng các bảng của nhật ký lên bản mới nhất.")
        case installing.Installed.UNCHANGED:
            say("Các bảng của nhật ký đã có; không có gì thay đổi.")


COMMANDS = (postgres,)
