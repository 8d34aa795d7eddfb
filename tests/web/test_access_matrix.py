"""Who may what: every route, asked by each role, by somebody without a role and by a stranger.

What is expected stands in `access_matrix.txt`, a table to be read: a row for each method and route, of an
item one for the own and one for another unit. After a change that is meant, write it anew:
CCHC_FLOW_WRITE_MATRIX=1 python -m pytest tests/web/test_access_matrix.py
"""

import os
import re
from pathlib import Path

import pytest
from support.access import COLUMNS, OF_PROVINCE, Matrix

WIDTH = 80
"""Of the first column, so that a longer route does not move all lines."""
TABLE = Path(__file__).with_name("access_matrix.txt")
WORDS = """\
# reads    the page is shown                     writes  the order gets as far as the log
# goes     is led on to another page             form    the form is looked at and sent back for its content
# sign-in  has to sign in first                  no      is refused: 403
# hidden   as if it did not exist: 404
# «own» and «other»: the item is led by the unit of the officer and the unit's head, or by another one.
"""


def write_table(rows: dict[str, list[str]]) -> str:
    width = max(WIDTH, *map(len, rows))
    lines = [
        f"{name:{width}}  " + " ".join(f"{word:11}" for word in words).rstrip()
        for name, words in rows.items()
    ]
    head = f"{'':{width}}  " + " ".join(f"{column:11}" for column in COLUMNS).rstrip()
    return "\n".join([WORDS + head, *lines]) + "\n"


def read_table(text: str) -> dict[str, list[str]]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")][1:]
    split = [line.split() for line in lines]
    return {" ".join(words[: -len(COLUMNS)]): words[-len(COLUMNS) :] for words in split}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[str]], list[list[bytes]]]:
    """What everybody was answered, and the events before anybody asked, as they were then and are now."""
    matrix = Matrix(tmp_path_factory.mktemp("matrix"))
    log = matrix.commune.ws.log
    try:
        before = [body for _, body in log.read_bodies()]
        answers = {" ".join(name.split()): words for name, words in matrix.rows()}
        return answers, [before, [body for _, body in log.read_bodies(0, len(before))]]
    finally:
        matrix.commune.ws.close()


@pytest.fixture(scope="module")
def found(asked: tuple[dict[str, list[str]], list[list[bytes]]]) -> dict[str, list[str]]:
    return asked[0]


def test_every_cell_of_the_matrix_is_as_it_stands_in_the_table(found: dict[str, list[str]]) -> None:
    if os.environ.get("CCHC_FLOW_WRITE_MATRIX"):
        TABLE.write_text(write_table(found), encoding="utf-8")
    expected = read_table(TABLE.read_text(encoding="utf-8"))
    assert [f"{name}: no such route any more" for name in expected.keys() - found.keys()] == []
    assert [f"{name}: not in the table" for name in found.keys() - expected.keys()] == []
    changed = [
        f"{name} as {column}: «{word}», expected «{was}»"
        for name, words in found.items()
        for column, word, was in zip(COLUMNS, words, expected[name], strict=True)
        if word != was
    ]
    assert changed == []


def test_a_stranger_reads_nothing_but_the_door(found: dict[str, list[str]]) -> None:
    opened = {name for name, words in found.items() if words[-1] not in {"sign-in", "hidden"}}
    assert opened == {"GET /sign-in", "POST /sessions", "GET /setup", "POST /setup"}


def test_without_a_role_there_is_nothing_but_the_own_account(found: dict[str, list[str]]) -> None:
    for name, words in found.items():
        own = name.split()[1].startswith(("/account", "/sessions", "/sign-in", "/setup"))
        assert own or words[-2] in {"no", "hidden"}, name


def test_no_route_changes_or_removes_an_event_whoever_asks(
    asked: tuple[dict[str, list[str]], list[list[bytes]]],
) -> None:
    before, after = asked[1]
    assert len(before) > 100
    assert after == before


INSPECTING = r"POST /(inspections|findings|audits|samples|exports|bundles|questions)\b"
"""What who only inspects records: inspections, findings, and that something was taken out of the log."""


def test_who_only_inspects_writes_nothing_but_inspections_and_findings(found: dict[str, list[str]]) -> None:
    place = COLUMNS.index("inspector")
    written = {name for name, words in found.items() if words[place] == "writes"}
    assert {name for name in written if not re.match(INSPECTING, name)} == set()


def test_people_of_the_province_change_nothing_and_have_no_pages_of_their_own(
    found: dict[str, list[str]],
) -> None:
    doors = ("/sign-in", "/setup", "/sessions")
    for name, words in found.items():
        method, path, *_ = name.split()
        for column in OF_PROVINCE:
            word = words[COLUMNS.index(column)]
            assert word != "writes", name
            assert method == "GET" or word == "no" or path.startswith(doors), name
            assert not path.startswith(("/account", "/inbox", "/work")) or word in {"no", "hidden"}, name


def test_somebody_of_the_province_reads_what_a_viewer_or_an_inspector_of_the_commune_reads(
    found: dict[str, list[str]],
) -> None:
    for name, words in found.items():
        if name == "GET /sign-in":  # in case that somebody has an account in the commune as well
            continue
        for column, role in OF_PROVINCE.items():
            same = "inspector" if role == "inspector" else "viewer"
            assert words[COLUMNS.index(column)] in {words[COLUMNS.index(same)], "no", "hidden", "sign-in"}, (
                name
            )


def test_only_an_administrator_changes_the_directory(found: dict[str, list[str]]) -> None:
    for name, words in found.items():
        if name.startswith("POST /directory"):
            assert words[COLUMNS.index("admin")] in {"writes", "form", "reads"}
            assert {word for column, word in zip(COLUMNS, words, strict=True) if column != "admin"} == {
                "no",
                "sign-in",
            }


def test_another_unit_takes_no_step_of_the_lead_unit(found: dict[str, list[str]]) -> None:
    for fact in ("starts", "submissions", "withdrawals", "extension-requests", "progress-reports"):
        own, other = (found[f"POST /items/<item_id>/<fact> {fact} {side}"] for side in ("own", "other"))
        place = COLUMNS.index("officer")
        assert (own[place], other[place]) == ("writes", "no"), fact
