"""Every hook that a plugin may answer. Hooks take and give plain values."""

import msgspec
import pluggy

hookspec = pluggy.HookspecMarker("cchc_flow")
hookimpl = pluggy.HookimplMarker("cchc_flow")


class Area(msgspec.Struct, frozen=True):
    """A reform area as a plugin knows it.

    `key` names it for ever, `label` is two or three letters for a card, `colour` a CSS hex colour. By one of
    the words in `says` a plan's heading is recognised; by one of those in `duties`, in what a unit is told to
    lead, that unit is suggested for the area. Both match whole words, whatever their marks and case.
    """

    key: str
    title: str
    label: str
    colour: str
    says: tuple[str, ...]
    duties: tuple[str, ...] = ()


@hookspec
def areas() -> list[Area]:  # type: ignore[empty-body]
    """Return the reform areas that this plugin looks after."""
