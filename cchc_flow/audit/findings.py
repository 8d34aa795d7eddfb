"""What a check found out, one thing after the other, and the verdict that follows."""

from collections.abc import Sequence

import msgspec


class Finding(msgspec.Struct, frozen=True):
    """One thing that was checked: whether it is right (None: that could not be told), and in words."""

    is_right: bool | None
    words: str


def verdict(findings: Sequence[Finding]) -> bool | None:
    """Return False when anything is wrong, None when something could not be told, else True."""
    answers = [finding.is_right for finding in findings]
    return False if False in answers else None if None in answers else True
