"""Who is mentioned in a comment: after an @, the full name or the login of a person. Pure."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from cchc_flow.errors import MissingData

_MARK = re.compile(r"(?<![\w.])@")
_LOGIN = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")


def find_mentions(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the people whom a text mentions, sorted; `names` has those who can be, by id.

    Of several names that fit, the longest is meant. Raise MissingData when two people have it: then the login
    says who is meant.
    """
    text = normalize("NFC", text).casefold()
    folded = {person: normalize("NFC", name).casefold() for person, name in names.items()}
    found = (_find_mention(text[mark.end() :], folded, names) for mark in _MARK.finditer(text))
    return tuple(sorted({person for person in found if person}))


def _find_mention(rest: str, folded: Mapping[str, str], names: Mapping[str, str]) -> str | None:
    """Return who is meant by what follows an @, None if it is nobody who can be mentioned."""
    login = _LOGIN.match(rest)
    if login and login[0] in names:
        return login[0]
    fitting = [person for person, name in folded.items() if _begins_with(rest, name)]
    longest = max((len(folded[person]) for person in fitting), default=0)
    meant = sorted(person for person in fitting if len(folded[person]) == longest)
    if len(meant) > 1:
        logins = " hoặc ".join(f"@{person}" for person in meant)
        raise MissingData({"text": f"Có {len(meant)} người tên {names[meant[0]]}: hãy viết {logins}."})
    return meant[0] if meant else None


def _begins_with(rest: str, name: str) -> bool:
    """Tell whether a text begins with a name, and not merely with the beginning of a longer word."""
    return rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum()
