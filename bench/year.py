"""The simulated year of one commune: how long its people's orders take, and how fast it folds."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.measure import Result, at_least, median_seconds, seconds, without_aim
from cchc_flow import commands, simulation
from cchc_flow.eventlog import codec
from cchc_flow.workflow.events import CLASSES
from cchc_flow.workflow.item import Item, evolve, read
from cchc_flow.workspace import Workspace

RUNS = 21
SHARE = 0.5
Stream = list[tuple[int, bytes]]


def rows() -> Iterator[Result]:
    """Tell the year, then fold it."""
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
    found: dict[str, Stream] = {}
    for event in ws.log.read_events():
        if event.type.startswith("item."):
            name = event.stream.removeprefix("item-")
            found.setdefault(name, []).append((event.position, ws.log.body(event.position)))
    return found


def _folding(streams: dict[str, Stream]) -> Iterator[Result]:
    """Compare making all items with only decoding their events.

    Both begin with the same stored bytes, stream by stream, and decode each event by msgspec into the same
    shapes: the envelope, and the data as the newest class of the event. The plain loop stops there; folding
    makes the item of it. The second baseline takes a short cut that the log cannot: the data go straight into
    their class, and are never a plain object that an older version could be brought up to date from.
    """
    events = sum(len(stream) for stream in streams.values())
    envelopes = msgspec.json.Decoder(codec.Envelope)
    classes = {name: msgspec.json.Decoder(cls) for name, cls in CLASSES.items()}

    def folded() -> None:
        for name, stream in streams.items():
            item: Item | None = None
            for position, body in stream:
                item = evolve(item, name, codec.decode_event(position, body))

    def decoded() -> None:
        for stream in streams.values():
            for position, body in stream:
                read(codec.decode_event(position, body))

    def decoded_straight() -> None:
        for stream in streams.values():
            for _, body in stream:
                envelope = envelopes.decode(body)
                classes[envelope.type].decode(envelope.data)

    mine, plain = median_seconds(folded, decoded, RUNS)
    detail = f"{events / mine:,.0f} of {events / plain:,.0f} events/s"
    yield at_least("the simulated year folds / a loop that only decodes it", plain / mine, SHARE, detail)
    mine, straight = median_seconds(folded, decoded_straight, RUNS)
    detail = f"{events / mine:,.0f} of {events / straight:,.0f} events/s"
    yield without_aim(
        "the same / a loop that decodes straight into the classes", f"{straight / mine:.2f}  ({detail})"
    )
