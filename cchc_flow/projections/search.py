"""Search that ignores case and Vietnamese diacritics, and treats đ as d."""

import unicodedata


def search_key(text: str) -> str:
    """Return the text in lower case without diacritics, one character for each of its NFC form."""
    return unicodedata.normalize("NFC", text).translate(_BASE_LETTERS)


class _BaseLetters(dict[int, str]):
    """A table for `str.translate`, in which each letter is worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code).lower())[0]
        self[code] = "d" if base == "đ" else base
        return self[code]


_BASE_LETTERS = _BaseLetters()
