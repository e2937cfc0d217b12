# `make demo` and `make test` are all a newcomer needs; each sets everything up first.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format audit bench siege mutants browser-tools

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: ## own virtual environment with the locked dependencies; again, it does nothing
	@sh scripts/setup $(PYTHON) $(VENV)

demo: setup ## load the 2015-2016 edition, build its synthesis, serve the site on port 8000
	@$(BIN)/accroche demo

browser-tools: ## Chromium and the Java parts the tests drive, from Debian when apt may be used
	@sh scripts/browser-tools

test: ## every check and every test, on SQLite and PostgreSQL and in a browser
	@PYTHON=$(PYTHON) sh scripts/test

check: setup ## format, lint, types, layers
	@sh scripts/check

format: setup ## write the one formatting there is
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/djlint --reformat --quiet accroche || true # 1 means « I reformatted »

audit: setup browser-tools ## accessibility and paper on the whole sample of docs/rgaa.md; the suite looks at a part
	@HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest -q tests/browser/test_rgaa.py tests/browser/test_papier.py \
		tests/browser/test_public_pages.py tests/publications/renderers/test_pages.py

bench: setup ## the benchmarks, with their peers in the same run
	@$(BIN)/python benchmarks/synthese.py
	@$(BIN)/python -m benchmarks.tirage
	@$(BIN)/python benchmarks/recensement.py
	@$(BIN)/python scripts/postgres.py $(BIN)/python -m benchmarks.catalogue
	@$(BIN)/python -m benchmarks.catalogue.pages
	@$(BIN)/python -m benchmarks.pertinence

siege: setup ## a real instance attacked on loopback, SQLite then PostgreSQL; as root, with full disks
	@$(BIN)/python -m benchmarks.siege

mutants: setup ## changes the code in small and tells what no test sees; hours, not part of test (ROOMS="lib/uai")
	@nice -n 15 $(BIN)/python scripts/mutants.py $(ROOMS)
