"""The contract of an event log: a test class for each implementation inherits it and opens the log."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from hashlib import sha256

import pymerkle
import pytest
import rfc8785
from eventlog.appending import START, Clock, append_steps, meta, step
from eventlog.concurrency import ConcurrencyContract, Home
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_flow.errors import BadInput, CommandReused, Conflict, NotFound, Refusal
from cchc_flow.eventlog import checkpoint, merkle
from cchc_flow.eventlog.batch import MOST_BYTES
from cchc_flow.eventlog.instants import parse_instant
from cchc_flow.eventlog.note import VerifierKey, parse_note
from cchc_flow.eventlog.port import Change, Draft, EventLog, Meta, Receipt


class EventLogContract(ConcurrencyContract):
    """`home` (a log that holds its opening event only), `log` (the home, opened) and `clock` are fixtures."""

    def test_positions_count_on_without_gaps(self, log: EventLog) -> None:
        first = append_steps(log, "item-1", 0, "đã nhận", "đang làm")
        second = append_steps(log, "item-2", 0, "đã nhận")
        assert (first, second) == (Receipt(2, 3), Receipt(4, 4))
        assert [event.position for event in log.read_events()] == [1, 2, 3, 4]

    def test_versions_count_within_each_stream(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, "một", "hai")
        append_steps(log, "item-2", 0, "một")
        append_steps(log, "item-1", 2, "ba")
        assert [event.version for event in log.stream("item-1")] == [1, 2, 3]

    def test_the_version_of_a_stream_is_told_as_of_any_position(self, log: EventLog) -> None:
        append_steps(log, "m\u1eb9", 0, "một", "hai")
        append_steps(log, "item-2", 0, "một")
        append_steps(log, "m\u1eb9", 2, "ba")
        assert [log.version("me\u0323", upto) for upto in range(7)] == [0, 0, 1, 2, 2, 3, 3]
        assert (log.version("item-404", 5), log.version("m\u1eb9", -1)) == (0, 0)

    def test_several_streams_are_appended_in_one_commit(self, log: EventLog) -> None:
        first = Change("item-1", 0, (step("một"),))
        second = Change("item-2", 0, (step("hai"), step("ba")))
        assert log.append([first, second], meta("nhập kế hoạch")) == Receipt(2, 4)

    def test_a_body_fills_an_entry_of_tiles_and_a_larger_one_is_refused_with_its_whole_commit(
        self, log: EventLog
    ) -> None:
        append_steps(log, "item-1", 0, "")
        room = MOST_BYTES - len(log.body(2))
        append_steps(log, "item-2", 0, "x" * room)
        assert len(log.body(3)) == MOST_BYTES == 65_535
        with pytest.raises(Refusal, match=r"dài 65536 byte, quá 65535 byte.*chưa có gì được ghi"):
            append_steps(log, "item-3", 0, "một", "x" * (room + 1))
        assert log.size() == 3 and log.stream("item-3") == []

    def test_one_stale_stream_keeps_all_others_out(self, log: EventLog) -> None:
        append_steps(log, "item-2", 0, "đã có")
        changes = [Change("item-1", 0, (step("mới"),)), Change("item-2", 0, (step("cũ"),))]
        with pytest.raises(Conflict) as caught:
            log.append(changes, meta("hai việc"))
        assert (caught.value.stream, caught.value.expected, caught.value.actual) == ("item-2", 0, 1)
        assert log.size() == 2 and log.stream("item-1") == []

    def test_a_change_without_events_guards_the_commit(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, "một")
        guarded = [Change("item-2", 0, (step("hai"),)), Change("item-1", 0, ())]
        with pytest.raises(Conflict):
            log.append(guarded, meta("canh"))
        assert log.stream("item-2") == []
        log.append([guarded[0], Change("item-1", 1, ())], meta("canh đúng"))
        assert (len(log.stream("item-1")), len(log.stream("item-2"))) == (1, 1)

    def test_a_failed_append_leaves_the_next_one_its_position(self, log: EventLog) -> None:
        with pytest.raises(Conflict):
            append_steps(log, "item-1", 5, "sai phiên bản")
        assert append_steps(log, "item-1", 0, "đúng phiên bản") == Receipt(2, 2)

    def test_an_event_that_cannot_be_written_keeps_its_commit_out(self, log: EventLog) -> None:
        bad = Draft("target.measured/1", {"value": 0.5})
        with pytest.raises(BadInput):
            log.append([Change("item-1", 0, (step("tốt"), bad))], meta("số thập phân"))
        assert log.size() == 1

    def test_a_commit_without_events_is_refused(self, log: EventLog) -> None:
        with pytest.raises(BadInput):
            log.append([], meta("không có gì"))

    def test_a_command_sent_twice_happens_once(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, "bấm hai lần")
        assert append_steps(log, "item-1", 0, "bấm hai lần") == Receipt(2, 2, repeated=True)
        assert log.size() == 2

    def test_a_command_id_serves_one_command_only(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, "một")
        used = log.event(2).command_id
        other = Meta(actor="hoa.le", time=START, command_id=used, command_digest=b"khac")
        with pytest.raises(CommandReused):
            log.append([Change("item-9", 0, (step("khác"),))], other)
        with pytest.raises(CommandReused):
            log.find_receipt(other.command_id, other.command_digest)

    def test_a_receipt_can_be_asked_for(self, log: EventLog) -> None:
        once = meta("giao việc")
        assert log.find_receipt(once.command_id, once.command_digest) is None
        log.append([Change("item-1", 0, (step("giao"),))], once)
        assert log.find_receipt(once.command_id, once.command_digest) == Receipt(2, 2, repeated=True)

    def test_an_event_comes_back_as_it_was_given(self, log: EventLog) -> None:
        where = {"unit": "van-phong", "role": "officer"}
        why = {"correlation_id": "r-1", "causation_id": "e-1", "rules": "p-1"}
        data = {"from": None, "so": 12, "co": True, "danh_sach": ["a", {"b": "Đắk Lắk"}]}
        log.append([Change("item-1", 0, (Draft("item.opened/1", data),))], meta("c-1", **where, **why))
        event = log.event(2)
        assert (event.stream, event.version, event.type, event.data) == ("item-1", 1, "item.opened/1", data)
        assert (event.actor, event.command_id) == ("hoa.le", "c-1")
        assert {name: getattr(event, name) for name in where | why} == where | why
        assert event.time == "2026-03-02T01:30:00.000000Z"

    def test_the_events_of_some_streams_are_read_in_the_order_of_the_log(self, log: EventLog) -> None:
        for number, stream in enumerate(("unit-b", "item-1", "unit-a", "person-x", "units", "unit-b")):
            append_steps(log, stream, 1 if number == 5 else 0, f"số {number}")
        append_steps(log, "item-2", 0, *map(str, range(600)))  # more than are looked through one by one
        found = [(event.position, event.stream) for event in log.read_streams(("unit-", "person-"))]
        assert found == [(2, "unit-b"), (4, "unit-a"), (5, "person-x"), (7, "unit-b")]
        assert [event.position for event in log.read_streams(("unit-",), 2, 6)] == [4]
        assert list(log.read_streams(("unit-",), 7)) == []

    def test_the_events_of_named_streams_are_read_up_to_a_position(self, log: EventLog) -> None:
        for stream, version in (("item-b", 0), ("item-1", 0), ("item-b", 1), ("item-10", 0), ("item-1", 1)):
            append_steps(log, stream, version, "một bước")
        found = [(event.position, event.stream) for event in log.streams(["item-b", "item-1", "item-b"], 5)]
        assert found == [(2, "item-b"), (4, "item-b"), (3, "item-1")]
        assert [event.position for event in log.streams(["item-1", "item-x"], 6)] == [3, 6]
        assert list(log.streams([], 6)) == []

    def test_headings_say_what_the_events_between_two_positions_are_about(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, *map(str, range(2_100)))  # more than are read at once
        append_steps(log, "item-2", 0, "một bước")
        found = list(log.headings(2_000, 2_102))
        assert [heading.position for heading in found] == list(range(2_001, 2_103))
        assert [(heading.stream, heading.type) for heading in found[-2:]] == [
            ("item-1", log.event(2_101).type),
            ("item-2", log.event(2_102).type),
        ]
        assert list(log.headings(2_102, 9_999)) == []
        assert [heading.position for heading in log.headings(-5, 1)] == [1]

    def test_the_stored_bytes_are_canonical_json_with_every_key(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, "Kế hoạch «CCHC» \u2028 \U0001f600")
        event = log.event(2)
        envelope = {
            "specversion": "1.0",
            "id": event.id,
            "source": "/ea-thu",
            "type": "item.started/1",
            "subject": "item-1",
            "streamversion": 1,
            "time": event.time,
            "recordedtime": event.recordedtime,
            "actor": "hoa.le",
            **dict.fromkeys(("unit", "role", "correlationid", "causationid", "rules")),
            "commandid": event.command_id,
            "commanddigest": sha256(event.command_id.encode()).hexdigest(),
            "channel": "program",
            "data": event.data,
        }
        assert log.body(2) == rfc8785.dumps(envelope)

    def test_decomposed_letters_are_stored_composed(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, "Ti\u00ea\u0301ng Vi\u00ea\u0323t")
        assert log.event(2).data["to"] == "Tiếng Việt"

    def test_names_that_were_given_decomposed_are_found_composed(self, log: EventLog) -> None:
        once = Meta(actor="a\u0301nh", time=START, command_id="le\u0323nh", command_digest=b"1")
        assert log.append([Change("me\u0323", 0, (step("một"),))], once) == Receipt(2, 2)
        assert log.append([Change("me\u0323", 0, (step("một"),))], once) == Receipt(2, 2, repeated=True)
        assert [event.actor for event in log.stream("m\u1eb9")] == ["ánh"]
        assert log.stream("me\u0323") == log.stream("m\u1eb9")

    def test_ids_differ_and_sort_by_time(self, log: EventLog, clock: Clock) -> None:
        append_steps(log, "item-1", 0, "một", "hai")
        clock.at += timedelta(seconds=1)
        append_steps(log, "item-1", 2, "ba")
        ids = [event.id for event in log.stream("item-1")]
        assert len(set(ids)) == 3 and max(ids[:2]) < ids[2]

    def test_recorded_time_never_goes_back(self, log: EventLog, clock: Clock) -> None:
        append_steps(log, "item-1", 0, "trước")
        clock.at -= timedelta(hours=3)
        append_steps(log, "item-1", 1, "đồng hồ chạy lùi")
        first, second = log.stream("item-1")
        assert first.recordedtime == second.recordedtime

    def test_reading_is_bounded_at_both_ends(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, *map(str, range(8)))
        assert [event.position for event in log.read_events(after=3, upto=6)] == [4, 5, 6]
        assert list(log.read_events(after=9)) == []

    def test_the_stored_bytes_of_many_events_are_read_with_the_same_bounds(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, *map(str, range(600)))
        assert list(log.read_bodies(3, 6)) == [(position, log.body(position)) for position in (4, 5, 6)]
        assert [position for position, _ in log.read_bodies()] == list(range(1, 602))

    def test_a_long_log_is_read_to_its_end(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, *map(str, range(1_234)))
        assert [event.version for event in log.read_events(after=1)] == list(range(1, 1_235))

    def test_what_is_appended_while_reading_is_read_too(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, *map(str, range(700)))
        seen = 0
        for event in log.read_events():
            seen = event.position
            if seen == 10:
                append_steps(log, "item-2", 0, "trong lúc đọc")
        assert seen == 702

    def test_what_is_not_there_is_said_so(self, log: EventLog) -> None:
        with pytest.raises(NotFound):
            log.event(2)
        with pytest.raises(NotFound):
            log.inclusion_proof(2, 1)
        with pytest.raises(BadInput):
            log.root(2)
        assert log.stream("item-404") == []

    def test_the_position_before_an_instant_is_the_last_one_recorded_by_then(
        self, log: EventLog, clock: Clock
    ) -> None:
        for day in range(6):
            clock.at = START + timedelta(days=day)
            append_steps(log, "item-1", 2 * day, f"sáng ngày {day}", f"chiều ngày {day}")
        assert log.position_before(START) == 0
        assert log.position_before(START + timedelta(microseconds=1)) == 3
        assert log.position_before(START + timedelta(days=3)) == 7
        assert log.position_before(START + timedelta(days=99)) == log.size() == 13
        times = [parse_instant(event.recordedtime) for event in log.read_events()]
        for instant in [time + timedelta(microseconds=more) for time in times for more in (-1, 0, 1)]:
            assert log.position_before(instant) == sum(time < instant for time in times)

    def test_every_root_is_that_of_pymerkle(self, log: EventLog) -> None:
        for number in range(12):
            append_steps(log, f"item-{number}", 0, *map(str, range(1 + number % 4)))
        tree = pymerkle.InmemoryTree(algorithm="sha256")
        for size in range(1, log.size() + 1):
            tree.append_entry(log.body(size))
            assert log.root(size) == tree.get_root(), size

    def test_every_event_is_proved_under_every_later_root(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, *map(str, range(20)))
        for size in range(1, log.size() + 1):
            for position in range(1, size + 1):
                path = log.inclusion_proof(position, size)
                leaf = merkle.leaf_hash(log.body(position))
                assert merkle.verify_inclusion(leaf, position - 1, size, path, log.root(size)), (
                    position,
                    size,
                )

    def test_many_events_are_proved_at_once_under_an_earlier_root(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, *map(str, range(40)))
        proof = log.multiproof([3, 17, 18, 3], 33)
        assert list(proof.leaves) == [3, 17, 18]
        assert all(leaf == merkle.leaf_hash(log.body(at)) for at, leaf in proof.leaves.items())
        leaves = {position - 1: leaf for position, leaf in proof.leaves.items()}
        assert merkle.verify_multiproof(leaves, proof.size, proof.nodes, log.root(33))
        for beyond in ([0], [34]):
            with pytest.raises(NotFound):
                log.multiproof(beyond, 33)
        with pytest.raises(BadInput):
            log.multiproof([1], log.size() + 1)

    def test_the_checkpoint_of_a_position_is_the_one_of_its_commit_for_ever(self, log: EventLog) -> None:
        first = append_steps(log, "item-1", 0, "một", "hai", "ba")
        at_the_time = log.checkpoint_and_key()
        append_steps(log, "item-1", 3, "bốn")
        assert log.checkpoint_at(first.last) == log.checkpoint_at(first.first) == at_the_time
        assert log.checkpoint_at(log.size()) == log.checkpoint_and_key()
        with pytest.raises(NotFound):
            log.checkpoint_at(log.size() + 1)

    def test_a_new_key_leaves_the_checkpoints_of_the_old_one_with_it(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, "một")
        before, old = log.checkpoint_and_key(), log.size()
        log.rotate_key(meta("rotate"))
        append_steps(log, "item-1", 1, "hai")
        assert log.checkpoint_at(old) == before
        assert log.checkpoint_at(old + 1)[1] == log.verifier_key() != before[1]

    def test_the_key_in_force_signs_statements_but_nothing_that_passes_for_a_checkpoint(
        self, log: EventLog
    ) -> None:
        note = parse_note(log.sign("hồ sơ\n"))
        assert note.text == "hồ sơ\n"
        assert VerifierKey.parse(log.verifier_key()).has_signed(note)
        for text in (log.checkpoint().rpartition("\n\n")[0] + "\n", "không xuống dòng"):
            with pytest.raises(ValueError, match="not for the key"):
                log.sign(text)

    def test_every_tree_is_proved_to_grow_from_every_earlier_one(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, *map(str, range(20)))
        for new in range(1, log.size() + 1):
            for old in range(1, new + 1):
                path = log.consistency_proof(old, new)
                assert merkle.verify_consistency((old, log.root(old)), (new, log.root(new)), path), (old, new)

    def test_each_commit_is_sealed_at_once(self, log: EventLog) -> None:
        for number in range(3):
            append_steps(log, "item-1", number, f"lần {number}")
            sealed, note = checkpoint.parse_checkpoint(log.checkpoint())
            key = VerifierKey.parse(log.event(1).data["key"])
            assert (sealed.size, sealed.root) == (log.size(), log.root(log.size()))
            assert sealed.origin == key.name and key.has_signed(note)

    def test_another_opener_sees_what_was_appended_and_goes_on_from_there(
        self, home: Home, log: EventLog
    ) -> None:
        other = home.open()
        append_steps(log, "item-1", 0, "từ người thứ nhất")
        append_steps(other, "item-1", 1, "từ người thứ hai")
        append_steps(log, "item-1", 2, "lại từ người thứ nhất")
        assert [event.version for event in other.stream("item-1")] == [1, 2, 3]
        assert log.root(4) == other.root(4)

    def test_events_at_some_positions_come_at_once_and_missing_ones_are_left_out(self, log: EventLog) -> None:
        append_steps(log, "item-1", 0, "một", "hai", "ba")
        found = log.readable_events({2, 4, 99})
        assert found == {position: log.event(position) for position in (2, 4)}
        assert log.readable_events([]) == {}

    def test_a_log_does_what_a_list_of_lists_would(self, make_log: Callable[[], EventLog]) -> None:
        # Not a decorator of the method: hypothesis refuses one method that two homes inherit in one process.
        words_of_a_change = st.lists(st.text(max_size=8), max_size=3)

        @settings(max_examples=20)
        @given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), words_of_a_change), max_size=8))
        def do_both(appends: Sequence[tuple[str, int, list[str]]]) -> None:
            log, model = make_log(), dict[str, int]()
            for number, (stream, expected, words) in enumerate(appends):
                change = Change(stream, expected, tuple(map(step, words)))
                fits = expected == model.get(stream, 0) and words and all(map(_is_text, words))
                try:
                    log.append([change], meta(f"lệnh {number}"))
                except (Conflict, BadInput):
                    assert not fits
                else:
                    assert fits
                    model[stream] = expected + len(words)
            assert log.size() == 1 + sum(model.values())
            assert {name: len(log.stream(name)) for name in model} == model

        do_both()


def _is_text(words: str) -> bool:
    return not any(0xD800 <= ord(letter) <= 0xDFFF for letter in words)
