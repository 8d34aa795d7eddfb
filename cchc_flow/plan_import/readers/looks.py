"""How text and paragraphs are set, as far as a document says it; a style fills in what is not said."""

import msgspec


class RunLook(msgspec.Struct, frozen=True):
    """How a run of text is set; None where nothing says it."""

    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, base: "RunLook") -> "RunLook":
        """Return this look, and that of `base` where this one says nothing."""
        if self == NO_RUN_LOOK:
            return base
        return RunLook(
            base.bold if self.bold is None else self.bold,
            base.italic if self.italic is None else self.italic,
            base.capitals if self.capitals is None else self.capitals,
            base.hidden if self.hidden is None else self.hidden,
            self.font or base.font,
        )


class ParagraphLook(msgspec.Struct, frozen=True):
    """How a paragraph is set: centred or not, its indent and that of its first line from there, in points."""

    centred: bool | None = None
    left: float | None = None
    first: float | None = None

    def over(self, base: "ParagraphLook") -> "ParagraphLook":
        """Return this look, and that of `base` where this one says nothing."""
        if self == NO_PARAGRAPH_LOOK:
            return base
        return ParagraphLook(
            base.centred if self.centred is None else self.centred,
            base.left if self.left is None else self.left,
            base.first if self.first is None else self.first,
        )

    @property
    def indent(self) -> float:
        """Where the first line begins, in points from the margin."""
        return (self.left or 0.0) + (self.first or 0.0)


NO_RUN_LOOK, NO_PARAGRAPH_LOOK = RunLook(), ParagraphLook()


class Piece(msgspec.Struct, frozen=True):
    """A piece of text and how it is set."""

    text: str
    look: RunLook


def common_name(style: str) -> str | None:
    """Return a paragraph style's name in small letters, as Word and Writer share it; None for the default."""
    name = style.lower()
    return None if name in ("normal", "standard", "") else name


def are_all(pieces: list[Piece], name: str) -> bool:
    """Return whether every piece that shows something is set so ("bold", "italic")."""
    written = [piece for piece in pieces if piece.text.strip()]
    return bool(written) and all(getattr(piece.look, name) for piece in written)
