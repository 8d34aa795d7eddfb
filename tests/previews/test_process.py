"""What a file shows is told and drawn by a process of its own, whatever the file is."""

import io
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from cchc_flow.previews import process, reading
from cchc_flow.previews.preview import Preview

SAYS = "Báo cáo kết quả tháng 6"


def picture(kind: str, size: tuple[int, int] = (300, 200), color: str = "white", **settings: object) -> bytes:
    made = io.BytesIO()
    mode = "RGBA" if kind == "PNG" else "RGB"
    Image.new(mode, size, color).save(made, kind, **settings)
    return made.getvalue()


def pages(kind: str, count: int) -> bytes:
    made = io.BytesIO()
    first, *others = [Image.new("RGB", (100, 140), "white") for _ in range(count)]
    first.save(made, kind, save_all=True, append_images=others)
    return made.getvalue()


def word_document() -> bytes:
    document, made = docx.Document(), io.BytesIO()
    document.add_paragraph(SAYS)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Thủ tục", "12"
    document.save(made)
    return made.getvalue()


def workbook() -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["Thủ tục", "Số hồ sơ"])
    book.active.append(["Khai sinh", 12])
    book.save(made)
    return made.getvalue()


def other_archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("anh.jpg", b"x")
    return made.getvalue()


def huge_picture() -> bytes:
    side, made = int((reading.MOST_PIXELS * 1.1) ** 0.5), io.BytesIO()
    Image.new("1", (side, side)).save(made, "PNG")
    return made.getvalue()


def turned_by_a_quarter() -> Image.Exif:
    turned = Image.Exif()
    turned[0x0112] = 6
    return turned


FILES: dict[str, bytes] = {
    "PDF": pages("PDF", 3),
    "TIFF": pages("TIFF", 2),
    "PNG": picture("PNG"),
    "JPEG": picture("JPEG"),
    "WebP": picture("WEBP"),
    "BMP": picture("BMP"),
    "animated GIF": pages("GIF", 2),
    "long photo": picture("JPEG", (1_000, 9_000)),
    "turned photo": picture("JPEG", (300, 200), exif=turned_by_a_quarter()),
    "transparent": picture("PNG", color="#00000000"),
    "half a photo": picture("JPEG")[:200],
    "huge picture": huge_picture(),
    "docx": word_document(),
    "half a document": word_document()[:2_000],
    "xlsx": workbook(),
    "archive": other_archive(),
    "text": f"{SAYS}\nđã xong".encode(),
    "text with a BOM": SAYS.encode("utf-8-sig"),
    "text in UTF-16": SAYS.encode("utf-16"),
    "long text": "dòng chữ\n".encode() * 20_000,
    "nothing": b"",
    "damaged PDF": b"%PDF-1.7 forty",
    "program": b"\x7fELF\x02\x01\x01\x00\x00",
}
READ_ALL = """
import pickle, sys
from cchc_flow.previews import reading
from cchc_flow.sandbox import READING, give_up_rights
def drawn(content, number):
    try:
        return reading.draw_page(content, number)
    except Exception as error:
        return None
reading.load_formats()
give_up_rights(READING)
files = pickle.load(sys.stdin.buffer)
answers = {}
for name, content in files.items():
    shown = reading.describe(content)
    pictures = [drawn(content, number) for number in range(1, shown.pages + 2)]
    answers[name] = (shown.pages, shown.blocks, shown.left_out, shown.fault, pictures)
pickle.dump(answers, sys.stdout.buffer)
"""


Answers = dict[str, tuple[Preview, list[bytes | None]]]


