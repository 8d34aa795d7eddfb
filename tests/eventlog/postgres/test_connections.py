"""Connections to a PostgreSQL database: each log sees its own rows, whichever connection it gets."""

import threading

from support.postgres import TestDatabase

from cchc_flow.eventlog.postgres.connection import PostgresConnections, translate
from cchc_flow.eventlog.postgres.pool import MOST_CONNECTIONS, find_database


def insert_event(postgres: TestDatabase, workspace: str) -> None:
    postgres.query(
        "INSERT INTO cchc_log.events VALUES"
        f" ('{workspace}', 1, 'log-{workspace}', 1, 't', 'r', 'a', sha256(''), '{{}}')"
    )


def test_each_log_reads_the_rows_of_its_own_workspace_over_the_same_pool(postgres: TestDatabase) -> None:
    database = find_database(postgres.url)
    logs = {name: PostgresConnections(database, name).current() for name in ("xa-a", "xa-b", "xa-c")}
    for name in ("xa-a", "xa-b"):
        insert_event(postgres, name)
    for _ in range(3):
        seen = {
            name: log.execute("SELECT stream FROM events WHERE position = ?", (1,)).fetchone()
            for name, log in logs.items()
        }
        assert seen == {"xa-a": ("log-xa-a",), "xa-b": ("log-xa-b",), "xa-c": None}


def test_a_read_transaction_sees_one_state(postgres: TestDatabase) -> None:
    connections = PostgresConnections(find_database(postgres.url), "xa-a")
    with connections.read_transaction() as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (0,)
        insert_event(postgres, "xa-a")
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (0,)
    assert connections.current().execute("SELECT count(*) FROM events").fetchone() == (1,)


def test_many_threads_and_workspaces_share_few_connections(postgres: TestDatabase) -> None:
    database = find_database(postgres.url)
    barrier = threading.Barrier(20)

    def read(number: int) -> None:
        barrier.wait()
        for _ in range(5):
            PostgresConnections(database, f"xa-{number}").current().execute("SELECT 1").fetchone()

    threads = [threading.Thread(target=read, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sql = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{postgres.name}' AND usename = 'node'"
    assert 1 <= int(postgres.query(sql)) <= MOST_CONNECTIONS


def test_what_only_sqlite_is_told_is_left_out_of_the_sql() -> None:
    assert translate("SELECT a FROM events INDEXED BY some_index WHERE stream >= ?") == (
        "SELECT a FROM events WHERE stream >= %s"
    )
    assert translate("SELECT 1 FROM main.events WHERE (+stream >= ? AND +stream < ?)") == (
        "SELECT 1 FROM events WHERE (stream >= %s AND stream < %s)"
    )


def test_a_plan_made_for_one_workspace_reads_another_by_position_and_not_all_its_events(
    postgres: TestDatabase,
) -> None:
    names = ("xa-a", "xa-c")  # in two partitions
    for name in names:
        postgres.query(
            f"INSERT INTO cchc_log.events SELECT '{name}', n, 'item-' || n, 1, 't', 'r', 'a',"
            " sha256(''), '{}' FROM generate_series(1, 2000) n"
        )
    postgres.query("ANALYZE cchc_log.events")
    with find_database(postgres.url).connection() as session:
        session.execute("SET plan_cache_mode = force_generic_plan")
        session.execute("PREPARE read_body AS SELECT body FROM events WHERE position = $1")
        for name in names:
            session.execute("SELECT set_config('cchc.workspace', %s, false)", (name,))
            session.workspace = name
            rows = session.execute("EXPLAIN (ANALYZE) EXECUTE read_body(7)").fetchall()
            done = [line for (line,) in rows if "Index" in line and "never executed" not in line]
            assert any("pkey" in line for line in done), done
            assert not any("stream_version" in line for line in done), done
        session.execute("DEALLOCATE read_body; RESET plan_cache_mode")
