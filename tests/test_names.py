"""Functions are named by what they do (`load_item`) or return (`warnings`), not by a participle alone."""

import ast
import re
from collections.abc import Iterator

import pytest

from cchc_flow import resources

SOURCES = (resources.PACKAGE, resources.folder("plugins"))
MOST = 0.01
"""The share of all functions that may be named by a bare participle all the same."""
EXCEPTIONS = {
    "given": "`given`, `when` and `then` of `cchc_flow.testing`: tests of plugins call them",
}
REGULAR = re.compile(r"(?!(?:embed|feed|need|seed|speed)$)[a-z]+ed")
IRREGULAR = re.compile(
    "become|begun|beset|bought|bound|broken|brought|built|caught|chosen|come|done|drawn|driven|fallen|fed|felt|"
    "fit|forgotten|fought|found|given|gone|got|grown|heard|held|hidden|kept|known|laid|led|left|lent|lost|made|"
    "meant|met|misspelt|paid|said|seen|sent|shown|sold|spelt|spent|spoilt|spoken|stood|sworn|swept|taken|taught|"
    "thought|thrown|told|undone|unfit|understood|won|worn|wound|written"
)
"""Left out: participles that are spelt as the verb is (cut, put, read, run, set, split, spread)."""


def functions() -> Iterator[tuple[str, str]]:
    """Yield the file and the name of every function and method of the product and its plugins."""
    for folder in SOURCES:
        for path in sorted(folder.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield str(path.relative_to(folder.parent)), node.name


def is_bare_participle(name: str) -> bool:
    """Tell whether a name is one word and a past participle, whatever underscores stand around it."""
    word = name.strip("_")
    return bool(REGULAR.fullmatch(word) or IRREGULAR.fullmatch(word))


@pytest.mark.parametrize("name", ["told", "_asked", "found", "checked", "__kept"])
def test_a_participle_alone_is_recognised(name: str) -> None:
    assert is_bare_participle(name)


@pytest.mark.parametrize("name", ["load_item", "found_items", "is_closed", "read", "seed", "warnings"])
def test_verbs_nouns_and_questions_are_not_taken_for_participles(name: str) -> None:
    assert not is_bare_participle(name)


def test_hardly_a_function_is_named_by_a_participle_alone() -> None:
    named = list(functions())
    bare = [f"{path}: {name}" for path, name in named if is_bare_participle(name) and name not in EXCEPTIONS]
    assert len(bare) <= MOST * len(named), "\n".join(bare)


def test_the_exceptions_are_few_and_each_is_needed() -> None:
    assert len(EXCEPTIONS) <= 10 and all(EXCEPTIONS.values())
    assert EXCEPTIONS.keys() <= {name for _, name in functions()}
