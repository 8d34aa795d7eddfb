"""A machine's clock that a test sets: the time that it shows, and the time that really passes."""

from datetime import datetime, timedelta

from cchc_flow.clock import MachineClock


class SetClock:
    """What a machine's clock shows, and how long it runs; `machine` is what a program makes of both."""

    def __init__(self, at: datetime) -> None:
        self.at, self.seconds = at, 1_000.0
        self.machine = self.start_program()

    def start_program(self) -> MachineClock:
        """Return the clock as a program that starts now reads it."""
        return MachineClock(lambda: self.at, lambda: self.seconds)

    def run(self, **time: float) -> None:
        """Let time pass."""
        passed = timedelta(**time)
        self.at += passed
        self.seconds += passed.total_seconds()

    def jump(self, **time: float) -> None:
        """Set the clock forward or back."""
        self.at += timedelta(**time)
