"""The list of a province's communes: what it says of each, and a sentence with its line for each fault."""

import pytest
from support.tables import sheet

from cchc_flow.errors import BadInput
from cchc_flow.projections.province import ListedCommune
from cchc_flow.province.commune_list import Entry, WrongList, place_communes, read_list


def entries(*lines: str) -> list[Entry]:
    return read_list("xa.csv", "\n".join(["Mã,Tên,Loại", *lines]).encode())


def faults(*lines: str) -> tuple[str, ...]:
    with pytest.raises(WrongList) as refused:
        entries(*lines)
    return refused.value.faults


def test_a_name_has_its_kind_in_front_whichever_column_says_it() -> None:
    read = entries("24211,Krông Bình,xã", "24130,Phường Buôn Hồ,", "1,Đặc khu Phú Quý,đặc khu")
    assert [one.name for one in read] == ["xã Krông Bình", "phường Buôn Hồ", "đặc khu Phú Quý"]
    assert [one.kind for one in read] == ["commune", "ward", "special_zone"]


def test_a_workbook_is_read_like_a_text_file() -> None:
    content = sheet(("Mã", "Tên", "Loại"), (24211, "Krông Bình", "xã"))
    assert read_list("xa.xlsx", content) == [Entry(2, "24211", "xã Krông Bình", "commune")]


def test_each_fault_is_a_sentence_with_its_line() -> None:
    assert faults(
        ",Krông Bình,xã",
        "1,,xã",
        "2,Krông Búk,",
        "3,phường Ea Kao,xã",
        "4,Ea Súp,thôn",
        "5!,Ea Rốk,xã",
        "6,Ea Nuôl,xã",
        "6,Ea Wer,xã",
        "7,xã Ea Nuôl,xã",
    ) == (
        "Dòng 2: thiếu mã.",
        "Dòng 3: thiếu tên.",
        "Dòng 4: không rõ «Krông Búk» là xã, phường hay đặc khu.",
        "Dòng 5: «phường Ea Kao» mà loại lại ghi là xã.",
        "Dòng 6: loại «thôn» không có; chỉ có xã, phường, đặc khu.",
        "Dòng 7: mã «5!» không dùng được.",
        "Dòng 9: mã 6 đã có ở dòng 8.",
        "Dòng 10: xã Ea Nuôl đã có ở dòng 8.",
    )


def test_a_list_without_communes_is_refused() -> None:
    with pytest.raises(BadInput):
        entries()


def test_workspaces_are_named_without_accents_and_none_like_another() -> None:
    read = entries("24211,xã Krông Bình,", "1,phường Tân Lập,", "2,xã Tân Lập,", "3,xã Đã Có,")
    placed = place_communes(read, (), {"da-co"})
    assert [one.workspace for one in placed] == ["krong-binh", "tan-lap-1", "tan-lap-2", "da-co-3"]


def test_a_name_of_forty_letters_keeps_the_code_that_tells_it_apart() -> None:
    long = "Rất Dài Nhưng Vẫn Là Tên Của Một Xã Nào Đó"
    placed = place_communes(entries(f"24211,xã {long},", f"24212,phường {long},"), (), ())
    assert [one.workspace[-6:] for one in placed] == ["-24211", "-24212"]
    assert max(len(one.workspace) for one in placed) <= 40


def test_what_is_listed_already_is_left_out_but_not_under_another_name() -> None:
    listed = [ListedCommune("krong-binh", "24211", "xã Krông Bình", "commune", founding=True)]
    assert place_communes(entries("24211,xã Krông Bình,"), listed, {"krong-binh"}) == []
    with pytest.raises(WrongList) as refused:
        place_communes(entries("24211,xã Khác,"), listed, ())
    assert refused.value.faults == ("Dòng 2: mã 24211 đã được lập cho xã Krông Bình.",)
