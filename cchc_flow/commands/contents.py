"""What people typed or uploaded is put into the vault, and the stored event refers to it."""

import re
from typing import Any

import msgspec

from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import Draft
from cchc_flow.eventlog.vault import Vault
from cchc_flow.workflow.commands import Typed, Upload
from cchc_flow.workflow.events import NAMES, Content, Data, Evidence

TEXT = "text/plain; charset=utf-8"
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")  # RFC 6838, 4.2
ANY_BYTES = "application/octet-stream"


class VaultWriter:
    """Puts the contents of one order into the vault, each once, however often the append is tried."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._references: dict[tuple[str, bytes], Content] = {}

    def store_contents(self, event: Data) -> Draft:
        """Put the words and files of an event into the vault; return it with references in their place.

        Raise msgspec.ValidationError for data that do not have the shape of the event's class.
        """
        plain = msgspec.to_builtins(self._reference(event))
        convert(plain, type(event))
        return Draft(NAMES[type(event)], plain)

    def _reference(self, value: Any) -> Any:
        """Return the value with a reference in the place of each text and file in it."""
        match value:
            case None | str() | int():
                return value
            case Typed(text=text):
                return self._store(text.encode(), TEXT)
            case Upload(name=name, content=content, media_type=media_type):
                checked_type = media_type if MEDIA_TYPE.fullmatch(media_type) else ANY_BYTES
                return Evidence(self._store(name.encode(), TEXT), self._store(content, checked_type))
            case tuple() | list():
                return tuple(self._reference(part) for part in value)
            case Data():
                return type(value)(
                    **{name: self._reference(getattr(value, name)) for name in value.__struct_fields__}
                )
            case dict():
                return {name: self._reference(part) for name, part in value.items()}
            case _:
                return value

    def _store(self, content: bytes, media_type: str) -> Content:
        """Put a content into the vault unless that was done before; return the reference to it."""
        if (media_type, content) not in self._references:
            self._references[media_type, content] = self._vault.store(content, media_type)
        return self._references[media_type, content]


def load_text(vault: Vault, digest: str | None) -> str | None:
    """Return a text of the vault, None for no reference and for one whose content was erased."""
    return vault.load(digest).decode() if digest and vault.has(digest) else None
