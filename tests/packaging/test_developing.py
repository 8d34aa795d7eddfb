"""What a developer's machine checks before a commit is what `make test` checks, with the same tools."""

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
RECIPES = (ROOT / "Makefile").read_text()


def test_the_hooks_before_a_commit_fetch_nothing() -> None:
    assert [repo["repo"] for repo in HOOKS] == ["local"]
    assert {hook["language"] for repo in HOOKS for hook in repo["hooks"]} == {"system"}


def test_the_hooks_before_a_commit_run_what_make_test_runs() -> None:
    entries = [hook["entry"] for repo in HOOKS for hook in repo["hooks"]]
    assert len(entries) == 3
    assert [entry for entry in entries if f"\t@{entry}\n" not in RECIPES] == []
