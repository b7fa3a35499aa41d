# `make` alone lists what there is. Everything runs from .venv, which scripts/setup.sh makes from the locks.
.DEFAULT_GOAL := help
export PYTHON ?=
PY := .venv/bin/python

.PHONY: help setup setup-test run test check format bench lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 12

setup: ## the environment to run in (.venv)
	@scripts/setup.sh run

setup-test:
	@scripts/setup.sh test

run: setup ## index the starter guidance when nothing is indexed, then answer questions here, or in Slack when its tokens are set
	@$(PY) -m bot.terminal ingest --starter
	@$(PY) -m bot.terminal run

test: setup-test ## the tests of every day, in a few minutes, on two processes
	@$(PY) -m pytest -n 2 --dist loadfile -m "not slow and not faults"

check: setup-test ## format, lint, types, import contract, then the slow tests and the faults
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m pytest -m "slow or faults"

format: setup-test ## format the code and mend what ruff can
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

bench: setup-test ## speed against a baseline of the same run, in Slack too, then the question set; SOURCES="a.toml" for other documents
	@$(PY) -m evaluation.bench $(or $(SOURCES),guidance/sources.toml)
	@$(PY) -m bot.terminal ingest --starter
	@$(PY) -m tests.bench_slack
	@$(PY) -m tests.bench_publish
	@$(PY) -m bot.terminal evaluate

lock: setup-test ## write requirements/*.lock from what is installed
	@$(PY) scripts/lock.py

clean: ## remove the environment and the caches; keeps var/, where builds and records are
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
