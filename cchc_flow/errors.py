"""What can go wrong, in words for the person who asked. No error here knows of HTTP or of exit codes."""


class CchcError(Exception):
    """Base of all errors that a reader may see: `why` says what is wrong, `now` what to do."""

    def __init__(self, why: str, now: str = "") -> None:
        super().__init__(f"{why} {now}".strip())
        self.why = why
        self.now = now


class BadInput(CchcError):
    """What was given cannot be used: a file that is no plan, a form with a wrong field."""


class NotFound(CchcError):
    """What was asked for is not there."""


class Refusal(CchcError):
    """A command that may not be carried out now, by this person, or with these data."""


class IllegalMove(Refusal):
    """The workflow has no such step from the item's state."""


class NotAllowed(Refusal):
    """The step exists, but this person may not take it."""


class FourEyes(NotAllowed):
    """Nobody reviews or closes his own submission."""


class MissingData(Refusal):
    """The step asks for data that were not given or are not valid: `fields` maps each name to a sentence."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class Moved(Refusal):
    """Somebody moved the item since the page was drawn."""


class Conflict(CchcError):
    """The stream was not at the version that the writer had read; nothing was appended."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(
            f"Dòng sự kiện «{stream}» đang ở phiên bản {actual}, không phải {expected}.",
            "Hãy tải lại trang rồi thử lại.",
        )
        self.stream, self.expected, self.actual = stream, expected, actual


class CommandReused(CchcError):
    """The command id was used before, for something else."""


class LogBroken(CchcError):
    """The log on disk is not a log that this program may write to."""
