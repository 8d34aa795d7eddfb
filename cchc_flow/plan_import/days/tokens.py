"""Cuts a Vietnamese text into the words, numbers and marks that the grammar of days and numbers reads."""

import re
from collections.abc import Collection, Sequence
from typing import Literal

import msgspec

PATTERN = re.compile(r"(?P<digits>\d+)|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s]|_)")
SPELLINGS = {
    "quí": "quý", "hàng": "hằng", "kì": "kỳ", "mồng": "mùng", "tỉ": "tỷ", "ngàn": "nghìn", "bẩy": "bảy",
    "–": "-", "—": "-", "‑": "-", "−": "-",
}  # fmt: skip
"""Other spellings of one word or mark; «hàng quý» and «hằng quý» are the same."""
QUARTER_NAME = re.compile(r"q(i{1,3}|iv)")


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word in lower case, number in digits or mark, from `start` to `end` in the text.

    `is_apart` says that a space stands before it.
    """

    kind: Literal["word", "digits", "mark"]
    text: str
    start: int
    end: int
    is_apart: bool = True


END = Token("mark", "", 0, 0)
"""What stands behind the last token."""


class Tokens:
    """The tokens of a text; beyond both ends there are empty marks, so that nobody has to ask for them."""

    def __init__(self, text: str, plan_year: int | None = None) -> None:
        self.text = text
        self.plan_year = plan_year
        self._tokens = cut(text)

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, place: int) -> Token:
        return self._tokens[place] if 0 <= place < len(self._tokens) else END

    def is_word(self, place: int, *words: str) -> bool:
        """Return whether one of these words or marks stands at a place."""
        return self[place].text in words

    def after_words(self, place: int, phrase: str) -> int | None:
        """Return the place behind a phrase that begins at `place`, or None if it does not stand there."""
        if not phrase.startswith(self[place].text or " "):
            return None
        words = phrase.split(" ")
        if all(self[place + offset].text == word for offset, word in enumerate(words)):
            return place + len(words)
        return None

    def after_any(self, place: int, phrases: Sequence[str]) -> int | None:
        """Return the place behind the first of these phrases that begins at `place`, or None."""
        return next((end for phrase in phrases if (end := self.after_words(place, phrase)) is not None), None)

    def skip(self, place: int, words: Collection[str], most: int = 4) -> int:
        """Return the place behind at most `most` of these words."""
        end = place
        while end < place + most and self[end].text in words and self[end].text:
            end += 1
        return end

    def ends_with(self, place: int, phrase: str) -> bool:
        """Return whether a phrase ends right before a place."""
        words = phrase.split(" ")
        return self.after_words(place - len(words), phrase) == place if place >= len(words) else False

    def digits(self, place: int, longest: int = 2) -> int | None:
        """Return the whole number of at most so many digits at a place, or None."""
        token = self[place]
        return int(token.text) if token.kind == "digits" and len(token.text) <= longest else None


def cut(text: str) -> list[Token]:
    """Return the tokens of a text in order; the text must be in NFC."""
    tokens: list[Token] = []
    end = -1
    for match in PATTERN.finditer(text):
        kind, (start, behind) = match.lastgroup, match.span()
        word = match[0].lower()
        is_apart = start > end
        end = behind
        if kind == "word" and word[0] == "q" and (name := QUARTER_NAME.fullmatch(word)):
            tokens.append(Token("word", "q", start, start + 1, is_apart))
            tokens.append(Token("word", name[1], start + 1, end, is_apart=False))
            continue
        tokens.append(Token(kind, SPELLINGS.get(word, word), start, end, is_apart))  # type: ignore[arg-type]
    return tokens
