"""Parameters of an address that its page does not know: they are told, and never passed over in silence."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches

SHOWN = 40


def unknown_parameter_words(parameters: Mapping[str, str], known: Collection[str]) -> tuple[str, ...]:
    """Return a sentence for each parameter with a value that is not known, and which one is most like it."""
    return tuple(
        _sentence(name, known)
        for name, value in parameters.items()
        if value.strip() and name not in known and not name.startswith("_")
    )


def _sentence(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, 1)
    hint = f" Có phải ý bạn là «{near[0]}»?" if near else f" Các điều kiện có: {', '.join(known)}."
    return f"Địa chỉ có điều kiện lạ «{name[:SHOWN]}», không được tính đến.{hint}"