@pytest.fixture(scope="module")
def answers() -> Answers:
    """What one process without rights says of all files, and their pages, with one more than there are."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", READ_ALL], input=pickle.dumps(FILES), capture_output=True, check=True
    )
    return {name: (Preview(*shown), drawn) for name, (*shown, drawn) in pickle.loads(done.stdout).items()}  # noqa: S301  # ours


def image_of(answers: Answers, name: str) -> Image.Image:
    drawn = answers[name][1][0]
    assert drawn is not None
    return Image.open(io.BytesIO(drawn))


@pytest.mark.parametrize(
    ("name", "count"),
    [("PDF", 3), ("TIFF", 2), ("PNG", 1), ("JPEG", 1), ("WebP", 1), ("BMP", 1), ("animated GIF", 1)],
)
def test_pages_and_pictures_are_drawn(answers: Answers, name: str, count: int) -> None:
    shown, drawn = answers[name]
    assert (shown.pages, [page is not None for page in drawn]) == (count, [True] * count + [False])
    image = image_of(answers, name)
    assert image.format == "WEBP" and image.getpixel((5, 5)) == (255, 255, 255)


def test_a_page_is_drawn_as_wide_as_it_can_be_read_and_no_larger(answers: Answers) -> None:
    assert image_of(answers, "PDF").width == reading.WIDTH
    assert image_of(answers, "long photo").height == reading.HIGHEST


def test_a_photo_is_drawn_as_the_camera_was_held(answers: Answers) -> None:
    assert image_of(answers, "turned photo").size == (200, 300)


def test_what_a_picture_lets_through_is_paper_white(answers: Answers) -> None:
    assert image_of(answers, "transparent").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        ("docx", (SAYS, (("Thủ tục", "12"),))),
        ("xlsx", ((("Thủ tục", "Số hồ sơ"), ("Khai sinh", "12")),)),
        ("text", (SAYS, "đã xong")),
        ("text with a BOM", (SAYS,)),
        ("text in UTF-16", (SAYS,)),
        ("nothing", ()),
    ],
)
def test_the_words_of_a_document_are_shown(answers: Answers, name: str, blocks: tuple[object, ...]) -> None:
    shown = answers[name][0]
    assert (shown.blocks, shown.fault) == (blocks, "")


def test_what_is_left_out_of_a_document_is_said(answers: Answers) -> None:
    assert answers["docx"][0].left_out == reading.ONLY_WORDS
    shown = answers["long text"][0]
    assert reading.TOO_LONG in shown.left_out
    assert sum(map(len, map(str, shown.blocks))) <= reading.MOST_CHARACTERS


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("damaged PDF", reading.DAMAGED),
        ("program", reading.UNKNOWN),
        ("archive", reading.UNKNOWN),
        ("half a document", reading.UNKNOWN),
        ("huge picture", reading.DAMAGED),
    ],
)
def test_what_cannot_be_shown_is_said_in_words(answers: Answers, name: str, fault: str) -> None:
    assert answers[name][0].fault == fault


def test_half_a_photo_is_not_drawn(answers: Answers) -> None:
    assert set(answers["half a photo"][1]) == {None}


def test_a_file_is_described_and_drawn_by_a_process_of_its_own() -> None:
    assert process.describe(FILES["text"]) == Preview(blocks=(SAYS, "đã xong"))
    assert process.draw_page(FILES["PNG"], 1)


def test_what_the_process_does_not_survive_is_no_page_and_no_error() -> None:
    assert process.draw_page(FILES["half a photo"], 1) is None


def test_reading_that_takes_too_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 0.01)
    assert process.describe(SAYS.encode()).fault == process.NOT_READ


FORBIDDEN = """
import os, socket, sys
from cchc_flow.sandbox import READING, give_up_rights
give_up_rights(READING)
def attempt(words, act):
    try:
        act()
    except (OSError, MemoryError):
        return
    sys.stdout.write(words)
attempt("read ", lambda: os.open("/etc/hostname", os.O_RDONLY))
attempt("wrote ", lambda: os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT))
attempt("connected ", lambda: socket.create_connection(("127.0.0.1", 9), 1))
attempt("started ", lambda: os.execv("/bin/true", ["true"]))
attempt("grew ", lambda: bytearray(3 * 1024**3))
"""


def test_the_process_can_open_no_file_reach_no_network_and_start_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", FORBIDDEN, f"{tmp_path}/new"], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")
