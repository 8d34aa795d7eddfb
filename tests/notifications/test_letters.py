"""What people get by e-mail, through a real mail server on this machine."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest
from support.mailbox import PASSWORD, USER, Mailbox, body, certificate, mailbox
from support.visitors import QUICK
from support.world import World

from cchc_flow import commands
from cchc_flow.accounts import Accounts
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.notifications.letters import Delivery, send_mail_digests
from cchc_flow.notifications.mail import MailServerFailed, is_this_machine, mail_connection
from cchc_flow.notifications.reminders import run_reminders
from cchc_flow.projections import directory
from cchc_flow.projections.notices import KINDS
from cchc_flow.settings import Deployment, MailServer

HERE = "https://cchc.xa-mau.gov.vn"
LAN, BINH, HOA = "lan@xa-mau.gov.vn", "binh@xa-mau.gov.vn", "hoa@xa-mau.gov.vn"
ELSEWHERE = "127.1"
"""A name of this machine that does not look like one."""
SECRET_WORDS = "Bà Nguyễn Thị Mận, số 12 thôn 3, chưa nộp."


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as box:
        yield box


@pytest.fixture
def accounts(world: World) -> Accounts:
    """Lan and Bình want their reminders by e-mail."""
    accounts = open_accounts(world.ws, QUICK)
    for login, address in (("lan", LAN), ("binh", BINH)):
        accounts.personal.save_mail_preferences(login, address, ["reminded"], world.ws.log.size())
    world.take("hoa", "assign", lead="phong-kinh-te", officer="lan", due="2026-06-30")
    return accounts


def morning(world: World, day: str) -> None:
    """Let time pass until a morning, the daily round each week, so that reports have opened by their days."""
    end = datetime.fromisoformat(f"{day}T06:30:00+07:00")
    while world.time + timedelta(days=7) < end:
        world.wait(days=7)
        commands.do_scheduled_work(world.ws)
    world.time = end
    run_reminders(world.ws)


def send(world: World, accounts: Accounts, box: Mailbox, url: str = HERE) -> Delivery:
    return send_mail_digests(world.ws, accounts, Deployment(box.server, url))


def test_one_letter_sums_up_what_is_due_and_says_how_to_change_the_choice(world, accounts, box) -> None:
    world.take("hoa", "assign", "2026-III.1.1", lead="phong-kinh-te", officer="lan", due="2026-06-28")
    morning(world, "2026-06-27")
    assert send(world, accounts, box) == Delivery(2)
    (letter,) = [sent for sent in box.letters if LAN in sent["To"]]
    assert letter["Subject"] == "[xã Mẫu] Nhắc hạn 2 công việc"
    assert letter["From"] == "CCHC xã Mẫu <cchc@xa-mau.gov.vn>"
    assert letter["To"] == f"Trần Thị Lan <{LAN}>"
    assert letter["Date"] == "Sat, 27 Jun 2026 06:30:00 +0700"
    assert letter["List-Unsubscribe"] == f"<{HERE}/xa-mau/account>"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = body(letter)
    assert "Kính gửi: Trần Thị Lan" in text
    assert "- Rà soát thủ tục (III.2.3.1): hạn 30/06/2026, còn 3 ngày" in text
    assert "- Ban hành văn bản (III.1.1): hạn 28/06/2026, còn 1 ngày" in text
    assert f"{HERE}/xa-mau/items/2026-III.2.3.1" in text
    assert f"{HERE}/xa-mau/account" in text


def test_vietnamese_survives_and_the_wire_is_plain_text_of_short_ascii_lines(world, accounts, box) -> None:
    morning(world, "2026-06-27")
    send(world, accounts, box)
    (letter,) = [sent for sent in box.letters if LAN in sent["To"]]
    assert (letter.get_content_type(), letter.get_content_charset()) == ("text/plain", "utf-8")
    for raw in box.raw:
        assert raw.isascii()
        assert max(map(len, raw.splitlines())) <= 998


def test_without_an_address_of_this_site_no_letter_links_anywhere(world, accounts, box) -> None:
    morning(world, "2026-06-27")
    send(world, accounts, box, url="")
    assert all("http" not in body(letter) and letter["List-Unsubscribe"] is None for letter in box.letters)
    assert all("Tài khoản của tôi" in body(letter) for letter in box.letters)


def test_nothing_is_sent_twice(world, accounts, box) -> None:
    morning(world, "2026-06-27")
    assert send(world, accounts, box).letters == 2  # Bình hears of the reports of his unit
    assert send(world, accounts, box) == Delivery()
    morning(world, "2026-06-29")
    send(world, accounts, box)
    assert len(box.to(LAN)) == 2


def test_many_who_send_at_once_send_one_letter(world, accounts, box) -> None:
    morning(world, "2026-06-27")

    def once(_: int) -> int:
        ws = commands.open_workspace(world.data, world.ws.name, world.ws.now)
        try:
            return send_mail_digests(ws, open_accounts(ws, QUICK), Deployment(box.server, HERE)).letters
        finally:
            ws.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(once, range(6))) == 2
    assert len(box.letters) == 2


def test_only_chosen_kinds_are_sent_and_what_people_typed_never_is(world, accounts, box) -> None:
    accounts.personal.save_mail_preferences("hoa", HOA, KINDS, world.ws.log.size())
    world.take("lan", "start")
    world.take("lan", "ask_extension", due="2026-07-20", reason=SECRET_WORDS)
    world.take("lan", "submit", result=SECRET_WORDS)
    world.take("nam", "return", reason=SECRET_WORDS, defects="1")
    world.take("hoa", "remind", text=SECRET_WORDS)
    assert send(world, accounts, box).letters == 3
    (hoa,), (lan,) = box.to(HOA), box.to(LAN)
    assert "Đề nghị gia hạn:" in hoa and "Nhắc hạn, đôn đốc:" in lan and "trả lại" not in lan
    assert not any("Mận" in body(letter) for letter in box.letters)


def test_a_letter_of_several_kinds_has_a_paragraph_for_each(world, accounts, box) -> None:
    accounts.personal.save_mail_preferences("hoa", HOA, KINDS, world.ws.log.size())
    world.take("lan", "start")
    world.take("lan", "ask_extension", due="2026-07-20", reason="Chờ số liệu.")
    world.take("lan", "submit", result="Xong.")
    send(world, accounts, box)
    (letter,) = box.letters
    assert letter["Subject"] == "[xã Mẫu] 2 thông báo mới về công việc"
    line = "- Rà soát thủ tục (III.2.3.1; Phòng Kinh tế): hạn 30/06/2026\n"
    assert f"Đề nghị gia hạn:\n{line}" in body(letter) and f"Kết quả chờ duyệt:\n{line}" in body(letter)


def test_what_was_settled_meanwhile_is_not_told_as_if_it_waited(world, accounts, box) -> None:
    accounts.personal.save_mail_preferences("hoa", HOA, KINDS, world.ws.log.size())
    world.take("lan", "start")
    world.take("lan", "ask_extension", due="2026-07-20", reason="Chờ số liệu.")
    world.take("nam", "refuse_extension", reason="Không đủ lý do.")
    world.take("lan", "submit", result="Xong.")
    world.take("nam", "approve", quality="met")
    assert send(world, accounts, box) == Delivery()
    world.take("nam", "close")
    morning(world, "2026-06-29")
    send(world, accounts, box)
    assert not any("Rà soát thủ tục" in body(letter) for letter in box.letters)


def test_the_parts_of_one_task_are_told_apart_by_period_and_unit(world, accounts, box) -> None:
    accounts.personal.save_mail_preferences("hoa", HOA, ["reminded"], world.ws.log.size())
    units = ["phong-kinh-te", "tram-y-te"]
    world.take("hoa", "distribute", "2026-III.2.10", units=units, cadence="monthly", due_day="25")
    morning(world, "2026-03-24")
    send(world, accounts, box)
    (hoa,), (binh,) = box.to(HOA), box.to(BINH)
    assert "- Công khai thủ tục (III.2.10 · tháng 3/2026; Trạm Y tế): hạn 25/03/2026, còn 1 ngày" in hoa
    assert "- Công khai thủ tục (III.2.10 · tháng 3/2026): hạn 25/03/2026, còn 1 ngày" in binh


def test_a_name_with_commas_and_quotes_is_one_recipient(world, accounts, box) -> None:
    commands.change_person(world.ws, "lan", 'Trần "Út", Thị\nLan', None, "phong-kinh-te", True, world.order())
    morning(world, "2026-06-27")
    send(world, accounts, box)
    (letter,) = [sent for sent in box.letters if LAN in sent["To"]]
    (address,) = letter["To"].addresses
    assert (address.display_name, address.addr_spec) == ('Trần "Út", Thị Lan', LAN)


def test_a_choice_made_later_does_not_dig_up_what_is_past(world, accounts, box) -> None:
    world.take("hoa", "hand_over", lead="phong-kinh-te", officer="binh", reason="Phân công lại.")
    assert send(world, accounts, box) == Delivery()
    accounts.personal.save_mail_preferences("binh", BINH, KINDS, world.ws.log.size())
    assert send(world, accounts, box) == Delivery()
    morning(world, "2026-06-27")
    accounts.personal.save_mail_preferences("hoa", HOA, KINDS, world.ws.log.size())
    send(world, accounts, box)
    assert box.to(HOA) == []


def test_what_was_read_in_the_inbox_is_not_sent(world, accounts, box) -> None:
    morning(world, "2026-06-27")
    accounts.personal.mark_read("lan", world.ws.log.size())
    send(world, accounts, box)
    assert box.to(LAN) == []


def test_who_left_gets_no_letter(world, accounts, box) -> None:
    morning(world, "2026-06-27")
    person = directory.person(world.ws.read(), "lan")
    commands.change_person(world.ws, "lan", person.name, None, person.unit, False, world.order())
    send(world, accounts, box)
    assert box.to(LAN) == []


def test_an_address_that_is_refused_holds_up_nobody_and_is_noted(world, accounts, box) -> None:
    morning(world, "2026-06-29")
    box.refuses[BINH] = "550 No such user"
    assert send(world, accounts, box) == Delivery(1, ("binh",))
    assert accounts.personal.mail_preferences("binh").refused is not None
    box.refuses.clear()
    assert send(world, accounts, box) == Delivery(1)
    assert accounts.personal.mail_preferences("binh").refused is None


def test_a_server_that_asks_for_patience_gets_the_letter_at_the_next_run(world, accounts, box) -> None:
    morning(world, "2026-06-29")
    box.refuses[BINH] = "450 Greylisted"
    assert send(world, accounts, box) == Delivery(1, ("binh",))
    assert accounts.personal.mail_preferences("binh").refused is None
    box.refuses.clear()
    assert send(world, accounts, box) == Delivery(1)


def test_a_server_that_is_down_leaves_everything_for_the_next_run(world, accounts, box) -> None:
    morning(world, "2026-06-27")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        down = msgspec.structs.replace(box.server, port=closed.getsockname()[1])
        with pytest.raises(MailServerFailed, match=r"Không gửi được thư qua 127\.0\.0\.1:.*lần chạy sau"):
            send_mail_digests(world.ws, accounts, Deployment(down, HERE))
    assert send(world, accounts, box).letters == 2


def test_a_server_that_fails_half_way_has_what_it_took_and_gets_the_rest_once(world, accounts, box) -> None:
    morning(world, "2026-06-29")
    box.breaks_after = 1
    with pytest.raises(MailServerFailed):
        send(world, accounts, box)
    box.breaks_after = None
    assert send(world, accounts, box) == Delivery(1)
    assert (len(box.to(LAN)), len(box.to(BINH))) == (1, 1)


def letter() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "cchc@xa-mau.gov.vn", LAN, "Thử"
    message.set_content("Thử")
    return message


def post(server: MailServer) -> None:
    with mail_connection(server) as connection:
        connection.send(letter())


def test_a_server_that_begins_encrypted_is_believed_with_a_known_certificate_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate_path, context = certificate(tmp_path)
    with mailbox(ssl_context=context) as box:
        with pytest.raises(MailServerFailed, match="certificate"):
            post(box.server)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate_path))
        post(box.server)
    assert box.encrypted == [True]


def test_a_password_goes_to_a_server_that_turns_to_encryption(tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with mailbox(tls_context=context, require_starttls=True, auth=True) as box:
        post(msgspec.structs.replace(box.server, user=USER, password=PASSWORD))
    assert (box.encrypted, box.users) == ([True], [USER])


def test_a_wrong_password_is_one_sentence_without_the_password(tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with (
        mailbox(tls_context=context, auth=True) as box,
        pytest.raises(MailServerFailed, match="535") as failure,
    ):
        post(msgspec.structs.replace(box.server, user=USER, password="khong-dung"))
    assert "khong-dung" not in str(failure.value)


def test_a_password_is_never_sent_in_the_clear_to_another_machine() -> None:
    with mailbox() as box, pytest.raises(MailServerFailed, match="không mã hóa"):
        post(msgspec.structs.replace(box.server, user=USER, password=PASSWORD, host=ELSEWHERE))
    assert box.users == []


def test_another_machine_must_show_a_known_certificate_when_it_turns_to_encryption(tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with mailbox(tls_context=context) as box, pytest.raises(MailServerFailed, match="certificate"):
        post(msgspec.structs.replace(box.server, host=ELSEWHERE))
    assert [is_this_machine(host) for host in ("localhost", "::1", "thu.xa-mau.gov.vn")] == [
        True,
        True,
        False,
    ]
    assert box.letters == []
