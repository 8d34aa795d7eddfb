"""What an inspector asks: a question with its rule and its parameters, and the hits that answer it."""

from collections.abc import Mapping
from datetime import date

import msgspec

from cchc_flow.workflow.shares import format_number

Given = Mapping[str, int | str]
"""The values of a question's parameters by their keys, all of them: numbers, or keys of choices."""


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """What can be set in a question: a whole number from `low` to `high`, or one of the `choices`.

    `unit` stands after the number («ngày»). Choices are (key, words); the `default` is a number or a key.
    """

    key: str
    title: str
    default: int | str
    low: int = 0
    high: int = 1_000_000
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    def words_of(self, value: int | str) -> str:
        """Return a value as it is said in the rule."""
        return dict(self.choices)[str(value)] if self.choices else format_number(value)


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question that is ready to be asked; `key` identifies it among those of its plugin, or of the core.

    `rule` says in whole sentences when something is a hit and when it is not; `{days}` in it stands for the
    value of the parameter with this key.
    """

    key: str
    title: str
    rule: str
    parameters: tuple[Parameter, ...] = ()

    def rule_with(self, given: Given) -> str:
        """Return the rule as it was asked, with the values of its parameters."""
        words = self.rule
        for parameter in self.parameters:
            words = words.replace(f"{{{parameter.key}}}", parameter.words_of(given[parameter.key]))
        return words


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to a plugin's question: `words` say what exactly was found about some `items`, given by id.

    The first of the items is the one that it is about, and each of which the words tell something must be
    among them: who may not read one of them is not shown the words. `on` is the day of what is meant. The
    hits with the highest `rank` come first.
    """

    words: str
    items: tuple[str, ...]
    on: date | None = None
    rank: int = 0
