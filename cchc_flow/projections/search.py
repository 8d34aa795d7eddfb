"""Words as people look for them: without marks, case or the difference between đ and d."""

import unicodedata


def search_key(text: str) -> str:
    """Return the text lower-case and without marks, one character for one of the NFC text."""
    return "".join(_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter.lower())[0]
    return "d" if base == "đ" else base
