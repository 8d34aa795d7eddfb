"""What a bundle says to people, and the verifiers in it, which need nothing of this program."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib import resources

from cchc_flow.audit.bundles.manifest import Manifest
from cchc_flow.audit.bundles.scope import Scope
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.shares import format_number
from cchc_flow.workspace import Workspace

HERE = resources.files(__package__)
SCRIPTS = ("hashes.js", "signatures.js", "archive.js", "checks.js", "page.js")
README = """HỒ SƠ BẰNG CHỨNG

{title}.
Hồ sơ có {count} sự kiện.{missing}

Trong hồ sơ
  events/        từng sự kiện đúng nguyên văn như đã ghi, mỗi dòng một sự kiện; một dòng chỉ có mã băm
                 (64 ký tự trong ngoặc kép) là sự kiện mà người lập hồ sơ không được xem: {withheld} sự kiện
  contents/      minh chứng và văn bản: 32 byte muối rồi đến nội dung; tên tệp là SHA-256 của cả hai
  checkpoints/   dấu niêm phong cuối mỗi ngày, dấu ở chỗ đổi khóa và dấu mới nhất
  proof.json     các mã băm còn lại của cây băm: cho thấy sự kiện nằm trong cây, cây sau nối dài cây trước
  consistency/, receipts/   (cho phần mềm khác, dạng C2SP) chứng minh nối các dấu, biên nhận từng sự kiện
  exports/       (nếu có) bảng các sự kiện để đọc, bằng tiếng Việt; chỉ chữ ký của bản kê bảo đảm cho bảng
  keys.txt       khóa kiểm tra đã dùng, từ khóa đầu tiên
  manifest.json  bản kê: phạm vi, vị trí các sự kiện, cỡ và SHA-256 của từng tệp
  manifest.sig   chữ ký của khóa niêm phong trên bản kê

Kiểm tra
  verify.html    mở bằng trình duyệt, chọn tệp ZIP này; không cần mạng, không gửi gì đi đâu
  verify.py      python3 verify.py HỒ-SƠ.zip [DẤU-NIÊM-PHONG-GIỮ-Ở-NƠI-KHÁC [TỆP-KHÓA]]
  Mã thoát: 0 đúng, 1 đã bị thay đổi, 3 không kiểm được.
  Ai sửa được hồ sơ thì cũng thay được hai tệp này: hãy lấy chúng từ nơi mình tin, như một hồ sơ khác,
  hoặc chạy «cchc-flow verify HỒ-SƠ.zip». Cách tự viết một chương trình kiểm: docs/log.md của phần mềm.

Chứng minh được gì
  - Các sự kiện trong hồ sơ đúng từng byte với cây băm mà dấu niêm phong đã ký, ở đúng vị trí đã nêu;
    các dấu niêm phong trong hồ sơ nối tiếp nhau, không dấu nào kể một lịch sử khác.
  - Minh chứng và văn bản đúng là thứ mà sự kiện đã nêu. Nội dung vắng mặt thì có sự kiện xóa nó.
  - {complete}
Chưa chứng minh được gì
  - Khóa nằm trong hồ sơ thì ai giữ khóa niêm phong cũng lập được cả một lịch sử khác. Chỉ khi đối chiếu với
    dấu niêm phong và khóa mà bạn đã cất ở nơi khác, hồ sơ mới được chứng minh độc lập, đến mốc của dấu đó.
  - {incomplete}
"""
MISSING = """

KHO THIẾU HOẶC HỎNG {number} NỘI DUNG mà không có sự kiện xóa, trước hết là {digest}.
Vì vậy hồ sơ này kiểm sẽ không đạt; nơi lập hồ sơ cần giải trình.
"""
COMPLETE = {
    "whole": "Không thiếu sự kiện nào từ đầu đến vị trí {size}.",
    "period": "Không thiếu sự kiện nào được ghi trong kỳ: sự kiện liền trước và liền sau kỳ cũng có ở đây.",
}
NO_GAP = "Sự kiện của mỗi công việc trong hồ sơ đủ từ sự kiện đầu tiên của nó, không thiếu ở giữa."
INCOMPLETE = {
    "whole": "Việc ghi sau vị trí {size}, và việc đã làm mà không ghi, không có trong hồ sơ.",
    "period": "Việc đã làm trong kỳ mà ghi sau kỳ, hoặc không ghi, không có trong hồ sơ.",
}
TAIL = (
    "Sự kiện sau cùng của một công việc, hay cả một công việc, có thể bị bỏ ra ngoài: chỉ hồ sơ của toàn bộ"
    " nhật ký, hay của cả kỳ, mới cho biết."
)


def title(ws: Workspace, scope: Scope, newest: Checkpoint) -> str:
    """Return in a line what a bundle is about, and how far its log had come."""
    return (
        f"{ws.title}: {scope.title}, trong {format_number(newest.size)} sự kiện đầu của nhật ký"
        f" «{newest.origin}», ghi đến {moment_words(newest.time)}"
    )


def files(manifest: Manifest, missing: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the files that explain a bundle or verify it; `missing` contents are told."""
    kind, size = manifest.scope.kind, format_number(manifest.size)
    words = README.format(
        title=manifest.title,
        count=format_number(manifest.count),
        missing=MISSING.format(number=len(missing), digest=missing[0]) if missing else "",
        withheld=format_number(manifest.withheld),
        complete=COMPLETE.get(kind, NO_GAP).format(size=size),
        incomplete=INCOMPLETE.get(kind, TAIL).format(size=size),
    )
    yield "README.txt", words.encode()
    yield "verify.py", (HERE / "verify.py").read_bytes()
    yield "verify.html", verifier_page()


def verifier_page() -> bytes:
    """Return the page that verifies a bundle: one file, whose policy lets it load and send nothing."""
    style = (HERE / "verifier" / "page.css").read_text("utf-8")
    script = "\n".join((HERE / "verifier" / name).read_text("utf-8") for name in SCRIPTS)
    page = (HERE / "verifier" / "page.html").read_text("utf-8")
    policy = (
        f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; form-action 'none'"
    )
    for mark, part in (("policy", policy), ("style", style), ("script", script)):
        page = page.replace(f"{{{{ {mark} }}}}", part)
    return page.encode()


def _source(text: str) -> str:
    """Return the source expression (CSP) that allows exactly this text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
