"""Parameters of an address that its page does not know or has twice: they are told, and never passed over."""

from collections.abc import Collection
from difflib import get_close_matches

from werkzeug.datastructures import MultiDict

SHOWN = 40


def unknown_parameter_words(parameters: MultiDict[str, str], known: Collection[str]) -> tuple[str, ...]:
    """Return a sentence for each parameter that is not taken into account: one that is not known, with the
    one that is most like it, and one that stands there twice, of which the first counts.
    """
    words = []
    for name, values in parameters.lists():
        if name.startswith("_") or not any(value.strip() for value in values):
            continue
        if name not in known:
            words.append(_sentence(name, known))
        elif len(set(values)) > 1:
            words.append(f"Địa chỉ có điều kiện «{name}» nhiều lần: chỉ giá trị đầu được tính đến.")
    return tuple(words)


def _sentence(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, 1)
    hint = f" Có phải ý bạn là «{near[0]}»?" if near else f" Các điều kiện có: {', '.join(known)}."
    return f"Địa chỉ có điều kiện lạ «{name[:SHOWN]}», không được tính đến.{hint}"
