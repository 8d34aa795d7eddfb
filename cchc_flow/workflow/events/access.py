"""Who came in under whose name: sign-in and its refusals, passwords, sessions.

The network address and the browser lie in the vault (`client`) and can be erased.
"""

from cchc_flow.workflow.events.base import Content, Data


class SignedIn(Data, frozen=True, kw_only=True):
    """A person signed in with a password; `session` numbers the session within the workspace."""

    person: str
    session: int
    client: Content


class SignedOut(Data, frozen=True, kw_only=True):
    """A person ended the session in which he or she was."""

    person: str
    session: int


class SessionsEnded(Data, frozen=True, kw_only=True):
    """Other sessions of a person ended: by the person, by a new password, or with the account."""

    person: str
    sessions: tuple[int, ...]


class PasswordSet(Data, frozen=True, kw_only=True):
    """A password was set; the actor is the person, or whoever handed out a temporary one.

    `first` tells that the person had none before.
    """

    person: str
    temporary: bool
    first: bool


class SignInRefused(Data, frozen=True, kw_only=True):
    """Wrong passwords were entered for a known account in the hour that began at `since` (RFC 3339, UTC)."""

    person: str
    since: str
    count: int


class AccountLocked(Data, frozen=True, kw_only=True):
    """So many wrong passwords were entered for an account that no other was compared, up to `until`."""

    person: str
    until: str


class UnknownRefused(Data, frozen=True, kw_only=True):
    """Names that no account has were entered at sign-in, on a local day, so many times in all."""

    day: str
    count: int


class FeedUsed(Data, frozen=True, kw_only=True):
    """Somebody read the calendar at a person's secret address, for the first time on a local day."""

    person: str
    day: str
