"""The simulated year of one commune: how long its commands take, and how fast its items fold."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Result, at_least, median_seconds, seconds, without_aim
from cchc_flow import commands, simulation
from cchc_flow.conversion import decoder
from cchc_flow.eventlog import codec
from cchc_flow.workflow.events import CLASSES
from cchc_flow.workflow.item import Item, event_data, evolve
from cchc_flow.workspace import Workspace

RUNS = 21
SHARE = 0.5
Stream = list[tuple[int, bytes]]


def rows() -> Iterator[Result]:
    """Simulate the year, then fold its items."""
    with tempfile.TemporaryDirectory() as folder:
        clock = simulation.SimulatedClock(simulation.BEGIN)
        ws = commands.create_workspace(Path(folder), "xa-do", title="xã Đo", clock=clock)
        orders = 0

        def count(done: int, total: int) -> None:
            nonlocal orders
            orders = done

        took = seconds(lambda: simulation.simulate(ws, clock, progress=count))
        detail = (
            f"{orders:,} orders, {ws.log.size():,} events, {orders / took:,.0f} orders/s with all their files"
        )
        yield without_aim("the simulated year happens", f"{took:.1f} s  ({detail})")
        yield from _folding(_streams(ws))


def _streams(ws: Workspace) -> dict[str, Stream]:
    """Return the stored bytes of each item's events, in order."""
    streams: dict[str, Stream] = {}
    for event in ws.log.read_events():
        if event.type.startswith("item."):
            name = event.stream.removeprefix("item-")
            streams.setdefault(name, []).append((event.position, ws.log.body(event.position)))
    return streams


def _folding(streams: dict[str, Stream]) -> Iterator[Result]:
    """Compare folding all items with only decoding their events.

    Both begin with the same stored bytes, stream by stream, and decode each event by msgspec into the same
    shapes: the envelope, and the data as the newest class of the event. The plain loop stops there; folding
    also evolves the item. The second baseline takes a short cut that the log cannot take: it decodes the data
    straight into their class, so that an older version could not be upcast.
    """
    events = sum(len(stream) for stream in streams.values())
    decode_envelope = decoder(codec.Envelope)
    decode_data = {name: decoder(cls) for name, cls in CLASSES.items()}

    def fold() -> None:
        for name, stream in streams.items():
            item: Item | None = None
            for position, body in stream:
                item = evolve(item, name, codec.decode_event(position, body))

    def decode() -> None:
        for stream in streams.values():
            for position, body in stream:
                event_data(codec.decode_event(position, body))

    def decode_straight() -> None:
        for stream in streams.values():
            for _, body in stream:
                envelope = decode_envelope(body)
                decode_data[envelope.type](envelope.data)

    mine, plain = median_seconds(fold, decode, RUNS)
    detail = f"{events / mine:,.0f} of {events / plain:,.0f} events/s"
    yield at_least("the simulated year folds / a loop that only decodes it", plain / mine, SHARE, detail)
    mine, straight = median_seconds(fold, decode_straight, RUNS)
    detail = f"{events / mine:,.0f} of {events / straight:,.0f} events/s"
    yield without_aim(
        "the same / a loop that decodes straight into the classes", f"{straight / mine:.2f}  ({detail})"
    )
