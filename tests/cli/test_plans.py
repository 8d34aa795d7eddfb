"""`plan read` and `plan import`, as scripts rely on them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.dated_plan import DATED_PLAN
from support.official_documents import NO_PLANS, PLAN, as_text, with_letterhead
from support.terminal import Terminal

from cchc_flow import commands
from cchc_flow.clock import now
from cchc_flow.commands import Order
from cchc_flow.samples import SAMPLE_PLAN

REFERENCE = Path(__file__).parents[3] / "shared" / "plans" / "ke-hoach-cchc-xa-ea-drong-2026.txt"

KEYS = [
    "is_plan",
    "title",
    "number",
    "year",
    "issuer",
    "legal_bases",
    "objectives",
    "requirements",
    "areas",
    "targets",
    "units",
    "general_assignments",
    "deadlines",
    "annex",
    "warnings",
]


@pytest.fixture(params=["sample", "reference"])
def document(request: pytest.FixtureRequest) -> Path:
    """The shipped sample, and the reference plan where it is."""
    path = SAMPLE_PLAN if request.param == "sample" else REFERENCE
    if not path.is_file():
        pytest.skip(f"the reference plan is not here: {path.name}")
    return path


def test_reading_prints_one_json_object_alone(terminal: Terminal, document: Path) -> None:
    result = terminal("plan", "read", document, "--json")
    plan = json.loads(result.out)
    assert (result.code, result.err) == (0, "")
    assert [key for key in KEYS if key not in plan] == []
    assert plan["is_plan"] is True


def test_reading_stores_nothing(terminal: Terminal, document: Path, data: Path) -> None:
    terminal("plan", "read", document)
    assert not data.exists()


def test_reading_for_a_person_tells_counts_and_warnings(terminal: Terminal, document: Path) -> None:
    result = terminal("plan", "read", document).out
    assert "7 lĩnh vực, 63 công việc; 22 chỉ tiêu với 24 thước đo" in result
    assert "Cần xem lại:" in result


def test_reading_says_what_the_document_is_and_asks_a_dozen_things_at_most(
    terminal: Terminal, document: Path
) -> None:
    result = terminal("plan", "read", document).out
    assert "Loại văn bản: kế hoạch (số hiệu «…/KH-UBND»" in result
    asked = [line for line in result.splitlines() if line.startswith(("  Cần quyết định", "  Nên xem"))]
    assert asked[0].startswith("  Cần quyết định") and len(asked) <= 12
    in_full = terminal("plan", "read", document, "--all").out
    assert in_full.count("số liệu") > result.count("số liệu")
    assert json.loads(terminal("plan", "read", document, "--json").out)["kind"] == "plan"


def test_a_report_is_refused_by_its_kind_number_and_title(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_bytes(as_text(with_letterhead(NO_PLANS["quarterly report"])))
    result = terminal("plan", "read", path, "--json")
    assert (result.code, result.out) == (2, "")
    assert "Tệp là báo cáo số 17/BC-UBND «Kết quả cải cách hành chính quý II năm 2026»" in result.err
    assert result.err.count("\n") == 1


def test_the_year_of_a_plan_that_names_none_is_given_by_a_person(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_bytes(as_text(["KẾ HOẠCH", "Cải cách hành chính xã Tân Lập", *PLAN.body]))
    assert terminal("plan", "import", path).code == 2
    assert "Đã nhập kế hoạch năm 2027" in terminal("plan", "import", path, "--year", "2027").out


def test_a_plan_of_which_nothing_was_read_is_shown_but_not_imported(
    terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_bytes(as_text(["KẾ HOẠCH", "Nghỉ Tết năm 2026", "Nghỉ 07 ngày."]))
    assert "Không đọc được nhiệm vụ hay chỉ tiêu nào" in terminal("plan", "read", path).out
    result = terminal("plan", "import", path)
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_importing_makes_the_workspace_and_opens_the_tasks(terminal: Terminal, document: Path) -> None:
    result = terminal("plan", "import", document)
    assert result.code == 0
    assert result.out == "Đã nhập kế hoạch năm 2026: 63 công việc, chưa giao.\n"
    items = json.loads(terminal("items", "--json").out)
    assert len(items) == 63
    assert {item["state"] for item in items} == {"planned"}


def test_importing_the_same_bytes_again_changes_nothing(terminal: Terminal, document: Path) -> None:
    terminal("plan", "import", document)
    before = terminal("checkpoint").out
    result = terminal("plan", "import", document)
    assert (result.code, terminal("checkpoint").out) == (0, before)
    assert "không có gì thay đổi" in result.out


def test_importing_another_document_of_the_year_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    other = tmp_path / "khac.docx"
    other.write_bytes(SAMPLE_PLAN.read_bytes() + b"\0")
    result = terminal("plan", "import", other)
    assert result.code == 1
    assert "hãy thêm việc mới và hủy việc không còn" in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rong.txt", b""),
        ("thu.txt", "Chúc mừng năm mới, xin gửi lời chào trân trọng.".encode()),
        ("hong.docx", b"PK\x03\x04" + b"\0" * 200),
        ("cu.txt", "Kế hoạch".encode("utf-16-be")),
        ("anh.png", b"\x89PNG\r\n"),
    ],
)
def test_what_is_no_plan_ends_with_two_and_one_sentence(
    terminal: Terminal, tmp_path: Path, data: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for command in ("read", "import"):
        result = terminal("plan", command, path)
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
        assert "Traceback" not in result.err
    assert not data.exists()


def test_a_file_that_is_not_there_is_named(terminal: Terminal, tmp_path: Path) -> None:
    result = terminal("plan", "read", tmp_path / "khong-co.docx")
    assert result.code == 2
    assert "khong-co.docx" in result.err


def test_many_may_import_into_an_empty_folder_at_once(data: Path) -> None:
    command = [sys.executable, "-m", "cchc_flow", "--data", str(data), "plan", "import", str(SAMPLE_PLAN)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(4)]
    result = [process.communicate(timeout=60)[0].decode() for process in started]
    assert [process.returncode for process in started] == [0] * 4
    assert sum("63 công việc" in words for words in result) == 1


@pytest.mark.parametrize(("exclusive", "due"), [(True, "2026-11-24"), (False, "2026-11-25")])
def test_importing_reads_before_a_day_as_the_workspace_has_set_it(
    terminal: Terminal, data: Path, tmp_path: Path, exclusive: bool, due: str
) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(DATED_PLAN, encoding="utf-8")
    ws = commands.create_workspace(data, "xa-mau", title="xã Mẫu", clock=now)
    value = {"before_is_exclusive": exclusive, "soon": 4}
    commands.change_setting(ws, "deadlines", value, "Quy chế", Order("system:test", ws.new_id()))
    ws.close()
    assert terminal("plan", "import", file).code == 0
    items = {one["ref"]: one["due"] for one in json.loads(terminal("items", "--json").out)}
    assert items == {"III.1.1": due, "III.1.2": "2026-11-25"}


def test_reading_knows_no_workspace_and_takes_words_as_they_are(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(DATED_PLAN, encoding="utf-8")
    tasks = json.loads(terminal("plan", "read", file, "--json").out)["areas"][0]["tasks"]
    assert [(one["due"], one["before"]) for one in tasks] == [
        ("2026-11-24", "2026-11-25"),
        ("2026-11-25", None),
    ]
