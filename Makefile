# Everything a person does here, as one word each. `make` alone lists the words.
#
#   make demo                          on a machine that has never seen the project
#   make test PYTHON=python3.13        with a Python of your choice
#   make test VENV=/somewhere/else     without touching ./.venv
#   make test ARGS="tests/cli -k zh"   a part of the tests
#   make mutants MODULE=merkle         one module of tests/mutation/targets.toml

SHELL   := /bin/sh
PYTHON  ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
             $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
VENV    ?= .venv
WORKERS ?= 2
ARGS    ?=
MODULE  ?=
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
PINS    := --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo setup test lint format types imports check bench mutants wheel clean

help:  ## list these words
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime  ## tell the whole story in a temporary ledger
	@$(BIN)/trustledger demo

setup: $(VENV)/.dev  ## make .venv with everything development needs

test: $(VENV)/.dev  ## run all tests
	@$(BIN)/pytest -n $(WORKERS) $(ARGS)

lint: $(VENV)/.dev  ## check style and formatting
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

format: $(VENV)/.dev  ## format the code, and mend what can be mended by machine
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

types: $(VENV)/.dev  ## check types, strictly: the product, and a file of typical calls
	@$(BIN)/mypy
	@$(BIN)/mypy tests/project/typing_user.py

imports: $(VENV)/.dev  ## check that no floor imports a higher one
	@$(BIN)/lint-imports --no-logo

check: lint types imports test  ## all of the above

bench: $(VENV)/.dev  ## measure imports, appends and the audit beside their floors
	@$(BIN)/python -m benchmarks $(ARGS)

mutants: $(VENV)-mutants/.ready  ## change the code in small ways, and see that tests notice
	@$(VENV)-mutants/bin/python tests/mutation/run.py --jobs $(WORKERS) $(MODULE)

wheel: $(VENV)/.dev  ## build dist/*.whl
	@rm -rf dist
	@$(BIN)/python -m build --wheel --outdir dist .

clean:  ## remove everything that was made here
	rm -rf $(VENV) $(VENV)-mutants build dist .coverage htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: made again when the project's own list of what it needs has changed.
$(VENV)/.runtime: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "TrustLedger needs Python 3.11 or later, and found: $$($(PYTHON) --version 2>&1 | tail -1)." >&2; \
	  echo "If you have one under another name:  make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Setting up $(VENV) (once) ..." >&2; $(PYTHON) -m venv $(VENV); } || { \
	  rm -rf $(VENV); echo "That Python cannot make virtual environments (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@$(PIP) install $(PINS) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@echo "Adding what development needs ..." >&2
	@$(PIP) install --upgrade 'pip>=25.1'  # dependency groups (PEP 735)
	@$(PIP) install $(PINS) --group dev
	@touch $@

# An environment of its own: what is mutated is a copy, and an editable installation would be found before it.
$(VENV)-mutants/.ready: pyproject.toml constraints.txt
	@test -x $(VENV)-mutants/bin/python || $(PYTHON) -m venv $(VENV)-mutants
	@echo "Setting up $(VENV)-mutants ..." >&2
	@$(VENV)-mutants/bin/python -m pip --quiet install --upgrade 'pip>=25.1'
	@$(VENV)-mutants/bin/python -m pip --quiet --no-input install $(PINS) --group mutants .
	@touch $@
