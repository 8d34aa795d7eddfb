"""`province`: found one from a list, say how its communes stand, join and leave."""

from pathlib import Path

import pytest
from support.doubtful_plan import PLAN_TEXT
from support.terminal import Terminal

from cchc_flow.cli import run
from cchc_flow.samples import SAMPLE_COMMUNES


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "xa.csv"
    file.write_text("Mã,Tên,Loại\n24211,Krông Bình,xã\n24130,Buôn Hồ,phường\n", encoding="utf-8")
    return file


def test_a_province_is_founded_from_a_list_and_a_second_time_nothing_happens(
    terminal: Terminal, small: Path
) -> None:
    words = ("province", "found", "tinh-dak-lak", "--title", "tỉnh Đắk Lắk", "--communes", small)
    first = terminal(*words)
    assert (first.code, first.out) == (0, "krong-binh  xã Krông Bình\nbuon-ho  phường Buôn Hồ\n")
    again = terminal(*words)
    assert (again.code, again.out) == (0, "")
    assert "Đã lập 0 xã; tỉnh Đắk Lắk có 2 xã" in again.err
    listed = terminal("--workspace", "tinh-dak-lak", "province", "list").out.splitlines()
    assert listed[0].startswith("krong-binh  24211  xã Krông Bình: đã tham gia, chưa có người dùng, mã thiết")


def test_each_fault_of_a_list_is_one_line_and_nothing_is_founded(
    terminal: Terminal, data: Path, small: Path
) -> None:
    small.write_text("Mã,Tên,Loại\n1,Ea Súp,thôn\n,Ea Rốk,xã\n", encoding="utf-8")
    said = terminal("province", "found", "tinh", "--title", "tỉnh Đắk Lắk", "--communes", small)
    assert said.code == 2
    assert said.err.splitlines()[1:] == [
        "Dòng 2: loại «thôn» không có; chỉ có xã, phường, đặc khu.",
        "Dòng 3: thiếu mã.",
    ]
    assert not list(data.glob("*/events.db"))


def test_a_commune_that_is_there_is_invited_joins_and_leaves(terminal: Terminal, small: Path) -> None:
    terminal("init", "xa-ngoai", "--title", "xã Ngoài")
    terminal("province", "found", "tinh", "--title", "tỉnh Mẫu", "--communes", small)
    assert terminal("--workspace", "xa-ngoai", "province", "join", "tinh").code == 1
    assert terminal("--workspace", "tinh", "province", "invite", "xa-ngoai", "--code", "9").code == 0
    assert (
        terminal("--workspace", "xa-ngoai", "province", "join", "tinh").out
        == "xã Ngoài đã tham gia tỉnh Mẫu.\n"
    )
    assert terminal("--workspace", "xa-ngoai", "province", "leave").code == 0
    assert "xã Ngoài: chưa tham gia" in terminal("--workspace", "tinh", "province", "list").out
    assert terminal("--workspace", "tinh", "province", "unlist", "xa-ngoai").code == 0


def test_the_sample_list_is_one_that_can_be_founded(terminal: Terminal) -> None:
    words = ("province", "found", "tinh", "--title", "tỉnh Mẫu", "--communes", SAMPLE_COMMUNES)
    assert terminal(*words).out.splitlines()[-2:] == [
        "tan-lap-24196  phường Tân Lập",
        "tan-lap-24197  xã Tân Lập",
    ]


def test_a_commune_is_no_province_to_list(terminal: Terminal) -> None:
    assert run(["province", "list", "--nonsense"]) == 2
    terminal("init", "xa-ngoai")
    assert terminal("province", "list").code == 1


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "mau.txt"
    file.write_text(PLAN_TEXT, encoding="utf-8")
    return file


TEMPLATE = ("--workspace", "tinh-dak-lak", "province", "template")
FOUND = ("province", "found", "tinh-dak-lak", "--title", "tỉnh Đắk Lắk", "--communes")


def test_a_template_plan_is_given_from_a_file_and_a_second_time_only_to_who_lacks_it(
    terminal: Terminal, data: Path, small: Path, plan: Path
) -> None:
    terminal(*FOUND, small)
    (data / "buon-ho" / "events.db").rename(data / "away.db")
    first = terminal(*TEMPLATE, "give", plan)
    assert first.code == 1
    assert "phường Buôn Hồ: " in first.err and "1 xã đã có kế hoạch mẫu năm 2026, lần 1." in first.err
    (data / "away.db").rename(data / "buon-ho" / "events.db")
    again = terminal(*TEMPLATE, "give", plan)
    assert (again.code, again.err.splitlines()[-1]) == (0, "2 xã đã có kế hoạch mẫu năm 2026, lần 1.")
    assert terminal(*TEMPLATE, "status").out.splitlines() == [
        "Năm 2026, lần 1: Cải cách hành chính năm 2026",
        "  krong-binh  xã Krông Bình: đã nhận, chưa xử lý",
        "  buon-ho  phường Buôn Hồ: đã nhận, chưa xử lý",
    ]


def test_a_changed_template_replaces_the_one_of_its_year_and_goes_to_chosen_communes(
    terminal: Terminal, small: Path, plan: Path
) -> None:
    terminal(*FOUND, small)
    terminal(*TEMPLATE, "give", plan, "--to", "krong-binh")
    plan.write_text(PLAN_TEXT.replace("trụ sở", "trụ sở xã"), encoding="utf-8")
    assert "lần 2" in terminal(*TEMPLATE, "give", plan, "--replace", "--to", "buon-ho").err
    listed = terminal(*TEMPLATE, "status").out
    assert "krong-binh  xã Krông Bình: chưa giao" in listed
    assert "buon-ho  phường Buôn Hồ: đã nhận" in listed


def test_a_template_that_is_no_plan_or_not_of_a_province_is_refused_in_a_sentence(
    terminal: Terminal, small: Path, plan: Path
) -> None:
    terminal(*FOUND, small)
    refused = terminal("--workspace", "krong-binh", "province", "template", "give", plan)
    assert "Đây không phải không gian của tỉnh." in refused.err
    assert terminal("--workspace", "krong-binh", "province", "template", "status").code == 1
    assert terminal(*TEMPLATE, "give", plan, "--to", "khong-co").code == 1
    plan.write_text("CÔNG VĂN\nKính gửi các xã", encoding="utf-8")
    assert terminal(*TEMPLATE, "give", plan).code == 2
