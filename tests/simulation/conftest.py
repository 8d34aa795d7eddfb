"""The simulated year with the registers of all areas."""

import os
from collections.abc import Iterator

import pytest
from support.year import Year, year_data_folder

from cchc_flow.plugin_host.loading import load_plugins


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The simulated year with the registers of all areas; created once, also for several test processes."""
    own, plugins = tmp_path_factory.getbasetemp(), load_plugins()
    kept_year = Year(
        year_data_folder(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own, plugins), plugins
    )
    yield kept_year
    kept_year.ws.close()
