"""What may be asked of an item. Typed words and files are still themselves here: the vault comes later."""

import msgspec

from cchc_flow.workflow.events import JsonObject


class Upload(msgspec.Struct, frozen=True):
    """A file as it was given: its name, its bytes and the media type that the browser claimed."""

    name: str
    content: bytes
    media_type: str


class Typed(msgspec.Struct, frozen=True):
    """Words that a person typed, which belong into the vault."""

    text: str


class Step(msgspec.Struct, frozen=True):
    """Take the step `name` of the item's workflow with these raw data (strings, lists of strings, uploads).

    `seen` is the `state_version` that the asker saw, None when it was not shown.
    """

    name: str
    data: JsonObject
    seen: int | None = None


class Facts(msgspec.Struct, frozen=True):
    """What a decision may know of the directory.

    `units` gives the name of each active unit, `people` the unit of each active person, `names` the name of
    everybody who ever acted.
    """

    units: dict[str, str]
    people: dict[str, str | None]
    names: dict[str, str]
