"""Whatever tells somebody to run a command names one that exists, with options that it has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cchc_flow.cli import cli

ROOT = Path(__file__).parents[2]
TEXTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted(
        path for path in (ROOT / "docs").rglob("*") if path.suffix in {".md", ".service", ".timer", ".conf"}
    ),
    *sorted((ROOT / "templates").rglob("*.html")),
    *sorted((ROOT / "plugins").rglob("*.html")),
    *sorted((ROOT / "cchc_flow" / "web" / "static" / "js").glob("*.js")),
    ROOT / "Makefile",
    *sorted(path for path in (ROOT / ".ci").iterdir() if path.is_file()),
]
CODE = sorted(path for room in ("cchc_flow", "plugins") for path in (ROOT / room).rglob("*.py"))
NAMED = re.compile(
    r"(?<![\w/.-])(?:cchc-flow|python -m cchc_flow|\$\(PYTHON\) -m cchc_flow) +(?P<words>[^»`\"|&;#<>\n]*)"
)
WORD = re.compile(r"[a-z][a-z-]*")
VALUE = "…"
"""Stands in a sentence for what the program fills in."""


def sentences() -> Iterator[tuple[str, str]]:
    """Yield each text that somebody may read, with the file in which it stands."""
    for path in TEXTS:
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for path in CODE:
        for text in strings(ast.parse(path.read_text(encoding="utf-8"))):
            yield str(path.relative_to(ROOT)), text


def strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings in a program; a value within one is «…»."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else VALUE for part in node.values]
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        else:
            yield from strings(node)


def commands() -> Iterator[tuple[str, str]]:
    for place, text in sentences():
        for found in NAMED.finditer(text):
            yield place, found["words"].strip()


def wrong(words: str) -> str:
    """Return what there is not in the words after `cchc-flow`; "" when there is all of it.

    Words that begin with no command and no option are those of a sentence about the program.
    """
    known: click.Command = cli
    said = words.removeprefix(
        "cchc-flow "
    ).split()  # after a user of that name: sudo -u cchc-flow cchc-flow …
    is_command = False
    while said:
        word = said.pop(0).strip("[].,:)('")
        option = word.partition("=")[0]
        if option.startswith("--"):
            options = {name: one for one in known.params for name in one.opts}
            if option not in {*options, "--help"}:
                return option
            takes_value = option in options and not getattr(options[option], "is_flag", False)
            if takes_value and known is cli and said:
                said.pop(0)
            is_command = True
        elif isinstance(known, click.Group) and known.commands.get(word):
            known, is_command = known.commands[word], True
        elif isinstance(known, click.Group) and WORD.fullmatch(word) and (is_command or not said):
            return word
        elif known is cli:
            return "" if word in SENTENCES or not WORD.fullmatch(word) else word
    return ""


SENTENCES = {"and", "is", "was", "before", "found", "of", "on"}
"""English words that follow the name of the program where it is told of."""


@pytest.mark.parametrize(("place", "words"), sorted(set(commands())))
def test_every_command_that_is_named_anywhere_exists_with_its_options(place: str, words: str) -> None:
    assert wrong(words) == ""


@pytest.mark.parametrize(
    "words", ["plan amend", "plan amend FILE", "forget", "verify --every", "--all verify"]
)
def test_what_does_not_exist_is_found(words: str) -> None:
    assert wrong(words) != ""


def test_sentences_in_code_and_in_templates_are_looked_at() -> None:
    found = set(commands())
    assert ("cchc_flow/demo.py", "--workspace dung-thu demo.") in found
    assert any(place.startswith("templates/") for place, _ in found)
    assert len(found) > 80
