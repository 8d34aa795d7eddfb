"""Words for drawings: without characters that XML does not allow, in lines that fit."""

import re
import textwrap
from collections.abc import Iterator

import msgspec

from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.policy import RELATIONS

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Passage(msgspec.Struct, frozen=True):
    """One way through a step, from a state to one of its ends; `to` is None if the item stays."""

    step: Transition
    from_: str
    to: str | None


def passages(workflow: Workflow) -> Iterator[Passage]:
    """Yield every way through every step, in the order of the definition."""
    for step in workflow.transitions:
        for start in step.from_:
            yield from (Passage(step, start, end) for end in workflow.ends(step) or (None,))


def xml_text(text: str) -> str:
    """Return a text on one line, with U+FFFD for each character that XML does not allow."""
    return " ".join(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text).split())


def wrap_words(text: str, width: int, most: int) -> list[str]:
    """Return a text in at most `most` lines of `width` characters, cut off with «…» if it is longer."""
    return textwrap.wrap(xml_text(text), width, max_lines=most, placeholder="…") or [""]


def actor_words(step: Transition) -> str:
    """Return in Vietnamese who may take a step; relations that this release does not know by their names."""
    return " hoặc ".join(RELATIONS[name][0] if name in RELATIONS else name for name in step.by)
