# Every target does all its own set-up: the first run makes .venv from the hash-pinned lock.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(READY): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Latchkey needs Python 3.11 or newer. Try: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(READY) ## the service and its sandbox on this machine; prints one URL
	@$(BIN)/python -m bot demo $(ARGS)

tour: $(READY) ## the whole story in the terminal, in under a minute
	@$(BIN)/python -m bot tour $(ARGS)

test: $(READY) ## every test, on all cores
	$(BIN)/python -m pytest -n auto $(ARGS)

check: $(READY) ## format, lint, types, architecture
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy bot tests
	$(BIN)/lint-imports

fix: $(READY) ## what the tools can mend by themselves
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## the figures of docs/benchmarks.md
	$(BIN)/python -m tests.benchmarks $(ARGS)

docs: $(READY) ## docs/exchanges.md, from the catalogue and the simulated exchanges
	$(BIN)/python -m tests.integration.exchanges.page

kill-rounds: $(READY) ## kill -9 during key entry, 1,000 rounds
	LATCHKEY_KILL_ROUNDS=1000 $(BIN)/python -m pytest -n 0 --timeout 7200 -s tests/acceptance/test_kill_rounds.py

stories: $(READY) ## outages and dead keys told apart, in 1,000 random stories
	LATCHKEY_STORIES=1000 $(BIN)/python -m pytest -n 0 --timeout 36000 tests/integration/usecases/test_telling_apart.py

lock: $(READY) ## renew the hash-pinned locks from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.lock

.PHONY: help demo tour test check fix bench docs kill-rounds stories lock
