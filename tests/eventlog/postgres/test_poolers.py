"""A pooler between a node and the database is found at opening: what a session sets would not hold there."""

import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from support.postgres import NODE, TestDatabase

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.postgres.pool import Database

SENTENCE = "bộ gom kết nối"
KEY = re.compile(rb"(?<=K\x00\x00\x00\x0c).{8}", re.DOTALL)
"""What a server says of a session, so that it can be cancelled: its process and a secret."""


def relay(listening: socket.socket, server: Path) -> None:
    """Hand bytes on between a client and a server, with a key of the relay's own, as poolers give."""
    client, _ = listening.accept()
    with client, socket.socket(socket.AF_UNIX) as upstream:
        upstream.connect(str(server))
        hand_on(client, upstream)


def hand_on(client: socket.socket, upstream: socket.socket) -> None:
    """Hand bytes on both ways until the client has gone."""

    def pump(source: socket.socket, target: socket.socket, *, is_answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(KEY.sub(b"\x00\x00\x00\x01\x00\x00\x00\x02", data) if is_answer else data)
            target.shutdown(socket.SHUT_RDWR)

    requests = threading.Thread(
        target=pump, args=(client, upstream), kwargs={"is_answer": False}, daemon=True
    )
    requests.start()
    pump(upstream, client, is_answer=True)
    requests.join(10)


@pytest.fixture
def relay_url(postgres: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a relay that gives keys of its own."""
    folder = postgres.server.folder
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / ".s.PGSQL.6000"))
        listening.listen()
        thread = threading.Thread(target=relay, args=(listening, folder / ".s.PGSQL.5432"), daemon=True)
        thread.start()
        yield f"postgresql://{NODE}@/{postgres.name}?host={quote(str(folder))}&port=6000"
        thread.join(10)
    (folder / ".s.PGSQL.6000").unlink()


def test_a_session_that_is_not_the_server_s_own_is_refused_in_one_sentence(relay_url: str) -> None:
    database = Database(relay_url)
    with pytest.raises(BadInput, match=SENTENCE) as refusal, database.connection():
        pass
    assert "PostgreSQL: chương trình đã tự gom kết nối" in str(refusal.value)


@pytest.fixture
def bouncer(postgres: TestDatabase, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a PgBouncer in a pool mode, that ignores parameters at the start or not."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        pytest.skip("PgBouncer is not installed (Debian: pgbouncer)")
    mode, ignored = request.param
    folder = postgres.server.folder / f"bouncer-{mode}-{len(ignored)}"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    (folder / "ini").write_text(
        f"[databases]\n{postgres.name} = host={postgres.server.folder} user={NODE}\n[pgbouncer]\n"
        f"unix_socket_dir = {folder}\nlisten_port = 6432\nauth_type = any\npool_mode = {mode}\n"
        f"listen_addr =\nignore_startup_parameters = {ignored}\n",
        "utf-8",
    )
    command = postgres.server._as_account("--pdeathsig", "TERM")
    process = subprocess.Popen([*command, program, "-q", str(folder / "ini")], cwd="/")
    ends = time.monotonic() + 10
    while not (folder / ".s.PGSQL.6432").exists():
        assert process.poll() is None and time.monotonic() < ends
        time.sleep(0.02)
    yield f"postgresql://{NODE}@/{postgres.name}?host={quote(str(folder))}&port=6432"
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize(
    "bouncer", [("transaction", ""), ("transaction", "options"), ("session", "options")], indirect=True
)
def test_pgbouncer_is_refused_in_each_mode(bouncer: str) -> None:
    with pytest.raises(BadInput, match=SENTENCE), Database(bouncer).connection():
        pass
