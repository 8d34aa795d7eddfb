"""The weights of the roles: what each feature says for and against each state, kept as JSON."""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

import msgspec

from cchc_flow.conversion import decode
from cchc_flow.plan_import.roles.constraints import FORBIDDEN, forbidden_pairs
from cchc_flow.plan_import.roles.sequence import Scores, Table
from cchc_flow.plan_import.roles.states import STATES

SHIPPED_FILE = Path(__file__).parent / "weights.json"
VERSION = 1
DIGITS = 2
SMALLEST = 0.03
"""Smaller weights are left out: they change nothing, and there are many."""


class Weights(msgspec.Struct, frozen=True, dict=True):
    """The weights: `features` by name and state, `steps` by «relation state-before» and state.

    `calibration` are pairs of a margin and the share of lines with that margin that were right, on documents
    that the weights were not learned from.
    """

    version: int
    features: dict[str, dict[str, float]]
    steps: dict[str, dict[str, float]]
    calibration: tuple[tuple[float, float], ...] = ()

    @cached_property
    def rows(self) -> dict[str, Scores]:
        """The scores of each feature, one for each state."""
        return {name: _row(scores) for name, scores in self.features.items()}

    def confidence(self, margin: float) -> float:
        """Return how sure a line with this margin is, from 0 to 1: how often such a line was right."""
        pairs = self.calibration
        place = bisect(pairs, margin, key=lambda pair: pair[0])
        if not pairs or place == 0:
            return pairs[0][1] if pairs else 0.5
        if place == len(pairs):
            return pairs[-1][1]
        (low, share), (high, next_share) = pairs[place - 1], pairs[place]
        return round(share + (next_share - share) * (margin - low) / (high - low), 3)

    def step_row(self, name: str) -> Scores:
        """Return the scores of the steps kept under a name, one for each state after."""
        return _row(self.steps.get(name, {}))

    def emission(self, features: Iterable[str]) -> Scores:
        """Return the score of each state for a line with these features."""
        known = self.rows
        rows = [known[name] for name in features if name in known]
        return [float(sum(column)) for column in zip(*rows, strict=True)] if rows else [0.0] * len(STATES)

    @cached_property
    def _tables(self) -> dict[tuple[str, bool], tuple[Table, Table]]:
        return {}

    def tables(self, relation: str, is_row: bool) -> tuple[Table, Table]:
        """Return the scores of steps as `[after][before]` and turned, `[before][after]`."""
        key = (relation, is_row)
        if key not in self._tables:
            turned = step_table(self.steps, relation)
            for before, after in forbidden_pairs(relation, is_row):
                turned[before][after] = FORBIDDEN
            self._tables[key] = [list(column) for column in zip(*turned, strict=True)], turned
        return self._tables[key]


def step_table(steps: Mapping[str, Mapping[str, float]], relation: str) -> list[Scores]:
    """Return the learned scores `[before][after]` for lines that stand so to each other."""
    return [
        [
            a + b
            for a, b in zip(
                _row(steps.get(f"any {state.name}", {})),
                _row(steps.get(f"{relation} {state.name}", {})),
                strict=True,
            )
        ]
        for state in STATES
    ]


def _row(scores: Mapping[str, float]) -> Scores:
    return [scores.get(state.name, 0.0) for state in STATES]


def read_weights(path: Path) -> Weights:
    """Return the weights in a file."""
    return decode(path.read_bytes(), Weights)


def write_weights(path: Path, weights: Weights) -> None:
    """Write the weights sorted and rounded, a feature a line, so that two versions can be compared."""
    path.write_bytes(format_weights(weights))


def format_weights(weights: Weights) -> bytes:
    """Return the weights as JSON, sorted, with a feature a line."""
    parts = [f'"version": {weights.version}']
    for name, table in (("features", weights.features), ("steps", weights.steps)):
        rows = ",\n".join(f"{_json(key)}: {_json(dict(sorted(table[key].items())))}" for key in sorted(table))
        parts.append(f'"{name}": {{\n{rows}\n}}')
    parts.append(f'"calibration": {_json(weights.calibration)}')
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def rounded(table: Mapping[str, Sequence[float]]) -> dict[str, dict[str, float]]:
    """Return rows of scores by name of state, rounded, without the zeros and without empty rows."""
    rows = {
        name: {
            state.name: round(score, DIGITS)
            for state, score in zip(STATES, row, strict=True)
            if abs(score) >= SMALLEST
        }
        for name, row in table.items()
    }
    return {name: row for name, row in rows.items() if row}


def mean_weights(learned: Sequence[Weights]) -> Weights:
    """Return the mean of some weights, of which each has its say on each feature and step."""
    return Weights(
        VERSION,
        _mean_rows([weights.features for weights in learned]),
        _mean_rows([weights.steps for weights in learned]),
    )


def _mean_rows(tables: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, dict[str, float]]:
    names = sorted({name for table in tables for name in table})
    rows = {name: zip(*(_row(table.get(name, {})) for table in tables), strict=True) for name in names}
    return rounded(
        {name: [sum(column) / len(tables) for column in columns] for name, columns in rows.items()}
    )


@cache
def shipped_weights() -> Weights:
    """Return the weights that the project ships."""
    return read_weights(SHIPPED_FILE)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
