"""XES (IEEE 1849): a trace for each stream, with its events in order; for process mining.

The time of an event is when it was recorded, which never runs backwards; what was claimed is an attribute.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from lxml import etree

from cchc_flow.audit.exports.attributes import NAMES, NONE, NUMBERS, WITHHELD, EventDescriber, one_line
from cchc_flow.audit.exports.view import EventView, Record
from cchc_flow.audit.trail import ITEM
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items

XES = "http://www.xes-standard.org/"
EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Organizational", "org"),
    ("Lifecycle", "lifecycle"),
)
STANDARD = ("concept:name", "lifecycle:transition", "org:resource", "org:role", "org:group")
OF_TRACE = ("concept:name", "kind", "title", "ref", "workflow", "state", "final")
Attributes = dict[str, tuple[str, str]]
"""By name: the type in XES, and the value."""


def write_xes(view: EventView, records: Iterable[Record], path: Path) -> None:
    """Write the events, which come one stream after the other, as an XES log.

    The elements are made without a namespace: they are written below one that says which is the default.
    """
    describer = EventDescriber(view)
    with path.open("wb") as out, etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("log", {"xes.version": "1849.2016", "xes.features": ""}, nsmap={None: XES}):
            for element in _head(view):
                file.write(element, "\n")
            for stream, group in groupby(records, key=_stream):
                with file.element("trace"):
                    for element in _elements(_of_trace(view, stream)):
                        file.write(element)
                    for record in group:
                        file.write("\n", _element("event", _of_event(describer, record)))
                file.write("\n")


def _stream(record: Record) -> str:
    return record.event.stream if record.event else WITHHELD


def _head(view: EventView) -> Iterator[etree._Element]:
    """Yield what stands before the traces, in the order of the standard's schema.

    These are the extensions, what every trace and event has, by what events are told apart, the log's name.
    """
    for name, prefix in EXTENSIONS:
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        yield etree.Element("extension", name=name, prefix=prefix, uri=uri)
    yield _element("global", dict.fromkeys(OF_TRACE, ("string", NONE)), scope="trace")
    of_event = {
        "time:timestamp": ("date", "1970-01-01T00:00:00.000+00:00"),
        **dict.fromkeys(STANDARD, ("string", NONE)),
        **{name: ("int", "0") if name in NUMBERS else ("string", NONE) for name in NAMES},
    }
    yield _element("global", of_event, scope="event")
    yield etree.Element("classifier", name="Activity", keys="concept:name")
    of_log = {"concept:name": view.ws.name, "title": one_line(view.ws.title), "lifecycle:model": "standard"}
    yield from _elements({name: ("string", value) for name, value in of_log.items()})


def _of_trace(view: EventView, stream: str) -> Attributes:
    """Return the attributes of a stream; of one that is no item only its name and its family."""
    item = items.find_item(view.db, stream.removeprefix(ITEM)) if stream.startswith(ITEM) else None
    own = {"concept:name": stream, "kind": stream.partition("-")[0]}
    if item:
        state = workflows.workflow(view.db, item.kind, item.workflow).state(item.state)
        own |= {"kind": item.kind, "title": one_line(item.title), "ref": one_line(item.ref)}
        own |= {"workflow": str(item.workflow), "state": item.state, "final": "yes" if state.final else "no"}
    return {name: ("string", own.get(name, NONE)) for name in OF_TRACE}


def _of_event(describer: EventDescriber, record: Record) -> Attributes:
    """Return the attributes of an event."""
    own = describer.attributes(record)
    standard = (
        describer.activity(record),
        "complete",
        *(str(own[name]) for name in ("actor", "role", "unit")),
    )
    return {
        "time:timestamp": ("date", record.recordedtime.replace("Z", "+00:00")),
        **{name: ("string", text) for name, text in zip(STANDARD, standard, strict=True)},
        **{name: ("int" if name in NUMBERS else "string", str(value)) for name, value in own.items()},
    }


def _element(tag: str, attributes: Attributes, **own: str) -> etree._Element:
    element = etree.Element(tag, own)
    element.extend(_elements(attributes))
    return element


def _elements(attributes: Attributes) -> list[etree._Element]:
    return [etree.Element(kind, key=name, value=value) for name, (kind, value) in attributes.items()]
