# Seatledger needs Python 3.11 or newer and make; everything else is installed into .venv.

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
DATA := .data
DEMO := SEATLEDGER_DATABASE_URL=sqlite:///$(DATA)/seatledger.db SEATLEDGER_MAIL_URL=$${SEATLEDGER_MAIL_URL:-keep:} $(BIN)/seatledger
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --no-annotate

.DEFAULT_GOAL := help
.PHONY: help install serve test chaos chaos-short fuzz bench screenshots lint lock clean
.DELETE_ON_ERROR:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.installed ## Install Seatledger into .venv
	@echo "Installed: $(BIN)/seatledger"

serve: $(DATA)/seatledger.db ## Run a demo on this machine, with its data in .data
	@cat $(DATA)/demo.txt
	@$(DEMO) serve

test: $(VENV)/.developing ## Run all tests, on SQLite and on PostgreSQL
	$(BIN)/pytest -n auto

fuzz: $(VENV)/.developing ## Throw random requests at every documented operation
	$(BIN)/pytest -m fuzz -n 2

bench: $(VENV)/.developing ## Measure speed against pgbench, COPY and a route that does nothing
	$(BIN)/python -m bench.run

chaos: $(VENV)/.developing ## Break what can break, for an hour or more, and count what was lost
	@failed=0; \
	$(BIN)/python -m chaos long || failed=1; \
	$(BIN)/pytest tests/properties --hypothesis-profile=long --timeout=3600 || failed=1; \
	$(BIN)/pytest chaos/sabotage -n 2 || failed=1; exit $$failed

chaos-short: $(VENV)/.developing ## The same in two minutes
	@failed=0; \
	$(BIN)/python -m chaos short || failed=1; \
	$(BIN)/pytest chaos/sabotage -n 2 || failed=1; exit $$failed

screenshots: $(VENV)/.developing ## Take the pictures of docs/console (needs Chromium)
	$(BIN)/python -m tests.console.browser.screenshots docs/console

lint: $(VENV)/.developing ## Check style, types, import contracts and dependencies
	@failed=0; \
	for check in "ruff check" "ruff format --check" mypy lint-imports "deptry src"; do \
	  echo "$$check"; $(BIN)/$$check || failed=1; \
	done; exit $$failed

lock: ## Choose the newest versions and write the lock files (needs uv)
	@command -v $(UV) >/dev/null || { \
	  echo "make lock needs uv: install it, or say where it is with UV=path."; exit 1; }
	$(LOCK) --upgrade --group build pyproject.toml --output-file requirements.lock
	$(LOCK) --upgrade --group build --group dev --constraint requirements.lock pyproject.toml \
	  --output-file requirements-dev.lock

clean: ## Remove .venv and what tools left behind; .data stays
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests bench chaos -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Seatledger needs Python 3.11 or newer as $(PYTHON); choose another with PYTHON=path."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo "$(PYTHON) can't make virtual environments; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements.lock pyproject.toml
	$(PIP) install --quiet --require-hashes --requirement requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.developing: $(VENV)/.installed requirements-dev.lock
	$(PIP) install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

$(DATA)/seatledger.db: | $(VENV)/.installed
	@mkdir -p $(DATA)
	@umask 077 && $(DEMO) init --demo >$(DATA)/demo.txt || { rm -f $@ $@-wal $@-shm; exit 1; }
