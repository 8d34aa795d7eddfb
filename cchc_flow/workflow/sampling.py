"""A fair sample of items: how many, how they are shared out over strata, and which they are. Pure.

The size is that of discovery sampling: if as many items as the tolerable rate says were wrong, a sample in
which none is wrong would be rarer than the confidence allows. The items follow from a seed that nobody can
steer (see `seed_of`), by digests alone, so that everybody can draw the same sample again by hand.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from math import ceil

import msgspec

LARGEST = 1_000
"""How many items a sample may have: its event names each of them."""
NO_STRATUM = "-"
"""The key of the stratum of items without a unit or an area."""
HEX = frozenset("0123456789abcdef")


class Stratum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a population: its key, how many items it `holds`, and how many of these are drawn."""

    key: str
    holds: int
    size: int


def sample_size(population: int, confidence: Fraction, rate: Fraction) -> int:
    """Return the smallest n at which a sample without any wrong item is convincing; at most all items.

    Of N items D = ⌈rate · N⌉ are supposed to be wrong. That none of these is among n items which are drawn
    without replacement has the probability C(N - D, n) / C(N, n) (hypergeometric); n is the smallest for
    which it is at most 1 - confidence. The computation is exact.
    """
    wrong = max(1, ceil(rate * population))
    missed, possible, size = 1, 1, 0
    while size < population and missed * confidence.denominator > possible * (
        confidence.denominator - confidence.numerator
    ):
        missed *= max(0, population - wrong - size)
        possible *= population - size
        size += 1
    return size


def size_without_end(confidence: Fraction, rate: Fraction) -> int:
    """Return the size for a population without end: the smallest n with (1 - rate)^n ≤ 1 - confidence.

    For 95 % and 5 % that is 59.
    """
    missed, possible, size = 1, 1, 0
    while missed * confidence.denominator > possible * (confidence.denominator - confidence.numerator):
        missed *= rate.denominator - rate.numerator
        possible *= rate.denominator
        size += 1
    return size


def share_out(size: int, held: Mapping[str, int]) -> tuple[Stratum, ...]:
    """Return the strata with their sizes, in proportion to what they hold, and each with at least one item.

    A stratum whose share is below one gets one; what is left is shared among the others anew. Shares are cut
    to whole numbers, and the largest remainders get one more, of equal ones the first key: so the sizes add
    up. With fewer items than strata the sample is as large as there are strata.
    """
    left, shares = max(size, len(held)), dict[str, Fraction | int]()
    others = dict(held)
    while others:
        total = sum(others.values())
        quotas = {key: Fraction(left * number, total) for key, number in others.items()}
        small = [key for key, quota in quotas.items() if quota < 1]
        if not small:
            shares |= quotas
            break
        for key in small:
            shares[key] = 1
            del others[key]
        left -= len(small)
    sizes = {key: int(share) for key, share in shares.items()}
    rest = max(size, len(held)) - sum(sizes.values())
    by_remainder = sorted(shares, key=lambda key: (sizes[key] - shares[key], key))
    for key in by_remainder[:rest]:
        sizes[key] += 1
    return tuple(Stratum(key, held[key], sizes[key]) for key in sorted(held))


def population_digest(items: Iterable[tuple[str, str]]) -> str:
    """Return the SHA-256 (hex) of a population: a line «stratum, tab, item» for each, in sorted order."""
    lines = sorted(f"{stratum}\t{item}\n" for stratum, item in items)
    return sha256("".join(lines).encode()).hexdigest()


def commitment_of(secret: str) -> str:
    """Return the SHA-256 (hex) by which an inspector commits to a secret before the root is known."""
    return sha256(secret.encode()).hexdigest()


def seed_of(root: str, secret: str) -> str:
    """Return the seed: the SHA-256 (hex) of «root:secret», the root in base64 as in its checkpoint."""
    return sha256(f"{root}:{secret}".encode()).hexdigest()


def mark_of(seed: str, item: str) -> str:
    """Return the SHA-256 (hex) of «seed:item», by which the items of a stratum are put in order."""
    return sha256(f"{seed}:{item}".encode()).hexdigest()


def draw(seed: str, items: Mapping[str, Sequence[str]], strata: Sequence[Stratum]) -> list[tuple[str, str]]:
    """Return (stratum, item) of the sample: of each stratum the first items in the order of their marks."""
    return [
        (stratum.key, item)
        for stratum in strata
        for item in sorted(items[stratum.key], key=lambda item: mark_of(seed, item))[: stratum.size]
    ]
