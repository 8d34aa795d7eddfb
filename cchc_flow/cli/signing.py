"""The command that signs a PDF with a file or a token; it needs no workspace."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_flow.cli.context import Context, pass_context, say
from cchc_flow.cli.file_reading import read_bounded, read_first_line
from cchc_flow.errors import BadInput
from cchc_flow.signatures.process import is_installed

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

CAPACITIES = {"nguoi-ky": "person", "co-quan": "agency", "phu-luc": "appendix"}
EXISTING = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("file", metavar="TỆP", type=EXISTING)
@click.argument("out", metavar="TỆP_ĐÃ_KÝ", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--capacity", "capacity", type=click.Choice(tuple(CAPACITIES)), default="nguoi-ky", show_default=True,
    help="Ký với tư cách người có thẩm quyền, cơ quan (dấu), hay cho tệp phụ lục riêng.",
)  # fmt: skip
@click.option("--name", default="", help="Họ tên người ký như in ở cuối văn bản: chỗ ký ở ngay trên đó.")
@click.option(
    "--picture", type=EXISTING, help="Hình chữ ký (màu xanh) hoặc dấu (màu đỏ), PNG nền trong suốt."
)
@click.option("--width-mm", type=click.FloatRange(5, 120), help="Chiều rộng thật của dấu, bằng mi-li-mét.")
@click.option("--number", default="", help="Số, ký hiệu văn bản mà phụ lục kèm theo.")
@click.option("--p12", type=EXISTING, help="Tệp khóa PKCS#12 (.p12, .pfx).")
@click.option("--pkcs11", type=EXISTING, help="Thư viện PKCS#11 của thiết bị khóa.")
@click.option("--token", default="", help="Tên thiết bị khóa.")
@click.option("--label", default="", help="Nhãn của khóa và chứng thư trong thiết bị.")
@click.option("--password-file", type=EXISTING, help="Tệp có mật khẩu hoặc mã PIN ở dòng đầu; bỏ trống: hỏi.")
@pass_context
def sign(context: Context, /, file: Path, out: Path, **options: Any) -> None:
    """Ký số một tệp PDF đã ban hành; tệp gốc là phần đầu của tệp đã ký.

    Mật khẩu và mã PIN không ghi trên dòng lệnh: được hỏi, hoặc đọc từ tệp.
    """
    if not is_installed():
        raise BadInput("Máy này chưa cài phần ký số.", "Hãy cài «cchc-flow[sign]».")
    from cchc_flow.signatures.signing import Appearance, sign_pdf

    if out.exists():
        raise BadInput(f"Đã có tệp «{out}».", "Hãy chọn tên khác: tệp đã ký không bị ghi đè.")
    picture = options["picture"]
    look = Appearance(
        capacity=CAPACITIES[options["capacity"]],  # type: ignore[arg-type]  # the words of the option
        name=options["name"].strip(),
        picture=read_bounded(picture) if picture else None,
        width_mm=options["width_mm"],
        number=options["number"].strip(),
    )
    with _open_key(options) as signer:
        out.write_bytes(sign_pdf(read_bounded(file), signer, look, context.now()))
    say(f"Đã ký và ghi {out}. Hãy ghi nhận bản đã ký bằng «cchc-flow report add-signed {out}».")


@contextmanager
def _open_key(options: dict[str, Any]) -> Iterator["Signer"]:
    """Yield what signs with the key that the options name; raise BadInput without exactly one."""
    from cchc_flow.signatures.keys import pkcs11_signer, pkcs12_signer

    if bool(options["p12"]) == bool(options["pkcs11"]):
        raise BadInput(
            "Chưa rõ ký bằng khóa nào.", "Hãy cho --p12 TỆP, hoặc --pkcs11 THƯ_VIỆN với --token và --label."
        )
    if options["p12"]:
        yield pkcs12_signer(read_bounded(options["p12"]), _secret(options, "Mật khẩu của tệp khóa"))
        return
    if not options["token"] or not options["label"]:
        raise BadInput("Thiếu tên thiết bị hoặc nhãn khóa.", "Hãy cho cả --token và --label.")
    pin = _secret(options, "Mã PIN của thiết bị")
    with pkcs11_signer(options["pkcs11"], options["token"], options["label"], pin) as signer:
        yield signer


def _secret(options: dict[str, Any], what: str) -> str:
    """Return the first line of the password file, else what is typed without being shown."""
    if options["password_file"]:
        return read_first_line(options["password_file"])
    if not sys.stdin.isatty():
        raise BadInput(
            "Không hỏi được mật khẩu vì đây không phải cửa sổ lệnh.", "Hãy cho --password-file TỆP."
        )
    return getpass.getpass(f"{what}: ")


COMMANDS = (sign,)
