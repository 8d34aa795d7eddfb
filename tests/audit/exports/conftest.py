"""A commune with what an inspector would like to find, and its history in every format."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.exports import planted_commune, query_view, take_out
from support.world import World

from cchc_flow.audit.exports.formats import FORMATS
from cchc_flow.commands.exports import Export


class Planted:
    """The commune, the files with its whole history by format, and what was recorded of each."""

    def __init__(self, folder: Path) -> None:
        self.world: World = planted_commune(folder / "data")
        view = query_view(self.world.ws)
        self.size = view.upto
        self.paths = {name: folder / f"history.{form.ending}" for name, form in FORMATS.items()}
        self.exports: dict[str, Export] = {}
        for name, path in self.paths.items():
            self.exports[name] = take_out(view, name, path)
        self.events = list(self.world.ws.log.read_events(0, self.size))


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """The planted commune, which tests only read."""
    found = Planted(tmp_path_factory.mktemp("planted"))
    yield found
    found.world.ws.close()
