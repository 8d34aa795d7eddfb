"""Mail digests: at each run one letter for each recipient, which sums up the new notices.

A letter holds titles and days, and no text that people typed.
"""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import quote

import msgspec

from cchc_flow.accounts import Accounts
from cchc_flow.notifications.mail import LetterRefused, MailConnection, mail_connection
from cchc_flow.projections import directory, notices, settings
from cchc_flow.projections.cards import queries
from cchc_flow.projections.directory import Person
from cchc_flow.projections.notices import KINDS, PASSWORD_RESET, TITLES, Notice
from cchc_flow.settings import Deployment
from cchc_flow.workflow.calendar import ZONE, local_day, moment_words
from cchc_flow.workflow.typed_text import lower_first
from cchc_flow.workspace import Workspace

WHY = "Anh/chị nhận thư này vì đã chọn nhận thông báo qua thư điện tử. Để đổi lựa chọn hoặc thôi nhận, mở"


class Delivery(msgspec.Struct, frozen=True):
    """How many letters the mail server accepted, and the logins of the recipients it refused."""

    letters: int = 0
    refused: tuple[str, ...] = ()


class MailDigest(msgspec.Struct, frozen=True):
    """A recipient's unsent notices, the newest first, up to which position they were collected."""

    person: Person
    address: str
    notices: tuple[Notice, ...]
    upto: int


def send_mail_digests(ws: Workspace, accounts: Accounts, deployment: Deployment) -> Delivery:
    """Send a letter to every subscriber with new notices; raise MailServerFailed.

    A lock keeps other processes from sending the same letters. How far a recipient was informed is recorded
    after each letter, so that after a failure only the others are sent again.
    """
    if deployment.mail is None:
        return Delivery()
    with _mail_lock(ws):
        digests = list(_pending_digests(ws, accounts))
        if not digests:
            return Delivery()
        with mail_connection(deployment.mail) as connection:
            refused = [
                digest.person.id
                for digest in digests
                if not _send_digest(ws, accounts, deployment, connection, digest)
            ]
    return Delivery(len(digests) - len(refused), tuple(refused))


def compose_letter(ws: Workspace, digest: MailDigest, deployment: Deployment) -> EmailMessage:
    """Return the e-mail with a recipient's digest."""
    sender = deployment.mail.sender if deployment.mail else ""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = Address(_one_line(digest.person.name), addr_spec=digest.address)
    message["Subject"] = f"[{_one_line(ws.title)}] {_subject(digest)}"
    message["Date"] = format_datetime(ws.now().astimezone(ZONE))
    domain = parseaddr(sender)[1].partition("@")[2]
    message["Message-ID"] = f"<{ws.name}.{quote(digest.person.id)}.{digest.notices[0].position}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if deployment.url:
        message["List-Unsubscribe"] = f"<{deployment.url}/{ws.name}/account>"
    message.set_content(_body(ws, digest, deployment))
    return message


def _pending_digests(ws: Workspace, accounts: Accounts) -> Iterator[MailDigest]:
    """Yield the digest of each active subscriber with new notices; record what needs no letter."""
    db = ws.read()
    for login, choice in accounts.personal.mail_subscribers().items():
        person = directory.person(db, login)
        if person is None or not person.active or choice.address is None:
            continue
        upto = notices.newest_position(db, login)
        after = max(choice.mailed, accounts.personal.last_read_position(login))
        kinds = (*choice.kinds, PASSWORD_RESET)
        pending = notices.notices(db, login, after=after, kinds=kinds, only_open=True)
        if pending:
            yield MailDigest(person, choice.address, tuple(pending), upto)
        elif upto > choice.mailed:
            accounts.personal.record_mailed_position(login, upto)


def _send_digest(
    ws: Workspace, accounts: Accounts, deployment: Deployment, connection: MailConnection, digest: MailDigest
) -> bool:
    """Send one letter and record it; return False if the server refuses it."""
    try:
        connection.send(compose_letter(ws, digest, deployment))
    except LetterRefused as error:
        if error.is_final:
            accounts.personal.record_refused_address(digest.person.id, ws.now())
        return False
    accounts.personal.record_mailed_position(digest.person.id, digest.upto)
    return True


def _subject(digest: MailDigest) -> str:
    if any(notice.kind == PASSWORD_RESET for notice in digest.notices):
        return "Mật khẩu của anh/chị đã được người khác đặt lại"
    item_ids = {notice.item for notice in digest.notices}
    if {notice.kind for notice in digest.notices} == {"reminded"}:
        return f"Nhắc hạn {len(item_ids)} công việc"
    return f"{len(digest.notices)} thông báo mới về công việc"


def _body(ws: Workspace, digest: MailDigest, deployment: Deployment) -> str:
    parts = [f"Kính gửi: {digest.person.name}", *_reset_paragraphs(ws, digest)]
    for kind, title in KINDS.items():
        newest_by_item = {notice.item: notice for notice in reversed(digest.notices) if notice.kind == kind}
        if newest_by_item:
            lines = _notice_lines(ws, digest.person, [*newest_by_item.values()][::-1], deployment.url)
            parts.append("\n".join([f"{title}:", *lines]))
    if deployment.url:
        parts.append(f"Xem tất cả trong hộp thư: {deployment.url}/{ws.name}/inbox")
        parts.append(f"{WHY} {deployment.url}/{ws.name}/account")
    else:
        parts.append(f"{WHY} trang «Tài khoản của tôi» trong phần mềm.")
    return "\n\n".join(parts) + "\n"


def _reset_paragraphs(ws: Workspace, digest: MailDigest) -> Iterator[str]:
    """Yield a paragraph for each time that somebody else set the recipient's password anew."""
    names = directory.names(ws.read())
    for notice in digest.notices:
        if notice.kind == PASSWORD_RESET:
            event = ws.log.event(notice.position)
            actor, moment = names.get(event.actor, event.actor), moment_words(event.recordedtime)
            yield (
                f"{TITLES[PASSWORD_RESET]}: {actor} đã cấp mật khẩu tạm mới cho tài khoản của anh/chị"
                f" lúc {moment}. Nếu anh/chị không nhờ việc này, hãy đổi mật khẩu và báo lãnh đạo hoặc"
                " người kiểm tra."
            )


def _notice_lines(ws: Workspace, reader: Person, kind_notices: Sequence[Notice], url: str) -> Iterator[str]:
    """Yield for each notice a line with title, unit (if not the reader's) and due day, then its link."""
    db = ws.read()
    soon, today = settings.effective_settings(db).deadlines.soon, local_day(ws.now())
    names = directory.names(db)
    for notice in kind_notices:
        card = queries.card(db, notice.item)
        other = names.get(card.lead, card.lead) if card.lead and card.lead != reader.unit else ""
        details = "; ".join(filter(None, (card.place, other)))
        place = f" ({details})" if details else ""
        badge = queries.full_badge(card, today, soon)
        words = lower_first(badge.words)
        if badge.kind == "in_time":
            words = f"hạn {card.due_words}"
        elif badge.kind in ("soon", "late"):
            words = f"hạn {card.due_words}, {words}"
        yield f"- {_one_line(card.title)}{place}: {words}"
        if url:
            yield f"  {url}/{ws.name}/items/{quote(card.id)}"


def _one_line(words: str) -> str:
    """Return a text on one line, as a mail header requires."""
    return " ".join(words.split())


@contextmanager
def _mail_lock(ws: Workspace) -> Iterator[None]:
    """Hold the lock by which only one process of this machine sends a workspace's mail at a time."""
    ws.private.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (ws.private / "mail.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
