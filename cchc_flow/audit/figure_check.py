"""Computes the figures of a report anew, at its own cut-off, and tells which of them differ."""

import msgspec

from cchc_flow import __version__
from cchc_flow.errors import CchcError
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.reporting.attached_data import AttachedFigure, FiguresFile
from cchc_flow.reporting.figures import Figure
from cchc_flow.reporting.periodic import build_report
from cchc_flow.workflow.periods import parse
from cchc_flow.workspace import Workspace


class DifferentFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that is another one now: its value in the file and computed anew, None where it has none.

    `is_missing` tells that it is in one of both only; `other_rules` that the code that counts it has changed
    since, so that another value need not mean that the file is wrong. `positions` are those of the file.
    """

    key: str
    title: str
    in_file: str | None
    now: str | None
    is_missing: bool = False
    other_rules: bool = False
    positions: tuple[int, ...] = ()

    @property
    def both_values(self) -> tuple[str, str]:
        """The values in words: in the file, and computed anew."""
        return _value_words(self.in_file), _value_words(self.now)

    @property
    def remark(self) -> str:
        """Why it differs, as far as that is known; else empty."""
        if self.is_missing:
            return "chỉ có ở một bên"
        if self.other_rules:
            return "quy tắc tính đã đổi từ khi lập"
        return "dựa vào các sự kiện khác" if self.in_file == self.now else ""


class FigureCheck(msgspec.Struct, frozen=True, kw_only=True):
    """How many figures were computed anew and which differ; `fault` says why it could not be done.

    `other_rules` names those whose value is the same although the code that counts them has changed.
    """

    count: int = 0
    different: tuple[DifferentFigure, ...] = ()
    other_rules: tuple[str, ...] = ()
    other_software: str = ""
    fault: str = ""


def recompute(ws: Workspace, file: FiguresFile) -> FigureCheck:
    """Return how the figures of a file compare with those that the log gives at the same cut-off."""
    cutoff = Cutoff(file.cut_off.position, file.cut_off.day)
    try:
        built = build_report(ws, parse(file.period), cutoff)
    except CchcError as error:
        return FigureCheck(fault=str(error))
    told = {figure.key: figure for figure in file.figures}
    now = {figure.key: figure for figure in built.figures}
    pairs: list[tuple[AttachedFigure | None, Figure | None]] = [
        (figure, now.get(figure.key))
        for figure in file.figures  # a key may stand there twice
    ]
    pairs += [(None, figure) for key, figure in now.items() if key not in told]
    return FigureCheck(
        count=len(pairs),
        different=tuple(filter(None, (_compare(*pair) for pair in pairs))),
        other_rules=tuple(
            figure.title for key, figure in told.items() if key in now and figure.rules != now[key].rules
        ),
        other_software=file.software if file.software != __version__ else "",
    )


def _value_words(value: str | None) -> str:
    """Return a value as officials write it; that of a file may be any text, so it is not read as a number."""
    return "không có" if value is None else value.replace(".", ",")


def _compare(told: AttachedFigure | None, now: Figure | None) -> DifferentFigure | None:
    """Return how one figure differs; None when it is the same with the same events behind it."""
    if told and now and (told.value, told.unit, told.positions) == (now.value, now.unit, now.positions):
        return None
    either = told or now
    if either is None:
        return None
    return DifferentFigure(
        key=either.key,
        title=either.title,
        in_file=told.value if told else None,
        now=now.value if now else None,
        is_missing=not (told and now),
        other_rules=bool(told and now and told.rules != now.rules),
        positions=told.positions if told else (),
    )
