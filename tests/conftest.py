"""Fixtures that every part of the tests may use."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import zxcvbn
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from support.postgres import Cluster, TestDatabase, postgres, postgres_cluster  # noqa: F401  # fixtures
from support.standby import pair  # noqa: F401  # a fixture
from support.world import World
from support.year import Year, year_data_folder

# A busy machine is no falsehood of a property: how long an example takes is for the bench to say.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("any machine"), max_examples=3_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "any machine"))

ON_POSTGRES = os.environ.get("CCHC_FLOW_TESTS_ON") == "postgres"
"""Whether the communes of tests live in a database, by hand: what a test does to a file then finds none."""

LONGEST = (
    "web/http/test_hostile_values.py",
    "web/test_numbers.py",
    "simulation/test_samples.py",
    "web/test_access_matrix.py",
    "audit/test_document_check.py",
    "browser/test_first_start.py",
    "packaging/test_first_command.py",
    "diagrams/test_pm4py.py",
    "audit/exports/test_outside_readers.py",
    "simulation/test_trial.py",
    "signatures/test_examining.py",
    "documents/test_pdf.py",
    "cli/test_document_files.py",
    "reporting/periodic/test_sums.py",
    "packaging/test_outside.py",
    "browser/test_slow_network.py",
    "browser/test_board.py",
    "browser/test_clicks.py",
    "browser/test_item.py",
    "browser/test_settings.py",
    "browser/test_overview.py",
    "documents/test_libreoffice.py",
    "reporting/test_signed_reports.py",
    "web/commune_reports/test_page.py",
    "browser/test_evidence.py",
    "simulation/test_year.py",
    "web/forms/test_wrong_fields.py",
    "plugin_host/test_scaffold.py",
    "register_import/test_as_shown.py",
    "browser/test_plan_reading.py",
    "browser/test_no_javascript.py",
    "released/test_plugins_of_2ee1401.py",
    "test_demo.py",
    "projections/test_settings.py",
    "docs/test_tutorial.py",
    "plan_import/test_reading.py",
    "endurance/test_many_clients.py",
    "endurance/test_kills.py",
    "docs/test_proxies.py",
    "packaging/test_installed.py",
    "projections/cards/test_counts_recounted.py",
    "browser/test_law.py",
    "browser/test_bulk.py",
    "browser/test_years_and_handovers.py",
    "browser/test_appearance.py",
    "browser/test_work.py",
    "browser/test_inbox.py",
    "browser/test_filters.py",
    "browser/test_audit.py",
    "web/test_year.py",
    "web/test_server.py",
)
"""The files that take longest, the longest first: so none is left to one process at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, in their order, and leave the others as they were collected.

    Slow tests run in the long setting (`HYPOTHESIS_PROFILE=long`); each has a short twin that always runs.
    """
    if os.environ.get("HYPOTHESIS_PROFILE") != "long":
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: HYPOTHESIS_PROFILE=long runs it"))
    folder = Path(__file__).parent
    order = {folder / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(LONGEST)))


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once(shared_folder: Path) -> Iterator[None]:
    """Keep compiled templates for all applications: most tests of areas have one of their own."""
    (folder := shared_folder / "templates").mkdir(exist_ok=True)
    kept = FileSystemBytecodeCache(str(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", Flask.jinja_options | {"bytecode_cache": kept})
        yield


@pytest.fixture(scope="session", autouse=True)
def remembered_guesses() -> Iterator[None]:
    """Judge each password once in a test process: thousands of visitors have the same one, and it is slow."""
    own = zxcvbn.zxcvbn
    judge = cache(lambda password, names: own(password, user_inputs=list(names)))
    zxcvbn.zxcvbn = lambda password, user_inputs: judge(password, tuple(user_inputs))
    yield
    zxcvbn.zxcvbn = own


@pytest.fixture
def new_world(home_of_tests: Callable[[str], None], tmp_path: Path) -> Iterator[World]:
    """A commune that has a log and nothing else."""
    home_of_tests("")
    world = World(tmp_path / "data")
    yield world
    world.ws.close()


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> tuple[Path, str]:
    """The data folder of a commune with its plan, units and people, to be copied; its database, if any."""
    with pytest.MonkeyPatch.context() as patch:
        database = _database(request, patch, "") if ON_POSTGRES else None
        first = World(tmp_path_factory.mktemp("settled") / "data").settle()
        first.ws.read()
        first.ws.close()
    return first.data, database.name if database else ""


@pytest.fixture
def home_of_tests(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], None]]:
    """Let the communes of a test live in a copy of a database, or in folders, as CCHC_FLOW_TESTS_ON says."""
    databases: list[TestDatabase] = []

    def move_in(template: str) -> None:
        if ON_POSTGRES:
            databases.append(_database(request, monkeypatch, template))

    yield move_in
    for database in databases:
        _close_pools()
        database.drop()


@pytest.fixture
def world(settled: tuple[Path, str], home_of_tests: Callable[[str], None], tmp_path: Path) -> Iterator[World]:
    """A commune with its plan, units and people."""
    folder, database = settled
    home_of_tests(database)
    own = World(Path(shutil.copytree(folder, tmp_path / "data")), is_there=True)
    yield own
    own.ws.close()


def _database(request: pytest.FixtureRequest, patch: pytest.MonkeyPatch, template: str) -> TestDatabase:
    """Return a new database, or a copy, in which the logs are from now on."""
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    _close_pools()
    database = cluster.create(template) if template else cluster.create()
    patch.setenv("CCHC_FLOW_LOG", database.url)
    return database


def _close_pools() -> None:
    from cchc_flow.eventlog.postgres.pool import close_pools

    close_pools()


@pytest.fixture(scope="session")
def year(shared_folder: Path) -> Iterator[Year]:
    """The simulated year of a commune, for tests that only read; created once for all test processes."""
    found = Year(year_data_folder(shared_folder))
    yield found
    found.ws.close()


@pytest.fixture
def year_to_write(year: Year, tmp_path: Path) -> Iterator[Year]:
    """A copy of the simulated year, whose clock is set and whose people go on."""
    copy = year.copy(tmp_path)
    yield copy
    copy.ws.close()
