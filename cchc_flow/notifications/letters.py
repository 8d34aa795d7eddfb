"""What people are told by e-mail: one letter for each person and run, which sums up what is new.

A letter holds titles and days, nothing that people typed.
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
from sqlite_utils import Database

from cchc_flow.accounts import Accounts
from cchc_flow.notifications.mail import LetterRefused, MailConnection, mail_connection
from cchc_flow.projections import directory, notices, settings, workflows
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.directory import Person
from cchc_flow.projections.notices import KINDS, Notice
from cchc_flow.settings import Deployment
from cchc_flow.workflow.calendar import ZONE, local_day
from cchc_flow.workspace import Workspace

WHY = "Anh/chị nhận thư này vì đã chọn nhận thông báo qua thư điện tử. Để đổi lựa chọn hoặc thôi nhận, mở"


class Delivery(msgspec.Struct, frozen=True):
    """How many letters the mail server took, and whose it did not."""

    letters: int = 0
    refused: tuple[str, ...] = ()


class MailDigest(msgspec.Struct, frozen=True):
    """What one person is to be told: notices of the kinds chosen, the newest first."""

    person: Person
    address: str
    notices: tuple[Notice, ...]
    upto: int


def send_mail_digests(ws: Workspace, accounts: Accounts, deployment: Deployment) -> Delivery:
    """Send every person who wants it what is new, and keep up to where; raise MailServerFails.

    One run at a time: what another process is sending now is not sent again. What was handed over before the
    server failed stays noted.
    """
    if deployment.mail is None:
        return Delivery()
    with _mail_lock(ws):
        news = list(_pending_digests(ws, accounts))
        if not news:
            return Delivery()
        with mail_connection(deployment.mail) as post:
            refused = [one.person.id for one in news if not _send_digest(ws, accounts, deployment, post, one)]
    return Delivery(len(news) - len(refused), tuple(refused))


def compose_letter(ws: Workspace, news: MailDigest, deployment: Deployment) -> EmailMessage:
    """Return the letter that tells a person the news."""
    sender = deployment.mail.sender if deployment.mail else ""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = Address(_one_line(news.person.name), addr_spec=news.address)
    message["Subject"] = f"[{_one_line(ws.title)}] {_subject(news)}"
    message["Date"] = format_datetime(ws.now().astimezone(ZONE))
    domain = parseaddr(sender)[1].partition("@")[2]
    message["Message-ID"] = f"<{ws.name}.{quote(news.person.id)}.{news.notices[0].position}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if deployment.url:
        message["List-Unsubscribe"] = f"<{deployment.url}/{ws.name}/account>"
    message.set_content(_body(ws, news, deployment))
    return message


def _pending_digests(ws: Workspace, accounts: Accounts) -> Iterator[MailDigest]:
    db = ws.read()
    for login, wanted in accounts.personal.mail_subscribers().items():
        person = directory.person(db, login)
        if person is None or not person.active or wanted.address is None:
            continue
        upto = notices.newest_position(db, login)
        after = max(wanted.mailed, accounts.personal.last_read_position(login))
        new = notices.notices(db, login, after=after, kinds=wanted.kinds) if wanted.kinds else []
        found = [one for one in new if _is_pending(db, one, login)]
        if found:
            yield MailDigest(person, wanted.address, tuple(found), upto)
        elif upto > wanted.mailed:
            accounts.personal.record_mailed_position(login, upto)


def _is_pending(db: Database, notice: Notice, person: str) -> bool:
    """Tell whether a notice still asks for something: what was settled since need not be told."""
    item = items.item(db, notice.item)
    if workflows.workflow(db, item.kind, item.workflow).state(item.state).final:
        return notice.kind == "extension_decided"
    match notice.kind:
        case "reminded":
            return not item.accepted
        case "assigned":
            return item.lead is not None and item.officer in (None, person)
        case "returned":
            return item.submitted_by is None
        case "submitted":
            return item.submitted_by is not None and not item.accepted
        case "extension_requested":
            return item.extension is not None
        case _:
            return True


def _send_digest(
    ws: Workspace, accounts: Accounts, deployment: Deployment, post: MailConnection, news: MailDigest
) -> bool:
    """Send one letter; return False when the server does not take it."""
    try:
        post.send(compose_letter(ws, news, deployment))
    except LetterRefused as error:
        if error.is_final:
            accounts.personal.record_refused_address(news.person.id, ws.now())
        return False
    accounts.personal.record_mailed_position(news.person.id, news.upto)
    return True


def _subject(news: MailDigest) -> str:
    works = {one.item for one in news.notices}
    if {one.kind for one in news.notices} == {"reminded"}:
        return f"Nhắc hạn {len(works)} công việc"
    return f"{len(news.notices)} thông báo mới về công việc"


def _body(ws: Workspace, news: MailDigest, deployment: Deployment) -> str:
    parts = [f"Kính gửi: {news.person.name}"]
    for kind, title in KINDS.items():
        found = {one.item: one for one in reversed(news.notices) if one.kind == kind}
        if found:
            lines = _notice_lines(ws, news.person, [*found.values()][::-1], deployment.url)
            parts.append("\n".join([f"{title}:", *lines]))
    if deployment.url:
        parts.append(f"Xem tất cả trong hộp thư: {deployment.url}/{ws.name}/inbox")
        parts.append(f"{WHY} {deployment.url}/{ws.name}/account")
    else:
        parts.append(f"{WHY} trang «Tài khoản của tôi» trong phần mềm.")
    return "\n\n".join(parts) + "\n"


def _notice_lines(ws: Workspace, reader: Person, found: Sequence[Notice], url: str) -> Iterator[str]:
    """Yield for each notice the item's title, its unit if it is not the reader's, its due day and address."""
    db = ws.read()
    soon, today = settings.effective_settings(db).deadlines.soon, local_day(ws.now())
    names = directory.names(db)
    for notice in found:
        card = queries.card(db, notice.item)
        other = names.get(card.lead, card.lead) if card.lead and card.lead != reader.unit else ""
        known = "; ".join(filter(None, (card.place, other)))
        place = f" ({known})" if known else ""
        badge = queries.due_badge(card, today, soon)
        words = badge.words[:1].lower() + badge.words[1:]
        if badge.kind == "in_time":
            words = f"hạn {card.due_words}"
        elif badge.kind in ("soon", "late"):
            words = f"hạn {card.due_words}, {words}"
        yield f"- {_one_line(card.title)}{place}: {words}"
        if url:
            yield f"  {url}/{ws.name}/items/{quote(card.id)}"


def _one_line(words: str) -> str:
    """Return words on one line, as a header must have them."""
    return " ".join(words.split())


@contextmanager
def _mail_lock(ws: Workspace) -> Iterator[None]:
    """Let one process of this machine send the workspace's mail at a time."""
    ws.private.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (ws.private / "mail.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
