"""What the importer's tests share: the two whole plans, and Word documents built from small texts."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from support.plans import read_plan

from cchc_flow.plan_import import Proposal

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "cchc_flow" / "samples" / "ke-hoach-mau-2026.docx"
REFERENCE = ROOT.parent / "shared" / "plans" / "ke-hoach-cchc-xa-ea-drong-2026.txt"

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def require_file(path: Path) -> Path:
    if not path.is_file():
        pytest.skip(f"no plan at {path.name}: it is kept outside the project")
    return path


@pytest.fixture(scope="session")
def reference() -> Proposal:
    return read_plan(require_file(REFERENCE))


@pytest.fixture(scope="session")
def reference_text() -> str:
    return require_file(REFERENCE).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def sample() -> Proposal:
    return read_plan(require_file(SAMPLE))


@pytest.fixture(scope="session", params=["reference", "sample"])
def plan(request: pytest.FixtureRequest) -> Proposal:
    """Each of the two whole plans: the same facts and figures in other words, as .txt and as .docx."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def word() -> Callable[..., bytes]:
    """A .docx made by python-docx: each line is a paragraph, "N|text" one at depth N of an automatic list.

    The table stands behind the lines, before those of `after`.
    """

    def build(
        lines: list[str],
        levels: list[tuple[str, str]] | None = None,
        table: Any = None,
        after: Sequence[str] = (),
    ) -> bytes:
        document = docx.Document()
        if levels:
            add_list(document, levels)
        for line in lines:
            depth, bar, text = line.partition("|")
            paragraph = document.add_paragraph(text if bar else line)
            if bar:
                paragraph._p.get_or_add_pPr().append(
                    parse_xml(
                        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
                    )
                )
        if table:
            add_table(document, table)
        for line in after:
            document.add_paragraph(line)
        return saved(document)

    return build


def add_list(document: Any, levels: list[tuple[str, str]]) -> None:
    written = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{written}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def add_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def raw_word() -> Callable[..., bytes]:
    """A .docx of bare XML: the inside of w:body, and other parts by their names."""

    def build(body: str, prolog: str = "", **parts: str) -> bytes:
        head = f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
        document = f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"
        return packed(document, {f"word/{name}.xml": text for name, text in parts.items()})

    return build


def packed(document: str, parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", document)
        for name, text in parts.items():
            package.writestr(name, text)
    return buffer.getvalue()


SMALL_PLAN = """KẾ HOẠCH

Cải cách hành chính xã Tân Lập năm 2026

Căn cứ Luật Tổ chức chính quyền địa phương năm 2025;

I. MỤC TIÊU, YÊU CẦU

1. Mục tiêu

- Phục vụ người dân tốt hơn.

2. Yêu cầu

- Làm đúng hạn, đúng việc.

II. CHỈ TIÊU

1. Tối thiểu 80% hồ sơ nộp trực tuyến.

2. Giảm 10% số cuộc họp so với năm 2025.

III. NHIỆM VỤ

1. Cải cách thể chế

- Rà soát văn bản của xã.

- Ban hành kế hoạch kiểm tra trước ngày 30/6/2026.

2. Chuyển đổi số

- Nâng cấp trang thông tin:

+ Viết lại giao diện.

+ Bổ sung chuyên mục hỏi đáp.

IV. TỔ CHỨC THỰC HIỆN

1. Các cơ quan, đơn vị

- Báo cáo Phòng Nội chính chậm nhất ngày 15 hằng tháng.

2. Phòng Tư pháp

- Chủ trì cải cách thể chế.

Trên đây là Kế hoạch năm 2026 của xã./.

Nơi nhận:

- Sở Nội vụ;

- Lưu: VT.

CHỦ TỊCH

Lê Thị Mẫu
"""


@pytest.fixture
def small_plan() -> str:
    return SMALL_PLAN
