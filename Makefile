# What a person types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# dev: tests and checks; all: also Spark and the benchmark's peers
PARTS ?= dev
export GONGBAO_HOME ?= $(CURDIR)/var

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench docs lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

# The stamp remembers which lock file the environment was made from.
STAMP := $(VENV)/.installed-$(PARTS)
$(STAMP): requirements/$(PARTS).txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(PARTS).txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

setup: $(STAMP) ## make .venv with the command gongbao

demo: setup ## a made-up city, rated, from nothing
	$(BIN)/python -m gongbao.config.demo

test: setup ## all tests; those that lack a part of the machine say so
	$(BIN)/python -m pytest

lint: setup ## style, types, the rules of the house
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

lock: setup ## work the locked parts out anew
	$(BIN)/uv pip compile -q --upgrade pyproject.toml --group dev --extra spark --extra bench --python-version 3.11 --no-emit-index-url --no-header --no-annotate --generate-hashes -o requirements/all.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev -c requirements/all.txt --python-version 3.11 --no-emit-index-url --no-header --no-annotate --generate-hashes -o requirements/dev.txt
	$(BIN)/uv pip compile -q pyproject.toml -c requirements/all.txt --python-version 3.11 --no-emit-index-url --no-header --no-annotate --generate-hashes -o requirements/base.txt

clean: ## remove the environment and all data of this folder
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
