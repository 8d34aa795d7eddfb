"""The simulated year with the registers of all areas."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.year import Year, year_data_folder

from cchc_flow.plugin_host.loading import load_plugins


@pytest.fixture(scope="session")
def kept(shared_folder: Path) -> Iterator[Year]:
    """The simulated year with the registers of all areas; created once, also for several test processes."""
    plugins = load_plugins()
    kept_year = Year(year_data_folder(shared_folder, plugins), plugins)
    yield kept_year
    kept_year.ws.close()
