# Everything here runs in .venv, which the first target that needs it makes.
# Settings:  make run PORT=8080 DATA=~/precedent    make test PYTHON=python3.12

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-slow bench lint types format messages lock clean

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install --root-user-action=ignore
PYTHON ?= python3.13 python3.12 python3.11 python3

# One set of options, so that both lists are locked alike.
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--python-version 3.11 --custom-compile-command 'make lock' --group build pyproject.toml

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.run-ready ## start Precedent; PORT= and DATA= say where
	@exec env $(if $(PORT),PRECEDENT_PORT='$(PORT)') $(if $(DATA),PRECEDENT_DATA='$(DATA)') \
		$(BIN)/precedent up

test: .venv/.test-ready ## every check but the slow tests
	$(BIN)/python tools/debian.py
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/messages.py check
	$(BIN)/pytest -n 2 --dist loadgroup

test-slow: .venv/.test-ready ## the slow tests
	$(BIN)/python tools/debian.py
	$(BIN)/pytest -m slow

bench: .venv/.test-ready ## measure how fast Precedent answers
	$(BIN)/python tools/bench.py

lint: .venv/.test-ready ## style, and which module may import which
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo

types: .venv/.test-ready ## check the types
	$(BIN)/mypy

format: .venv/.test-ready ## rewrite the sources in the project's style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

messages: .venv/.test-ready ## bring the translations in line with the sources
	$(BIN)/python tools/messages.py extract
	$(BIN)/python tools/messages.py compile

# From the bare environment, so that a list which no longer installs can still be replaced.
lock: $(BIN)/python ## choose the newest releases that pyproject.toml allows
	$(INSTALL) --quiet 'uv>=0.13,<0.14'
	$(COMPILE) --upgrade --output-file requirements/run.txt
	$(COMPILE) --upgrade --output-file requirements/test.txt --extra test --constraints requirements/run.txt

clean: ## remove the environment and every cache
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist
	find src tests tools -name __pycache__ -prune -exec rm -rf {} +

# The first of PYTHON that starts, is of a supported version and can make an environment.
$(BIN)/python:
	@rm -rf .venv; bare=; \
	for python in $(PYTHON); do \
		"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || continue; \
		"$$python" -c 'import venv, ensurepip' 2>/dev/null || { bare=$${bare:-$$python}; continue; }; \
		echo 'Making the environment (once, about a minute)…'; \
		exec "$$python" -m venv .venv; \
	done; \
	if [ "$$bare" ]; then \
		echo "$$bare cannot make environments: install its venv module (Debian: apt-get install python3-venv)." >&2; \
	else \
		echo 'Python 3.11, 3.12 or 3.13 is needed (looked for: $(PYTHON)); PYTHON=/path/to/python names another.' >&2; \
	fi; \
	exit 1

.venv/.run-ready: requirements/run.txt pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test-ready: requirements/test.txt .venv/.run-ready
	$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@
