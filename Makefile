# Two commands do everything: `make demo` to try it, `make test` to check it. Both set up what they need.
SHELL := /bin/sh
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest -p no:cacheprovider
# Compiled modules are kept, whatever the shell says: each test process would compile all of them again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test test-fast bench lint types security tests wheel lock clean

help:  ## show what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/ —/'

PORT := 8000
demo:  ## set up, import the sample plan, serve the board at http://127.0.0.1:8000 (PORT=8001: there)
	@.ci/setup run
	@$(PYTHON) -m cchc_flow --data data/demo demo --port $(PORT)

test: setup-test lint types security tests wheel  ## set up, then every check
	@echo "All checks passed."

# What a rule or a command is tried with while it is written: the core, the commands, one area.
FAST := tests/workflow tests/commands $(wildcard tests/plugins/test_direction*.py)
test-fast: setup-test lint  ## within a minute: style, the core, the commands, one area
	@$(PYTEST) -q -n auto --dist loadfile $(FAST)

bench: setup-test  ## measure, each figure as a ratio to a baseline in the same run
	@$(PYTHON) -m bench

.PHONY: setup-test
setup-test:
	@.ci/setup test

lint:
	@echo "== style"
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types:
	@echo "== types"
	@.venv/bin/mypy

security:
	@echo "== security"
	@.venv/bin/bandit -q -c pyproject.toml -r cchc_flow plugins

# One more than there are cores: servers, browsers and timers leave theirs idle now and then.
WORKERS := $(shell echo $$(($$(nproc) + 1)))
tests:
	@echo "== tests"
	@folder=$$(.ci/test-folder) && trap 'rm -rf "$$folder"' EXIT INT TERM && \
		$(PYTEST) -n $(WORKERS) --dist loadfile --no-loadscope-reorder --basetemp "$$folder/pytest"

wheel:
	@echo "== wheel"
	@.ci/wheel

lock:  ## resolve the dependencies again (needs uv); the locks name no index
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate pyproject.toml -o requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate -c requirements.txt --extra sign --extra pg --group dev pyproject.toml -o requirements-dev.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --group pm4py -o requirements-pm4py.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --group readers -o requirements-readers.txt

clean:  ## remove what was set up and built, never data
	@rm -rf .venv .setup dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis screenshots
	@find . -name __pycache__ -prune -exec rm -rf {} +
