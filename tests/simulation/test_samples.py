"""The registers of the simulated year: samples are told by the rules, and none can stop the year."""

import itertools
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.misbehaving import REGISTER, Good, bad
from support.year import Year, simulate_year

from cchc_flow.audit.sentences import event_sentence
from cchc_flow.documents.wording import plain_words
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.hookspecs import Violation
from cchc_flow.plugin_host.facts import FactSource, call_drawing_hook
from cchc_flow.plugin_host.loading import load_plugins, plugins_from
from cchc_flow.projections import PAGES, directory, rules, workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.catching_up import build_file
from cchc_flow.simulation import samples, trial
from cchc_flow.workflow.calendar import end_of_day
from cchc_flow.workflow.events import NAMES, ItemOpened, PlanAdopted
from cchc_flow.workflow.periods import parse

SHIPPED = load_plugins().folders("samples")
ENTRY = {
    "on": "2026-01-12",
    "by": "coordinator",
    "register": REGISTER.kind,
    "title": "Câu hỏi một",
    "lead": "Phòng Kinh tế",
}
CHANGED = {("items", "body"), ("items", "position"), ("items", "previous")}
"""Columns that have what is now; an item that has changed is folded from its stream."""
ANSWER = {"on": "2026-01-13", "by": "officer", "step": "answer"}


def told_of(source: FactSource, db: Any) -> list[Any]:
    """Return what the areas say of September, and what they count."""
    answers = call_drawing_hook(source, "report_section", rules.enabled_plugins(db), period=parse("2026-09"))
    measures = call_drawing_hook(source, "measures", rules.enabled_plugins(db))
    return [*answers, *measures]


def test_the_past_of_the_year_is_what_its_read_models_and_areas_were_then(kept: Year, tmp_path: Path) -> None:
    ws, cutoff = kept.ws, kept.ws.cutoff(date(2026, 9, 20))
    past = ws.read_as_of(cutoff)
    fresh = build_file(tmp_path / "then.db", ws.log, PAGES, None, upto=cutoff.position)
    for model in PAGES.models:
        for table in getattr(model, "VERSIONED", {}):
            names = ", ".join(name for name in fresh[table].columns_dict if (table, name) not in CHANGED)
            rows = f"SELECT {names} FROM {table} ORDER BY {names}"  # noqa: S608  # names of the tables
            assert past.execute(rows).fetchall() == fresh.execute(rows).fetchall(), table
    for kind in workflows.kind_titles(past):
        assert items.items_of_kind(past, kind) == items.items_of_kind(fresh, kind), kind
    then = FactSource(ws.plugins, lambda: fresh, ws.now, cutoff=cutoff)
    assert told_of(ws.fact_source(cutoff=cutoff), past) == told_of(then, fresh)
    fresh.close()


def test_areas_do_not_tell_of_zeros(kept: Year) -> None:
    source, enabled = kept.ws.fact_source(), rules.enabled_plugins(kept.ws.read())
    for month in range(1, 13):
        period = parse(f"2026-{month:02}")
        for answer in call_drawing_hook(source, "report_section", enabled, period=period):
            sentences = " ".join(map(plain_words, answer.value.texts()))
            assert not re.search(r"(?<![\d.,/])0 (?!%)", sentences), sentences


def with_samples(tmp_path: Path, words: str) -> Any:
    """Return a plugin that keeps one register, with these samples."""
    plugin = Good()
    plugin.__path__ = [str(tmp_path)]
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / samples.FILE).write_text(words, encoding="utf-8")
    return plugin


def began(tmp_path: Path, *entries: dict[str, Any] | str) -> tuple[list[str], list[tuple[str, str]]]:
    """Tell the first days of a year with these samples; return what was said, and the entries' states."""
    words = "".join(entries) if isinstance(entries[0], str) else json.dumps(entries)
    messages: list[str] = []
    good = plugins_from(good=with_samples(tmp_path, words))
    ws = simulate_year(tmp_path, "nam", until="2026-01-14", plugins=good, say=messages.append)
    entries = [(item.title, item.state) for item in items.items_of_kind(ws.read(), REGISTER.kind)]
    assert "item.assigned/1" in {event.type for event in ws.log.read_events()}
    ws.close()
    return messages, entries


def seeded(event: RecordedEvent) -> tuple[str, str, str | None, str]:
    """Return what a seed decides of an event; the entries of registers have new ids each time."""
    return event.type, event.actor, event.data.get("title"), event.recordedtime


def test_nothing_of_the_shipped_samples_is_refused(kept: Year) -> None:
    assert (kept.data.parent / "said").read_text(encoding="utf-8") == ""


def test_it_is_a_year_of_about_six_thousand_events(kept: Year) -> None:
    assert 5_700 <= kept.ws.log.size() <= 6_600


def test_every_plugin_that_keeps_registers_tells_of_each_of_them(kept: Year) -> None:
    db = kept.ws.read()
    registers = [workflow.kind for workflow in workflows.newest_workflows(db) if workflow.writers]
    assert registers
    assert [kind for kind in registers if not items.items_of_kind(db, kind)] == []


@pytest.mark.parametrize("plugin", SHIPPED)
def test_every_entry_that_a_sample_tells_is_there_with_all_its_steps(kept: Year, plugin: str) -> None:
    db = kept.ws.read()
    steps = {
        (event.stream, event.data["step"]) for event in kept.ws.log.read_events() if "step" in event.data
    }
    for entry in samples.read_samples(SHIPPED[plugin] / samples.FILE):
        opened = next(item for item in items.items_of_kind(db, entry.register) if item.title == entry.title)
        expected = {(f"item-{opened.id}", taken.step) for taken in entry.steps if taken.of is None}
        assert (entry.title, expected - steps) == (entry.title, set())


