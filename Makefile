# What a person types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# dev: tests and checks; all: also Spark and the benchmark's peers
PARTS ?= dev
# more workers than one: PYTEST="-n 2"
PYTEST ?= -n auto
export GONGBAO_HOME ?= $(CURDIR)/var

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench docs pictures lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

# The stamp remembers which lock file the environment was made from.
STAMP := $(VENV)/.installed-$(PARTS)
$(STAMP): requirements/$(PARTS).txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(PARTS).txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

# Fonts and page assets, by hash, with the npm of the environment.
ASSETS := node_modules/.copied
$(ASSETS): package-lock.json src/gongbao/web/assets.toml src/gongbao/documents/fonts.toml $(STAMP)
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent
	$(BIN)/python -m gongbao.web.assets
	$(BIN)/python -m gongbao.documents.papers.fonts
	touch $@

setup: $(STAMP) $(ASSETS) ## make .venv with the command gongbao

demo: setup ## a made-up city, rated, and the whole house on http://127.0.0.1:8000/ (PORT=…), until Ctrl-C
	$(BIN)/gongbao demo-city --out $(GONGBAO_HOME)/demo/city --seed 1
	$(BIN)/gongbao rate $(GONGBAO_HOME)/demo/city --cycle 2026H1 --out $(GONGBAO_HOME)/demo/result
	GONGBAO_DEMO=1 $(BIN)/gongbao rating demo
	GONGBAO_DEMO=1 $(BIN)/gongbao firesafety demo
	GONGBAO_DEMO=1 $(BIN)/gongbao support demo
	GONGBAO_DEMO=1 $(BIN)/gongbao demo-people
	GONGBAO_DEMO=1 $(BIN)/gongbao serve --port $(PORT)

# On SQLite everything; on PostgreSQL, where GONGBAO_POSTGRES_URL names one, what touches the database, and there
# (once is enough) what drives a browser or throws random requests. Reading every page once, on SQLite, is enough too.
test: setup ## all tests; those that lack a part of the machine say so
ifdef GONGBAO_POSTGRES_URL
	$(BIN)/python -m pytest $(PYTEST) -m "not browser and not fuzz"
	GONGBAO_DATABASE_URL=$(GONGBAO_POSTGRES_URL) $(BIN)/python -m pytest $(PYTEST) -m "(database and not pages) or browser or fuzz"
else
	$(BIN)/python -m pytest $(PYTEST)
	@echo "!! PostgreSQL was not tested: set GONGBAO_POSTGRES_URL=postgres://user@host:port/name to include it"
endif

lint: setup ## style, types, the rules of the house
	$(BIN)/ruff format --check src tests benchmarks docs
	$(BIN)/ruff check src tests benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

bench: ## the same work done by us and by the peers, in one run
	$(MAKE) setup PARTS=all
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --prefix benchmarks
	$(BIN)/python -m benchmarks.rating
	$(BIN)/python -m benchmarks.support

docs: setup ## write the page of commands anew
	$(BIN)/python docs/reference/generate.py

pictures: setup ## take the pictures of the tour anew, from a running demonstration (PORT=…)
	$(BIN)/python docs/tutorial/pictures.py http://127.0.0.1:$(PORT)

lock: setup ## work the locked parts out anew
	$(BIN)/uv pip compile -q --upgrade pyproject.toml --group dev --extra spark --extra bench --python-version 3.11 --no-emit-index-url --no-header --no-annotate --generate-hashes -o requirements/all.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev -c requirements/all.txt --python-version 3.11 --no-emit-index-url --no-header --no-annotate --generate-hashes -o requirements/dev.txt
	$(BIN)/uv pip compile -q pyproject.toml -c requirements/all.txt --python-version 3.11 --no-emit-index-url --no-header --no-annotate --generate-hashes -o requirements/base.txt

clean: ## remove the environment and all data of this folder
	rm -rf $(VENV) node_modules src/gongbao/web/static/vendor src/gongbao/documents/fonts var .mypy_cache .ruff_cache .pytest_cache .hypothesis
