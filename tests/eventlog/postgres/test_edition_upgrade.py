"""A database is brought to the next edition while nodes go on, and none is left that does not know it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psycopg
import pytest
from support.postgres import TestDatabase

import cchc_flow
from cchc_flow.conversion import decoder
from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog.postgres import editions, opening
from cchc_flow.eventlog.postgres.install import Installed, install
from cchc_flow.eventlog.postgres.pool import Database, find_database

ADDED = "CREATE FUNCTION cchc_log.later() RETURNS integer LANGUAGE sql AS 'SELECT 1';\n"
FILES = "catalogue.sql", "log.sql", "stores.sql", "edition.json"


def make_edition_two(folder: Path, url: str) -> None:
    """Write the files of a program whose second edition has one function more."""
    for name in FILES:
        shutil.copy(Path(str(editions.folder())) / name, folder / name)
    (folder / "edition.json").rename(folder / "edition-1.json")
    (folder / "from-1.sql").write_text(ADDED, "utf-8")
    with psycopg.connect(url) as connection:
        connection.execute(ADDED.encode())
        made = editions.edition_of(editions.read_catalogue(connection))
        connection.rollback()
    released = decoder(dict[str, str])((folder / "edition-1.json").read_bytes())
    (folder / "edition.json").write_bytes(msgspec.json.encode(made | released))


@pytest.fixture
def later_program(
    postgres: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestDatabase]:
    """A database of the first edition, and a program that knows a second one."""
    make_edition_two(tmp_path, postgres.owner_url)
    monkeypatch.setattr(editions, "folder", lambda: tmp_path)
    forget()
    yield postgres
    forget()


def forget() -> None:
    """Let what a process remembers of editions and of databases be read anew."""
    editions._edition.cache_clear()
    editions._catalogue.cache_clear()
    opening._checked.clear()


def check(database: TestDatabase) -> None:
    opening._checked.clear()
    opening.check_edition(find_database(database.url))


def test_a_later_program_works_before_and_after_the_owner_installs_its_edition(
    later_program: TestDatabase,
) -> None:
    check(later_program)
    assert install(later_program.owner_url) is Installed.UPGRADED
    check(later_program)
    assert install(later_program.owner_url) is Installed.UNCHANGED


def test_an_earlier_program_says_that_it_is_the_one_to_be_upgraded(
    later_program: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(later_program.owner_url)
    monkeypatch.undo()
    forget()
    with pytest.raises(LogBroken, match=r"bản 2 .* chỉ biết đến bản 1") as refusal:
        check(later_program)
    assert "nâng cấp chương trình trên máy này" in str(refusal.value)
    with pytest.raises(LogBroken, match="bản 2"):
        install(later_program.owner_url)


def test_while_a_node_of_another_version_listens_the_edition_stays(later_program: TestDatabase) -> None:
    name = "cchc-node/0.0.1/abc/may-cu"
    with psycopg.connect(later_program.url, application_name=name):
        with pytest.raises(BadInput, match=r"«may-cu» \(0\.0\.1\)"):
            install(later_program.owner_url)
        check(later_program)
    with psycopg.connect(
        later_program.url, application_name=f"cchc-node/{cchc_flow.__version__}/abc/may-moi"
    ):
        assert install(later_program.owner_url) is Installed.UPGRADED


def test_an_edition_that_is_not_reached_changes_nothing(later_program: TestDatabase, tmp_path: Path) -> None:
    (tmp_path / "from-1.sql").write_text(ADDED.replace("later", "other"), "utf-8")
    with pytest.raises(LogBroken, match=r"thiếu hàm cchc_log\.later"):
        install(later_program.owner_url)
    check(later_program)


def test_tables_that_somebody_changed_are_not_upgraded(later_program: TestDatabase) -> None:
    later_program.query("DROP TRIGGER only_grows ON cchc_log.events")
    with pytest.raises(LogBroken, match="thiếu trigger"):
        install(later_program.owner_url)


def test_who_only_says_that_a_database_is_of_the_next_edition_is_found(later_program: TestDatabase) -> None:
    later_program.query("COMMENT ON SCHEMA cchc_log IS 'cchc-flow: edition 2'")
    with pytest.raises(LogBroken, match=r"thiếu hàm cchc_log\.later"):
        check(later_program)


def test_a_server_that_is_too_old_is_named(postgres: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "TRIED", range(99, 100))
    with pytest.raises(BadInput, match="cần PostgreSQL 99 trở lên"):
        install(postgres.owner_url)


def test_a_node_may_not_install(later_program: TestDatabase) -> None:
    with pytest.raises(BadInput, match="không được tạo bảng") as refusal:
        install(later_program.url)
    assert Database(later_program.url).name in str(refusal.value)
