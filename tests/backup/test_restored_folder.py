"""What a machine has computed from a log is put aside with it: a restore leaves none of it in place."""

from pathlib import Path

import pytest
from backup.conftest import BackUp
from backup.test_restore import NAME, Restore, make_order, reopen
from support.world import World

from cchc_flow.backup.restore import Restored, Restorer

COMPUTED = "summaries.db", "summaries.db-wal", "history.db", "words.db", "check.db", "plan-roles.json"
PRIVATE = "reacted", "reactions.db", "file_marks.db", "openings.db", "model-check.msgpack"


@pytest.fixture
def restore(commune: World) -> Restore:
    def put_back(file: Path) -> Restored:
        return Restorer(commune.data, lambda: commune.time, make_order, lambda *_: None).restore(file)

    return put_back


def test_what_was_computed_from_the_replaced_log_is_put_aside_with_it(
    commune: World, back_up: BackUp, restore: Restore, tmp_path: Path
) -> None:
    back_up(tmp_path / "b.tar")
    commune.ws.close()
    folder, private = commune.data / NAME, commune.data / "private" / NAME
    for path in (*(folder / name for name in COMPUTED), *(private / name for name in PRIVATE)):
        path.write_bytes(b"of the replaced log")
    restored = restore(tmp_path / "b.tar")
    assert restored.kept is not None
    places = [path for place in (folder, private) for path in place.iterdir() if path.is_file()]
    assert [path.name for path in places if path.read_bytes() == b"of the replaced log"] == []
    assert not (folder / "summaries.db").exists()
    assert (restored.kept / NAME / "summaries.db").read_bytes() == b"of the replaced log"
    reopen(commune.data, commune).close()