def test_every_measure_counts_something_but_the_index_that_comes_a_year_later(kept: Year) -> None:
    ws = kept.ws
    answers = list(call_drawing_hook(ws.fact_source(), "measures", rules.enabled_plugins(ws.read())))
    assert [answer.fault for answer in answers if answer.fault] == []
    measures = [measure for answer in answers for measure in answer.value]
    assert {measure.key for measure in measures if measure.value is None} == {"par", "rank_gain"}


def test_a_log_with_registers_is_whole_and_reads_as_sentences(kept: Year) -> None:
    assert verify_log(kept.ws.folder, all_checkpoints=True).ok
    assert kept.ws.differences() == []
    names = directory.names(kept.ws.read())
    for event in kept.ws.log.read_events():
        if event.type in ("item.opened/1", "item.advanced/1", "item.overruled/1"):
            assert "đã ghi sự kiện" not in event_sentence(event, names)


def test_an_earlier_end_tells_the_same_days_of_the_registers_and_nothing_later(
    kept: Year, tmp_path: Path
) -> None:
    ws = simulate_year(tmp_path, "again", until="2026-02-04", plugins=load_plugins())
    begun = [seeded(event) for event in ws.log.read_events()]
    ws.close()
    assert any(kind == "item.advanced/1" for kind, *_ in begun)
    assert begun[1:] == [
        seeded(event) for event in itertools.islice(kept.ws.log.read_events(1), len(begun) - 1)
    ]
    later = kept.ws.log.event(len(begun) + 1).recordedtime
    assert later >= end_of_day(date(2026, 2, 4)).isoformat()


def test_a_year_with_registers_that_was_cut_short_becomes_what_it_would_have_been(tmp_path: Path) -> None:
    now = end_of_day(date(2026, 1, 22))

    def year(place: str, cut: int | None = None) -> list[tuple[str, str, str | None, str]]:
        def listen(done: int, total: int) -> None:
            if done == cut:
                raise KeyboardInterrupt

        ws = trial.year_workspace(tmp_path / place, "nam", lambda: now, listen, load_plugins())
        events = [seeded(event) for event in ws.log.read_events()]
        ws.close()
        return events

    with pytest.raises(KeyboardInterrupt):
        year("a", 150)
    assert [event[:3] for event in year("a")] == [event[:3] for event in year("b")]


def test_the_samples_of_another_plugin_are_told_as_well(tmp_path: Path) -> None:
    assert began(tmp_path, ENTRY | {"steps": [ANSWER]}) == ([], [("Câu hỏi một", "answered")])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"register": "no_such"}, "no_such"),
        ({"lead": "Phòng Không Có"}, "Không có đơn vị «Phòng Không Có»"),
        ({"lead": "Phòng Không Có", "by": "officer"}, "Không ai giữ vai trò «officer»"),
        ({"data": {"colour": "đỏ"}}, "Không có trường «colour»"),
        ({"by": "viewer"}, "Không ai giữ vai trò «viewer»"),
        ({"by": "leader"}, "Bạn không được ghi"),
        ({"steps": [ANSWER | {"step": "fly"}]}, "không có bước «fly»"),
        ({"steps": [ANSWER | {"of": [REGISTER.kind, "Câu hỏi hai"]}]}, "Không có mục «Câu hỏi hai»"),
        ({"colour": "đỏ"}, "colour"),
        ({"data": {"number": {"a": 1}}}, "bị bỏ qua"),
    ],
)
def test_a_sample_that_cannot_be_told_is_said_and_the_year_goes_on(
    tmp_path: Path, wrong: dict[str, Any], words: str
) -> None:
    messages, _ = began(tmp_path, ENTRY | wrong)
    assert len(messages) == 1
    assert words in messages[0]


def test_the_other_entries_of_a_sample_go_on_without_the_one_that_was_refused(tmp_path: Path) -> None:
    strange = ENTRY | {"title": "Câu hỏi hai", "steps": [ANSWER | {"step": "fly"}, ANSWER]}
    messages, entries = began(tmp_path, strange, ENTRY | {"steps": [ANSWER]})
    assert len(messages) == 1
    assert sorted(entries) == [("Câu hỏi hai", "received"), ("Câu hỏi một", "answered")]


def test_what_the_rules_of_a_plugin_refuse_is_said_and_the_rest_of_the_year_goes_on(tmp_path: Path) -> None:
    messages: list[str] = []
    strict = bad("check", lambda: [Violation("closed", "Không ai được làm gì.")])
    ws = simulate_year(
        tmp_path, "nam", until="2026-01-14", plugins=plugins_from(strict=strict), say=messages.append
    )
    types = {event.type for event in ws.log.read_events()}
    ws.close()
    assert "item.assigned/1" not in types
    assert types >= {NAMES[PlanAdopted], NAMES[ItemOpened]}
    assert len(messages) == len(set(messages)) > 5
    assert all(message.startswith("Việc «2026-") for message in messages)
    assert sum("Không ai được làm gì." in message for message in messages) > 5


def test_a_file_that_does_not_read_is_said_and_left_out(tmp_path: Path) -> None:
    messages, entries = began(tmp_path, "[{")
    assert ["trình cắm «good»" in message for message in messages] == [True]
    assert entries == []
