"""Search that ignores case and Vietnamese diacritics, and treats đ as d."""

import unicodedata


def search_key(text: str) -> str:
    """Return the text in lower case without diacritics, one character for each of its NFC form."""
    return "".join(_base_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _base_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter.lower())[0]
    return "d" if base == "đ" else base
