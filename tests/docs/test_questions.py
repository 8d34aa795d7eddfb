"""The user's guide lists the questions that are ready to ask."""

from pathlib import Path

from cchc_flow.audit.questions.catalogue import CORE

GUIDE = (Path(__file__).parents[2] / "docs/vi/huong-dan.md").read_text(encoding="utf-8")


def test_the_guide_names_every_question_of_the_core_in_its_order_and_no_other() -> None:
    table = GUIDE.partition("| Câu hỏi | Tìm gì |\n|---|---|\n")[2].partition("\n\n")[0]
    titles = [line.strip("| ").partition(" |")[0] for line in table.splitlines()]
    assert titles == [ready.question.title for ready in CORE]
