"""The page of the checkpoint tells who witnessed the log, asks witnesses, and takes what they signed."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from support.forms import hidden
from support.visitors import Site, csrf
from support.world import World

from cchc_flow import commands
from cchc_flow.audit.witnessing import load_witnessing, request_for, take_answer
from cchc_flow.errors import BadInput, MissingData
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.witnesses.cosignature import WitnessKey
from cchc_flow.eventlog.witnesses.cosigned import CosignedCheckpoints, parse_cosigned
from cchc_flow.eventlog.witnesses.witness import Witness

PAGE = "/xa-mau/checkpoint"


@pytest.fixture
def witness(world: World, tmp_path: Path) -> Witness:
    """A witness with the files of a stick, which the commune has named."""
    witness = Witness.create(tmp_path / "stick", "thanh-tra.example", world.ws.now)
    witness.watch(VerifierKey.parse(world.ws.log.verifier_key()))
    row = {"key": str(witness.key), "address": ""}
    commands.change_setting(world.ws, "witnesses", {"witnesses": [row]}, "QĐ 3", world.order("hoa"))
    return witness


def hand_in(site: Site, content: bytes | None, login: str = "thu"):
    visitor = site.visitor(login)
    form = {"csrf_token": csrf(visitor.get("/xa-mau/me").text)}
    if content is not None:
        form["answer"] = (io.BytesIO(content), "ký.txt")
    return visitor.post("/xa-mau/witnesses/answers", data=form, content_type="multipart/form-data")


def test_without_a_witness_the_page_says_how_to_get_one(site: Site) -> None:
    text = site.visitor("thu").get(PAGE).text
    assert "Chưa khai bên chứng kiến nào" in text and "cchc-flow witness init" in text
    assert "đầu mối CCHC hoặc quản trị khai khóa đó" in text
    assert 'role="alert"' not in text


def test_a_witness_that_has_seen_nothing_is_warned_of_until_its_answer_is_taken(
    site: Site, witness: Witness
) -> None:
    thu = site.visitor("thu")
    assert "Chỉ có 0 bên chứng kiến trong 7 ngày gần đây, cần 1" in thu.get(PAGE).text
    key_id = witness.key.key_id.hex()
    asked = thu.get(f"/xa-mau/witnesses/request?witness={key_id}").text
    note = asked.partition("\n\n")[2] + witness.answer(asked).text
    assert hand_in(site, note.encode()).status_code == 303
    page = thu.get(PAGE).text
    assert "Còn mới" in page and 'role="alert"' not in page
    assert thu.get(f"/xa-mau/witnesses/{key_id}.txt").text == note


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "Chưa chọn tệp nào"),
        (b"g\xec", "không phải là dấu niêm phong"),
        (b"a\n1\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 a AAAAAAA=\n", "không có chữ ký của bên chứng kiến nào"),
    ],
)
def test_a_file_that_is_no_answer_is_told_beside_its_field(
    site: Site, witness: Witness, content: bytes | None, words: str
) -> None:
    answer = hand_in(site, content)
    assert answer.status_code == 422 and words in answer.text
    assert 'id="answer-error"' in answer.text


def test_an_answer_is_refused_in_words_also_when_nobody_is_named_any_more(site: Site) -> None:
    answer = hand_in(site, b"x")
    assert answer.status_code == 422 and "không phải là dấu niêm phong" in answer.text


def test_a_witness_that_nobody_named_is_not_found(site: Site, witness: Witness) -> None:
    thu = site.visitor("thu")
    assert thu.get("/xa-mau/witnesses/request?witness=00000000").status_code == 404
    assert thu.get(f"/xa-mau/witnesses/{witness.key.key_id.hex()}.txt").status_code == 404


def test_asking_tells_whom_it_could_not_ask(site: Site, world: World, witness: Witness) -> None:
    row = {"key": str(witness.key), "address": "http://127.0.0.1:9"}
    commands.change_setting(world.ws, "witnesses", {"witnesses": [row]}, "QĐ 4", world.order("hoa"))
    thu = site.visitor("thu")
    answer = thu.post(
        "/xa-mau/witnesses/asks", data={"csrf_token": csrf(thu.get(PAGE).text)}, follow_redirects=True
    )
    assert "Không hỏi được «thanh-tra.example»" in answer.text


def test_an_unusable_key_or_address_is_told_in_its_row(site: Site) -> None:
    hoa = site.visitor("hoa")
    page = hoa.get("/xa-mau/settings/witnesses").text
    path = "/xa-mau/settings/witnesses/changes"
    typed = {
        "needed": "1",
        "days": "7",
        "source": "QĐ 3",
        "witnesses-0-key": "không phải khóa",
        "witnesses-0-address": "ftp://x",
    }
    answer = hoa.post(path, data=hidden(page, path) | typed)
    assert answer.status_code == 422
    assert "Dòng 1: Khóa kiểm tra không đúng dạng" in answer.text
    assert "không phải là địa chỉ web" in answer.text


def test_only_auditors_ask_and_take(site: Site) -> None:
    assert hand_in(site, b"x", login="lan").status_code == 403
    assert site.visitor("lan").get("/xa-mau/witnesses/request").status_code == 403


def test_the_same_key_under_two_names_is_not_two_witnesses(world: World, witness: Witness) -> None:
    other_name = WitnessKey("khac.example", witness.key.public)
    rows = [{"key": str(key), "address": ""} for key in (witness.key, other_name)]
    with pytest.raises(MissingData) as refused:
        commands.change_setting(world.ws, "witnesses", {"witnesses": rows}, "QĐ 4", world.order("hoa"))
    assert refused.value.fields == {"witnesses-1-key": "Dòng 2: Khóa này, dưới tên khác, đã có ở dòng 1."}


def test_more_witnesses_that_are_needed_than_named_are_missed(world: World, witness: Witness) -> None:
    row = {"key": str(witness.key), "address": ""}
    value = {"witnesses": [row], "needed": 2}
    commands.change_setting(world.ws, "witnesses", value, "QĐ 4", world.order("hoa"))
    take_answer(world.ws, cosign(world, witness))
    assert load_witnessing(world.ws).warnings == [
        "Chỉ có 1 bên chứng kiến trong 7 ngày gần đây, cần 2: hãy hỏi lại các bên chứng kiến."
    ]


def test_a_cosignature_of_the_future_is_not_taken_and_never_counts_as_fresh(
    world: World, tmp_path: Path, witness: Witness
) -> None:
    hasty = Witness(tmp_path / "stick", lambda: world.ws.now() + timedelta(days=400))
    note = cosign(world, hasty)
    with pytest.raises(BadInput, match="sau giờ của máy chủ"):
        take_answer(world.ws, note)
    kept = CosignedCheckpoints(world.ws.folder)
    kept.keep(witness.key, parse_cosigned(note.decode(), witness.key))  # as somebody puts it into the folder
    witnessing = load_witnessing(world.ws)
    assert not witnessing.states[0].is_fresh and witnessing.warnings


def test_an_answer_of_before_a_fork_was_told_does_not_hide_it(world: World, witness: Witness) -> None:
    note = cosign(world, witness)
    take_answer(world.ws, note)
    CosignedCheckpoints(world.ws.folder).keep_fork(witness.key, "Nhật ký đã bị lùi lại.")
    take_answer(world.ws, note)
    witnessing = load_witnessing(world.ws)
    assert witnessing.warnings[0] == "Nhật ký đã bị lùi lại." and not witnessing.states[0].is_fresh


def cosign(world: World, witness: Witness) -> bytes:
    """Return the newest checkpoint with the cosignature of a witness that has seen nothing yet."""
    asked = request_for(world.ws, None)
    return (asked.partition("\n\n")[2] + witness.answer(asked).text).encode()
