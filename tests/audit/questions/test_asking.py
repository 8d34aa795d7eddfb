"""What is typed with a question, what its reader may see, and what plugins bring."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.asking import ask, words_of
from support.petitions import REGISTER
from support.plugging import plugged
from support.world import World

from cchc_flow import commands
from cchc_flow.audit.questions.answering import WITHHELD, count_hits, load_answer
from cchc_flow.audit.questions.catalogue import CORE, find_question, offered_questions
from cchc_flow.audit.questions.parsing import COMMON, Asked, default_values, parse_asked
from cchc_flow.errors import MissingData, NotFound
from cchc_flow.hookspecs import Facts, Given, Hit, Parameter, Question, Workflow, hookimpl
from cchc_flow.plugin_host.questions import TAKEN, usable_questions

DAYS = Parameter(key="days", title="Quá hạn ít nhất", default=2, low=1, high=30, unit="ngày")
HOW = Parameter(key="how", title="Cách", default="all", choices=(("all", "mọi cách"), ("talk", "gặp")))
QUESTION = Question(key="late", title="Muộn", rule="Muộn từ {days} ngày, {how}.", parameters=(DAYS, HOW))
UNITS = {"phong-kinh-te": "Phòng Kinh tế"}


class Secret:
    """Kín"""

    @hookimpl
    def workflows(self) -> list[Workflow]:
        import msgspec

        return [msgspec.structs.replace(REGISTER, readers=("leader",))]

    @hookimpl
    def questions(self) -> list[Question]:
        return [QUESTION]

    @hookimpl
    def answer(self, question: str, given: Given, facts: Facts) -> list[Hit]:
        hits = (Hit(words=f"Số {one.fields['number']}.", items=(one.id,)) for one in facts.items("petition"))
        return [hit for hit in hits if given["days"] == 2]


@pytest.fixture
def secret(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, plugins=plugged(secret=Secret())).settle()
    yield world
    world.ws.close()


def typed(*pairs: tuple[str, str]) -> Asked:
    return parse_asked(QUESTION, pairs, UNITS)


def test_what_is_not_typed_has_its_default_and_the_rule_says_with_what_it_was_asked() -> None:
    assert typed().given == {"days": 2, "how": "all"}
    asked = typed(("days", " 7 "), ("how", "talk"), ("unit", ""))
    assert QUESTION.rule_with(asked.given) == "Muộn từ 7 ngày, gặp."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("days", "x", "Quá hạn ít nhất: phải là số nguyên từ 1 đến 30, không phải «x»."),
        ("days", "31", "Quá hạn ít nhất: phải là số nguyên từ 1 đến 30, không phải «31»."),
        ("days", "0", "Quá hạn ít nhất: phải là số nguyên từ 1 đến 30, không phải «0»."),
        ("days", "٣", "Quá hạn ít nhất: phải là số nguyên từ 1 đến 30, không phải «٣»."),
        ("how", "letter", "Cách: không có lựa chọn «letter»; hãy chọn all, talk."),
        ("from", "31/02/2026", "Từ ngày: «31/02/2026» không phải là một ngày. Hãy nhập như 25/01/2026."),
        ("unit", "doi-thue", "Đơn vị: không có đơn vị «doi-thue». Hãy chọn trong danh sách."),
        ("after", "1-2", "Địa chỉ của trang tiếp theo bị hỏng. Hãy mở lại câu hỏi từ đầu."),
        ("day", "3", "Câu hỏi này không có tham số «day»; các tham số của nó là: days, how, from, to, unit."),
    ],
)
def test_a_wrong_name_or_value_is_refused_in_one_sentence(name: str, value: str, sentence: str) -> None:
    with pytest.raises(MissingData) as refused:
        typed((name, value))
    assert refused.value.fields == {name: sentence}


def test_a_parameter_that_stands_twice_and_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(MissingData, match="có hai lần"):
        typed(("days", "3"), ("days", "4"))
    with pytest.raises(MissingData, match="Đến ngày: phải là chính ngày"):
        typed(("from", "02/03/2026"), ("to", "01/03/2026"))


def test_no_question_of_the_core_has_a_parameter_that_all_have_and_each_key_stands_once() -> None:
    questions = [("core", ready.question) for ready in CORE]
    faults: list[object] = []
    assert list(usable_questions(questions, faults)) == questions and not faults  # type: ignore[arg-type]
    assert set(COMMON) == TAKEN


def test_every_question_of_the_core_can_be_asked_of_an_empty_log_and_is_counted(world: World) -> None:
    for offered in offered_questions(world.ws, world.ws.read()):
        answer = load_answer(world.ws, offered, Asked(default_values(offered.question)), None)
        assert answer.total == 0 and count_hits(world.ws, offered) in (0, None)
        assert "{" not in offered.question.rule_with(default_values(offered.question))


def test_a_question_that_there_is_not_is_not_found(world: World) -> None:
    with pytest.raises(NotFound, match="Không có câu hỏi «late»"):
        find_question(world.ws, world.ws.read(), "late")


def test_a_plugins_question_is_asked_with_its_parameters(secret: World) -> None:
    open_petition(secret, "12")
    answer = ask(secret.ws, "secret.late")
    assert words_of(answer) == ["Số 12."] and answer.hits[0].unit == "Phòng Kinh tế"
    assert [link.title for link in answer.hits[0].links] == ["Lập công việc"]
    assert ask(secret.ws, "secret.late", days=3).total == 0


def test_hits_of_a_plugin_follow_each_other_by_rank_without_a_gap(secret: World) -> None:
    for number in ("1", "2", "3"):
        secret.wait(minutes=1)
        open_petition(secret, number)
    first = ask(secret.ws, "secret.late", limit=2)
    assert first.after and words_of(first) == ["Số 3.", "Số 2."]
    rest = ask(secret.ws, "secret.late", limit=2, after=f"{first.after[0]}_{first.after[1]}")
    assert words_of(rest) == ["Số 1."] and rest.after is None


def test_what_a_reader_may_not_read_is_neither_listed_nor_counted_and_that_is_said(secret: World) -> None:
    assert ask(secret.ws, "secret.late", reader="hoa").remarks == (WITHHELD,)  # whether there are hits or not
    item = open_petition(secret, "12")
    secret.wait(days=20)
    for name, days in (("secret.late", 2), ("no-event-for-days", 20)):
        to_all, to_coordinator = (ask(secret.ws, name, reader, days=days) for reader in ("thu", "hoa"))
        assert any(hit.cards[0].id == item for hit in to_all.hits) and not to_all.remarks
        assert not any(hit.cards[0].id == item for hit in to_coordinator.hits)
        assert to_coordinator.total == to_all.total - 1
        assert WITHHELD in to_coordinator.remarks


def open_petition(world: World, number: str) -> str:
    data = {"title": f"Phản ánh {number}", "number": number, "lead": "phong-kinh-te"}
    return commands.open_entry(world.ws, "petition", data, world.order("hoa")).item.id
