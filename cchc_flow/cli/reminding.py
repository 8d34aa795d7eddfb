"""The command that the machine's timer runs each day."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlite_utils.utils import sqlite3

from cchc_flow import commands, settings, workspace
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.accounts.recording import record_access
from cchc_flow.audit.witnessing import ask_all
from cchc_flow.cli.context import Context, pass_context, say
from cchc_flow.commands.reads_upkeep import keep_up_reads
from cchc_flow.errors import CchcError, NotFound
from cchc_flow.homes import DAILY_ROUND, Home, find_home
from cchc_flow.notifications.letters import Delivery, send_mail_digests
from cchc_flow.notifications.reminders import ReminderRun, run_reminders
from cchc_flow.settings import Deployment
from cchc_flow.workspace import Workspace

LEASE_SECONDS = 120.0
RETRY_SECONDS = 1.0


@click.command()
@pass_context
def remind(context: Context) -> int:
    """Mở các kỳ vừa bắt đầu, nhắc các hạn đã đến đợt nhắc, gửi thư; chạy lại không nhắc hai lần."""
    deployment = settings.read_deployment(os.environ)
    names = (
        [context.existing_workspace_name()] if context.workspace_option() else workspace.names(context.data)
    )
    rounds, sent, failed = [], [], 0
    for name in names:
        try:
            with _wait_for_lease(find_home(context.data), name) as is_ours:
                if not is_ours:
                    say(f"Không gian «{name}»: một máy khác đang làm phần việc hằng ngày.")
                elif ws := _open_if_ready(context, name):
                    record_access(ws, open_accounts(ws))
                    rounds.append(run_reminders(ws))
                    _ask_witnesses(ws)
                    sent.append(_send_letters(ws, deployment))
                    keep_up_reads(ws)
        except (CchcError, OSError, sqlite3.DatabaseError) as error:
            failed += 1
            say(" ".join(f"Không gian «{name}»: {error}".split()))
    click.echo(_summary(len(names), rounds, sent, deployment))
    return 1 if failed else 0


@contextmanager
def _wait_for_lease(home: Home, name: str) -> Iterator[bool]:
    """Give whether this process may do the daily round, after a while if another is at it.

    That may be the round of a server, which sends no mail: without a wait no letters would go out that day.
    """
    ends = time.monotonic() + LEASE_SECONDS
    while True:
        with home.lease(name, DAILY_ROUND) as is_ours:
            if is_ours or time.monotonic() > ends:
                yield is_ours
                return
        time.sleep(RETRY_SECONDS)


def _open_if_ready(context: Context, name: str) -> Workspace | None:
    """Open a workspace; return None, after a message, if its creation has not been finished."""
    try:
        return commands.open_workspace(context.data, name, context.now, context.plugins)
    except NotFound as error:
        say(str(error))
        return None


def _ask_witnesses(ws: Workspace) -> None:
    """Have the newest checkpoint cosigned, and print what witnesses did not do."""
    for refused in ask_all(ws):
        say(f"Không gian «{ws.name}»: {refused.words}")


def _send_letters(ws: Workspace, deployment: Deployment) -> Delivery:
    """Send a workspace's due mail and print the people whose mail the server refused."""
    sent = send_mail_digests(ws, open_accounts(ws), deployment)
    for person in sent.refused:
        say(f"Không gian «{ws.name}»: máy chủ thư không nhận thư gửi «{person}».")
    return sent


def _summary(workspaces: int, rounds: list[ReminderRun], sent: list[Delivery], deployment: Deployment) -> str:
    """Return the sentence with the totals of all workspaces: opened, reminded, sent."""
    letters = f"gửi {sum(mail.letters for mail in sent)} thư" if deployment.mail else "chưa đặt máy chủ thư"
    parts = [
        f"Mở {sum(a_round.opened.parts for a_round in rounds)} phần việc, "
        f"{sum(a_round.opened.reports for a_round in rounds)} báo cáo",
        f"nhắc {sum(a_round.reminded for a_round in rounds)} việc",
        letters,
    ]
    if nobody := sum(a_round.nobody for a_round in rounds):
        parts.append(f"{nobody} việc không có ai để nhắc")
    place = f" ({workspaces} không gian làm việc)" if workspaces != 1 else ""
    return "; ".join(parts) + f"{place}."


COMMANDS = (remind,)
