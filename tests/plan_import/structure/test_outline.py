"""Marks become a tree, as the document itself nests them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.roles.lines import document_lines
from cchc_flow.plan_import.roles.role import Role, Tagged
from cchc_flow.plan_import.structure.marks import parse_mark
from cchc_flow.plan_import.structure.outline import Node, build_outline
from cchc_flow.plan_import.structure.tagged_lines import join_tags


def outline(texts: Sequence[str], roles: Sequence[Role] | None = None) -> Node:
    """The outline of these paragraphs; without roles a line in capitals is a heading, any other is none."""
    lines = document_lines([Paragraph(text) for text in texts])
    given = roles or ["heading" if text.isupper() else "other" for text in texts]
    return build_outline(join_tags(lines, [Tagged(role, "other") for role in given]))


def tree(*texts: str) -> list[str]:
    return flat(outline(texts))


def tree_of(*pairs: tuple[Role, str]) -> list[str]:
    return flat(outline([text for _, text in pairs], [role for role, _ in pairs]))


def flat(node: Node) -> list[str]:
    return [line for child in node.children for line in (f"{child.ref} {child.text}", *flat(child))]


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("I. MỤC TIÊU", "roman", "I"),
        ("IV - KINH PHÍ", "roman", "IV"),
        ("1. Mục tiêu", "1", "1"),
        ("1.Mục tiêu", "1", "1"),
        ("2.3. Nhiệm vụ", "2", "2.3"),
        ("1.2.3 Nhiệm vụ", "3", "1.2.3"),
        ("đ) Phòng Kinh tế", "a", "đ"),
        ("a. Việc", "a", "a"),
        ("(2) Việc", "(1)", "2"),
        ("Điều 3. Thi hành", "article", "Điều 3"),
        ("Phần I. Chung", "part", "Phần I"),
        ("- Việc", "-", ""),
        ("– Việc", "-", ""),
        ("-Việc", "-", ""),
        ("+ Việc", "+", ""),
        ("• Việc", "•", ""),
    ],
)
def test_a_mark_is_recognised(text: str, kind: str, label: str) -> None:
    parsed = parse_mark(text)
    assert parsed is not None
    mark, _ = parsed
    assert (mark.kind, mark.label) == (kind, label)


@pytest.mark.parametrize(
    "text",
    ["1.000 hồ sơ", "100% hồ sơ", "-5% so với", "25/01/2026 là hạn", "2026 là năm", "đ/c Chủ tịch", "Việc"],
)
def test_a_number_in_a_sentence_is_no_mark(text: str) -> None:
    assert parse_mark(text) is None


def test_letters_used_twice_have_their_own_refs() -> None:
    lines = tree(
        "V. TỔ CHỨC", "1. Chung", "a) Một", "b) Hai", "2. Riêng", "a) Ba", "- Bốn", "đ) Năm", "- Sáu"
    )
    assert [line.split()[0] for line in lines] == [
        "V", "V.1", "V.1.a", "V.1.b", "V.2", "V.2.a", "V.2.a.1", "V.2.đ", "V.2.đ.1",
    ]  # fmt: skip


def test_the_document_decides_which_bullet_holds_which() -> None:
    assert tree("1. A", "+ mẹ", "- con", "+ mẹ", "- con")[1:] == [
        "1.1 mẹ",
        "1.1.1 con",
        "1.2 mẹ",
        "1.2.1 con",
    ]
    assert tree("1. A", "- mẹ", "+ con", "- mẹ", "+ con")[1:] == [
        "1.1 mẹ",
        "1.1.1 con",
        "1.2 mẹ",
        "1.2.1 con",
    ]


def test_letters_may_stand_under_a_dash_where_the_document_does_so() -> None:
    assert tree("1. A", "- mẹ", "a) con", "b) con", "- mẹ", "a) con")[1:] == [
        "1.1 mẹ", "1.1.a con", "1.1.b con", "1.2 mẹ", "1.2.a con",
    ]  # fmt: skip


def test_a_list_that_begins_one_level_down_does_not_swallow_the_next_section() -> None:
    assert tree("I. A", "+ x", "1. B", "- y", "II. C")[1:] == ["I.1 x", "I.1-2 B", "I.1-2.1 y", "II C"]


def test_decimal_numbers_are_not_repeated_in_the_ref() -> None:
    assert [line.split()[0] for line in tree("III. A", "1. B", "1.1. C", "1.1.1. D", "1.2. E")] == [
        "III", "III.1", "III.1.1", "III.1.1.1", "III.1.2",
    ]  # fmt: skip


def test_a_number_used_twice_gets_a_ref_of_its_own() -> None:
    root = outline(("II. A", "5. Một", "5. Hai"))
    assert [(node.ref, node.repeated) for node in root.children[0].children] == [
        ("II.5", False),
        ("II.5-2", True),
    ]


def test_a_paragraph_without_a_mark_goes_on_with_an_item_that_has_its_role() -> None:
    root = outline(("1. Kinh phí", "Ngân sách xã.", "Nguồn khác."), ["funding"] * 3)
    assert root.children[0].body == ("Ngân sách xã.", "Nguồn khác.")


def test_a_paragraph_without_a_mark_below_a_heading_is_an_item_of_its_own() -> None:
    assert tree_of(("area", "1. Thể chế"), ("task", "Soát."), ("task", "Đăng."), ("area", "2. Số")) == [
        "1 Thể chế", "1.1 Soát.", "1.2 Đăng.", "2 Số",
    ]  # fmt: skip


def test_what_closes_a_document_is_no_part_of_its_last_item() -> None:
    root = outline(("1. Việc", "- Một.", "Trên đây là kế hoạch."), ["heading", "duty", "other"])
    assert [child.text for child in root.children[0].children] == ["Một.", "Trên đây là kế hoạch."]


def test_an_area_without_a_number_keeps_numbered_tasks_below_it() -> None:
    lines = tree_of(
        ("heading", "II. NHIỆM VỤ"), ("area", "Thể chế"), ("task", "1. Soát."), ("task", "2. Đăng."),
        ("area", "Chuyển đổi số"), ("task", "1. Lắp."), ("heading", "III. KINH PHÍ"),
    )  # fmt: skip
    assert lines == [
        "II NHIỆM VỤ", "II.1 Thể chế", "II.1.1 Soát.", "II.1.2 Đăng.", "II.2 Chuyển đổi số", "II.2.1 Lắp.",
        "III KINH PHÍ",
    ]  # fmt: skip


def test_a_list_with_the_marks_of_its_heading_stands_below_it() -> None:
    lines = tree_of(("area", "1. Thể chế"), ("task", "1. Soát."), ("task", "2. Đăng."), ("area", "- Số"))
    assert lines[:3] == ["1 Thể chế", "1.1 Soát.", "1.2 Đăng."]
    bullets = tree_of(("area", "- Thể chế"), ("task", "- Soát."), ("area", "- Số"), ("task", "- Lắp."))
    assert bullets == ["1 Thể chế", "1.1 Soát.", "2 Số", "2.1 Lắp."]


def test_a_heading_never_stands_below_a_task() -> None:
    lines = tree_of(("heading", "I. A"), ("task", "1. Việc"), ("task", "a) Phần"), ("area", "- Lĩnh vực"))
    assert lines[-1] == "I.2 Lĩnh vực"


def attributes(node: Node) -> list[tuple[str, list[str]]]:
    own = [(node.text, [attribute.text for attribute in node.attributes])] if node.attributes else []
    return own + [pair for child in node.children for pair in attributes(child)]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("area", "1. A"), ("task", "1.1. B"), ("attribute", "- Chủ trì: X"), ("attribute", "Hạn: Y"),
          ("task", "1.2. C"), ("attribute", "- Chủ trì: Z")],
         [("B", ["Chủ trì: X", "Hạn: Y"]), ("C", ["Chủ trì: Z"])]),
        ([("area", "1. A"), ("task", "- B"), ("attribute", "- Chủ trì: X"), ("task", "- C"),
          ("attribute", "Chủ trì: Z")], [("B", ["Chủ trì: X"]), ("C", ["Chủ trì: Z"])]),
        ([("area", "1. A"), ("task", "B"), ("attribute", "Chủ trì: X"), ("task", "C"),
          ("attribute", "- Chủ trì: Z")], [("B", ["Chủ trì: X"]), ("C", ["Chủ trì: Z"])]),
        ([("task", "1. A"), ("task", "- B"), ("task", "- C"), ("attribute", "- Chủ trì: X")],
         [("A", ["Chủ trì: X"])]),
        ([("task", "1. A"), ("task", "- B"), ("attribute", "- Chủ trì: X"), ("task", "- C"),
          ("attribute", "- Chủ trì: Y")], [("B", ["Chủ trì: X"]), ("C", ["Chủ trì: Y"])]),
        ([("area", "1. A"), ("attribute", "Chủ trì: X"), ("task", "- B")], [("A", ["Chủ trì: X"])]),
    ],
)  # fmt: skip
def test_an_attribute_belongs_to_the_task_above(
    pairs: list[tuple[Role, str]], expected: list[tuple[str, list[str]]]
) -> None:
    root = outline([text for _, text in pairs], [role for role, _ in pairs])
    assert attributes(root) == expected
    assert not any(child.role == "attribute" for child in root.children)


def test_a_heading_in_capitals_without_a_number_stands_beside_numbered_ones() -> None:
    assert tree("I. MỤC TIÊU", "- x", "TỔ CHỨC THỰC HIỆN", "- y") == [
        "I MỤC TIÊU", "I.1 x", "2 TỔ CHỨC THỰC HIỆN", "2.1 y",
    ]  # fmt: skip


def test_roman_numbers_below_letters_are_told_from_letters() -> None:
    lines = tree("1. A", "a) x", "i) y", "ii) z", "b) w")
    assert [line.split()[0] for line in lines] == ["1", "1.a", "1.a.i", "1.a.ii", "1.b"]


MARKS = ("I. ", "II. ", "1. ", "2. ", "1.1. ", "a) ", "đ) ", "- ", "+ ", "• ", "(1) ", "Điều 1. ", "")


@given(
    st.lists(
        st.tuples(st.sampled_from(MARKS), st.text(alphabet="abcđê ", min_size=1, max_size=8)), max_size=40
    )
)
def test_any_order_of_marks_makes_a_tree_that_keeps_every_text_in_order(items: list[tuple[str, str]]) -> None:
    root = outline([f"{mark}x{text}".strip() for mark, text in items])
    assert "".join(words(root)) == "".join(f"x{text}".strip() for _, text in items)


@given(st.lists(st.sampled_from(MARKS), max_size=40))
def test_every_ref_of_a_tree_is_used_once(marks: list[str]) -> None:
    refs = [line.split()[0] for line in tree(*(f"{mark}x" for mark in marks if mark))]
    assert len(refs) == len(set(refs))


def words(node: Node) -> list[str]:
    below = [word for child in node.children for word in words(child)]
    return [node.text, *node.body, *below]
