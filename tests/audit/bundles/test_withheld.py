"""What a kind withholds from who takes a bundle along is withheld in it, and seen to be withheld."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.civil_service import AREA, DECIDED
from support.registers import AreaCommune

from cchc_flow.audit.bundles import verify
from cchc_flow.audit.bundles.create import write_bundle
from cchc_flow.audit.bundles.scope import WHOLE_LOG, Scope, item_scope, unit_scope
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog.merkle import leaf_hash
from cchc_flow.projections.reading import Reader, reader_of
from cchc_flow.testing import OTHER_UNIT, UNIT, login
from cchc_flow.workflow.policy import Actor

SECRETS = ("Vụ việc kín", "Họ tên kín", "Chức vụ kín", "Thuật lại kín")


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AreaCommune]:
    """A commune with a case of discipline on which somebody has decided, and with an ordinary task."""
    own = AreaCommune(tmp_path_factory.mktemp("withheld"), AREA)
    own.given(own.task(AREA), "assign")
    told = {"person": SECRETS[1], "post": SECRETS[2], "found_on": "2026-01-10", "due": "2026-03-20"}
    case = own.write("discipline", SECRETS[0], **told).id
    own.take("leader", "decide", case, **DECIDED, content=SECRETS[3])
    own.case = case
    yield own
    own.ws.close()


def make_bundle(commune: AreaCommune, scope: Scope, role: str) -> tuple[bytes, dict[str, bytes], int]:
    """Return the bundle that somebody takes along, its files, and how many events are withheld in it."""
    file = io.BytesIO()
    bundle = write_bundle(commune.ws, scope, file, reader=reader_of(commune.ws.read(), login(role)))
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return file.getvalue(), files, bundle.manifest.withheld


def told(files: dict[str, bytes], words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return each word that a file, or the name of one, has."""
    return [
        (name, word)
        for name, content in files.items()
        for word in words
        if word in name or word.encode() in content
    ]


@pytest.mark.parametrize("scope", ["whole", "unit"])
def test_of_what_may_not_be_read_no_file_has_a_word(commune: AreaCommune, scope: str) -> None:
    asked = WHOLE_LOG if scope == "whole" else unit_scope(commune.ws.read(), UNIT)
    _, files, withheld = make_bundle(commune, asked, "admin")
    assert told(files, (*SECRETS, commune.case)) == []
    assert withheld == (2 if scope == "whole" else 0)  # that it is of the unit would tell of it
    _, files, withheld = make_bundle(commune, asked, "inspector")
    assert {word for _, word in told(files, (*SECRETS, commune.case))} == {*SECRETS, commune.case}
    assert withheld == 0


def test_what_is_withheld_has_its_leaf_in_its_place_and_the_bundle_still_proves_the_log(
    commune: AreaCommune, tmp_path: Path
) -> None:
    content, files, _ = make_bundle(commune, WHOLE_LOG, "admin")
    lines = b"".join(files[name] for name in sorted(files) if name.startswith("events/")).splitlines()
    for event in commune.ws.log.stream(f"item-{commune.case}"):
        leaf = leaf_hash(commune.ws.log.body(event.position)).hex()
        assert json.loads(lines[event.position - 1]) == leaf
    path = tmp_path / "bundle.zip"
    path.write_bytes(content)
    words, code = verify.main([str(path)])
    assert (code, "ĐÚNG" in words) == (0, True), words


def test_there_is_no_bundle_of_an_item_that_may_not_be_read(commune: AreaCommune) -> None:
    db = commune.ws.read()
    with pytest.raises(NotFound):
        item_scope(db, commune.case, reader_of(db, login("admin")))


def test_a_unit_that_leads_only_what_may_not_be_read_is_as_one_that_leads_nothing(
    commune: AreaCommune,
) -> None:
    sentences = set()
    for unit, reader in ((UNIT, Reader(Actor("ai"), {})), (OTHER_UNIT, None)):
        with pytest.raises(BadInput) as refused:
            unit_scope(commune.ws.read(), unit, reader)
        sentences.add(str(refused.value).partition(" chưa ")[2])
    assert sentences == {"chủ trì công việc nào mà bạn được xem, nên không có gì để lập hồ sơ."}
