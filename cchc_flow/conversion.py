"""Plain data become values of this program's types, in several threads at once.

msgspec (seen in 0.22.0) works out the fields of a type at its first use. Where two threads use a type for the
first time at once, one of them sees the half-made description and the process ends. So each type is prepared
here, once and under a lock; nothing else of this program lets msgspec meet a type.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

_decoders: dict[Any, Callable[[bytes | str], Any]] = {}
_one_at_a_time = threading.RLock()  # a type may convert values while it is prepared


def convert(data: object, kind: type[T]) -> T:
    """Return plain data (as from JSON) as a value of a type; raise ValidationError of msgspec otherwise."""
    if kind not in _decoders:
        _prepare(kind)
    return msgspec.convert(data, kind)


def decode(text: bytes | str, kind: type[T]) -> T:
    """Return JSON as a value of a type; raise DecodeError of msgspec otherwise."""
    return cast(T, (_decoders.get(kind) or _prepare(kind))(text))


def decoder(kind: type[T], float_hook: Callable[[str], Any] | None = None) -> Callable[[bytes | str], T]:
    """Return what decodes JSON into a type, for one that is met often or reads fractions in its own way."""
    with _one_at_a_time:
        return msgspec.json.Decoder(kind, float_hook=float_hook).decode


def _prepare(kind: Any) -> Callable[[bytes | str], Any]:
    """Let msgspec work out a type's fields, which ends before another thread may see them."""
    with _one_at_a_time:
        if kind not in _decoders:
            _decoders[kind] = msgspec.json.Decoder(kind).decode
        return _decoders[kind]
