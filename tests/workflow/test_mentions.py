"""Whom a comment mentions: by full name or login after an @."""

import pytest

from cchc_flow.errors import MissingData
from cchc_flow.workflow.mentions import find_mentions

NAMES = {"lan": "Trần Thị Lan", "lan.anh": "Trần Thị Lan Anh", "binh": "Vũ Bình", "binh.vu": "Vũ Bình"}


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("@Trần Thị Lan xem giúp.", ("lan",)),
        ("Nhờ @trần thị lan, và (@lan.anh).", ("lan", "lan.anh")),
        ("@Trần Thị Lan Anh ơi", ("lan.anh",)),
        ("@lan.", ("lan",)),
        ("@Tra\u0302\u0300n Thị Lan", ("lan",)),
        ("Gửi lan@xa.gov.vn, không nhắc ai.", ()),
        ("@Trần Thị Lanh và @Trần", ()),
        ("@ Trần Thị Lan", ()),
        ("@lan và @lan lần nữa", ("lan",)),
        ("", ()),
    ],
)
def test_a_mention_is_an_at_and_a_whole_name_or_login(text: str, mentioned: tuple[str, ...]) -> None:
    assert find_mentions(text, NAMES) == mentioned


def test_of_namesakes_the_login_says_who_is_meant() -> None:
    with pytest.raises(MissingData, match=r"Có 2 người tên Vũ Bình: hãy viết @binh hoặc @binh\.vu\."):
        find_mentions("@Vũ Bình cho ý kiến.", NAMES)
    assert find_mentions("@binh.vu cho ý kiến.", NAMES) == ("binh.vu",)
