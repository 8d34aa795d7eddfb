"""The provinces and communes of the country, to choose from when a workspace is set up.

They are read from the file of data that the library vietnam-provinces brings. Its code is not imported: that
takes a tenth of a second, and its licence (GPL) is another than ours. The file is as of its release; communes
are renamed now and then, so a name can always be typed, and without the library all are typed.
"""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from cchc_flow.workflow.typed_text import upper_first

LIBRARY = "vietnam_provinces"
DATA = Path("data", "nested-divisions.json")


class Province(msgspec.Struct, frozen=True):
    """A province or a city of that rank, and the names of its communes."""

    name: str
    communes: tuple[str, ...]


@lru_cache(1)
def provinces() -> tuple[Province, ...]:
    """Return the provinces, read at the first call; none where the library is not installed."""
    spec = find_spec(LIBRARY)
    places = spec.submodule_search_locations if spec else None
    file = Path(places[0], DATA) if places else None
    if file is None or not file.is_file():
        return ()
    found = json.loads(file.read_bytes())
    return tuple(
        Province(_one_line(one["name"]), tuple(_one_line(ward["name"]) for ward in one["wards"]))
        for one in found
    )


def communes_of(name: str) -> tuple[str, ...]:
    """Return the communes of a province, none for a name that is none."""
    return next((province.communes for province in provinces() if province.name == name), ())


def _one_line(name: str) -> str:
    """Return a name with single blanks and a capital: the file has both otherwise here and there."""
    return upper_first(" ".join(name.split()))
