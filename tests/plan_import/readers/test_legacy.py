"""Old Vietnamese encodings and wrong decodings are made Unicode where that is certain, and else told."""

import codecs

import pytest
from support.plans import read_plan_bytes

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.readers.legacy import convert, decode_bytes, encoding_of_font, restore_texts
from cchc_flow.plan_import.readers.legacy.syllables import is_syllable
from cchc_flow.plan_import.readers.legacy.tables import TCVN3, VNI

LETTERS = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
TO_TCVN3 = {ord(letter): chr(code) for code, letter in TCVN3.items() if letter.islower()}
TO_VNI = {letter: typed for typed, letter in VNI.items() if typed == typed.lower() or typed == typed.upper()}


def typed_in_tcvn3(text: str) -> str:
    """The text as it is typed in .VnTime, capitals in .VnTimeH: each letter as its small one's place."""
    return "".join(
        letter if letter.lower() not in LETTERS else chr(ord(letter.lower())).translate(TO_TCVN3)
        for letter in text
    )


def typed_in_vni(text: str) -> str:
    return "".join(TO_VNI.get(letter, letter) for letter in text)


def test_every_vietnamese_letter_comes_back_from_tcvn3() -> None:
    assert convert(typed_in_tcvn3(LETTERS), ".VnTime") == LETTERS
    assert convert(typed_in_tcvn3(LETTERS), ".VnTimeH") == LETTERS.upper()


def test_every_vietnamese_letter_comes_back_from_vni() -> None:
    assert convert(typed_in_vni(LETTERS), "VNI-Times") == LETTERS
    assert convert(typed_in_vni(LETTERS.upper()), "VNI-Helve") == LETTERS.upper()


def test_a_soft_hyphen_in_a_tcvn3_font_is_a_letter() -> None:
    assert convert("n­íc ­u tiªn", ".VnTime") == "nước ưu tiên"


def test_the_old_set_agrees_with_the_published_one() -> None:
    assert (TCVN3[0xAD], TCVN3[0xB5], TCVN3[0xD6], TCVN3[0xF9], TCVN3[0xFE]) == ("ư", "à", "ệ", "ự", "ỵ")


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"),
        (".VnTimeH", "tcvn3 capitals"),
        (".VnArial NarrowH", "tcvn3 capitals"),
        ("VNI-Times", "vni"),
        ("VNI Helve", "vni"),
        ("Times New Roman", None),
        ("Vni Unicode", None),
        ("", None),
        (None, None),
    ],
)
def test_the_name_of_a_font_says_the_encoding(font: str | None, encoding: str | None) -> None:
    assert encoding_of_font(font) == encoding


def test_unicode_text_in_an_old_font_is_left_alone() -> None:
    assert convert("Kế hoạch năm", ".VnTime") == "Kế hoạch năm"


@pytest.mark.parametrize(
    "word", ["nghiêng", "Quyền", "gì", "giếng", "ĐƯỜNG", "khuya", "oách", "uỷ", "ủy", "hoà"]
)
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ho¹ch", "nghiênng", "cắt́", "các̉", "bác̀", "plăn", "caùc", "tôt"])
def test_what_is_no_syllable_is_known(word: str) -> None:
    assert not is_syllable(word)


@pytest.fixture
def lines(small_plan: str) -> list[str]:
    return small_plan.splitlines()


@pytest.mark.parametrize("typed", [typed_in_tcvn3, typed_in_vni])
def test_an_old_text_without_font_names_is_converted(typed: object, small_plan: str) -> None:
    assert callable(typed)
    written = typed(small_plan)
    whole = read_plan_bytes("a.txt", small_plan.encode())
    for content in (written.encode(), written.encode("latin-1")):
        plan = read_plan_bytes("a.txt", content)
        assert [area.title for area in plan.areas] == [area.title for area in whole.areas]
        assert [target.text for target in plan.targets] == [target.text for target in whole.targets]


def test_capitals_of_an_old_font_are_capitals() -> None:
    texts = ["KẾ HOẠCH", "Tuyên truyền, phổ biến văn bản của xã tới người dân"]
    assert restore_texts([typed_in_tcvn3(text) for text in texts]) == texts


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "cp1258"])
def test_wrongly_decoded_text_is_mended(codec: str, small_plan: str) -> None:
    damaged = small_plan.encode().decode(codec, errors="surrogateescape")
    damaged = "".join(chr(ord(letter) & 0xFF) if letter >= "\udc80" else letter for letter in damaged)
    assert read_plan_bytes("a.txt", damaged.encode()) == read_plan_bytes("a.txt", small_plan.encode())


def test_twice_wrongly_decoded_text_is_mended(lines: list[str]) -> None:
    damaged = [line.encode().decode("latin-1").encode().decode("latin-1") for line in lines]
    assert restore_texts(damaged) == lines


def test_vietnamese_in_windows_1258_is_read(small_plan: str) -> None:
    content = codecs.encode(windows_form(small_plan), "cp1258")
    assert read_plan_bytes("a.txt", content) == read_plan_bytes("a.txt", small_plan.encode())


def windows_form(text: str) -> str:
    """The text as Windows-1258 writes it: the letter with its hat, then its tone."""
    from unicodedata import normalize

    tones = "\u0300\u0301\u0303\u0309\u0323"
    written = ""
    for letter in text:
        marks = normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in tones)
        written += normalize("NFC", "".join(mark for mark in marks if mark not in tones)) + tone
    return written


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read(codec: str, small_plan: str) -> None:
    assert read_plan_bytes("a.txt", small_plan.encode(codec)) == read_plan_bytes("a.txt", small_plan.encode())


def test_good_text_with_foreign_letters_stays() -> None:
    texts = ["Café Müller, naïve, façade, Señor, São Paulo, Zürich, Besançon, déjà vu"] * 3
    assert restore_texts(texts) == texts
    assert restore_texts(["Công an xã", "Cà phê, cá cơm, trà"]) == ["Công an xã", "Cà phê, cá cơm, trà"]


def test_lost_letters_are_told() -> None:
    with pytest.raises(BadInput, match="đã mất"):
        read_plan_bytes("a.txt", ("K? ho?ch c?i c?ch h?nh ch?nh\n" * 20).encode())


@pytest.mark.parametrize("content", [b"\xff\xfe\xfd" * 40, bytes(range(128, 256)) * 9])
def test_bytes_of_no_known_encoding_are_not_guessed(content: bytes) -> None:
    assert decode_bytes(content) is None
