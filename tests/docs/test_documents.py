"""What the documents promise is there: commands, links, and the blocks that say that they run."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cchc_flow.cli import cli, run
from cchc_flow.samples import SAMPLE_PLAN
from cchc_flow.web.http.security_log import BY_STATUS
from cchc_flow.workflow.inspection import FINDING
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workflow.task import TASK

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"`(cchc-flow[^`]*)`|^(cchc-flow .*)$", re.MULTILINE)
LINK = re.compile(r"\]\((?P<to>[^)]+)\)")
GUIDE = (ROOT / "docs/vi/huong-dan.md").read_text()


def commands() -> Iterator[str]:
    for document in DOCUMENTS:
        for found in CODE.finditer(document.read_text()):
            yield (found[1] or found[2]).split("#")[0].strip()


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_every_command_that_a_document_names_exists_with_its_options(line: str):
    known: click.Command = cli
    for word in shlex.split(line)[1:]:
        if isinstance(known, click.Group) and word in known.commands:
            known = known.commands[word]
        elif word.startswith("--"):
            assert word in {option for one in known.params for option in one.opts} | {"--help"}
    assert known is not cli or line in (
        "cchc-flow",
        "cchc-flow [--data DIR] [--workspace NAME] [--as LOGIN] COMMAND",
    )


def test_the_guide_names_every_command():
    missing = [name for name in cli.commands if f"cchc-flow {name}" not in GUIDE]
    assert missing == []


def test_the_guide_knows_every_role_and_every_step_of_a_task_by_the_words_of_the_screen():
    lower = GUIDE.lower()
    assert [words for words in ROLES.values() if words.lower() not in lower] == []
    titles = [state.title for state in TASK.states] + [step.title for step in TASK.transitions]
    assert [title for title in titles if title.lower() not in lower] == []


def test_the_guide_knows_every_step_of_a_finding_by_the_words_of_the_screen():
    titles = [state.title for state in FINDING.states] + [step.title for step in FINDING.transitions]
    assert [title for title in titles if title not in GUIDE] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_project_leads_somewhere(document: Path):
    text = document.read_text()
    for found in LINK.finditer(text):
        to, _, anchor = found["to"].partition("#")
        if "://" in to:
            continue
        target = (document.parent / to).resolve() if to else document
        assert target.exists(), found["to"]
        assert not anchor or anchor in anchors(target), found["to"]


def anchors(document: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_target_of_make_that_a_document_names_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = "".join(document.read_text() for document in DOCUMENTS)
    assert set(re.findall(r"(?:`|^)(?:\w+=\w+ )?make ([a-z-]+)", text, re.MULTILINE)) <= targets


def test_the_readme_is_read_in_one_go():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 100


def test_the_blocks_that_say_that_they_run_do(programs: dict[str, str], tmp_path: Path, monkeypatch, capsys):
    shutil.copy(SAMPLE_PLAN, tmp_path / "plan.docx")
    monkeypatch.chdir(tmp_path)
    for name in ("first-board.sh", "workflow.sh", "proof.sh", "kiem-tra.sh"):
        for line in programs[name].splitlines():
            if line != "cchc-flow serve":  # a server does not end
                assert run(shlex.split(line)[1:]) == 0, capsys.readouterr().err
    said = capsys.readouterr().out
    assert "63 công việc" in said
    assert "Mật khẩu tạm:" in said
    assert said.count("độc lập với nhật ký") >= 2


def test_the_operator_is_told_of_every_kind_of_refusal_in_the_security_log():
    code = "".join(path.read_text() for path in (ROOT / "cchc_flow" / "web").rglob("*.py"))
    named = set(re.findall(r'(?:report_refusal|name_refusal)\(\s*"(\w+)"', code)) | {*BY_STATUS.values()}
    named |= {"sign_in_failed", "setup_code_wrong", "malformed"}
    guide = (ROOT / "docs/operating.md").read_text()
    assert [kind for kind in sorted(named) if f"`{kind}`" not in guide] == []
    assert len(named) > 9
