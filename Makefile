# Everything runs in an environment of its own, .venv; nothing else on the machine is touched.
PYTHON ?= python3
VENV   := .venv
SITE   := .venv-site
BIN    := $(VENV)/bin
SERVER := .venv-hub
VOILA  := .venv-voila
FOX    := .venv-firefox
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install dev demo test lint approve check lab voila site pages build bench screenshots quality slow database browser hub clean

help:  ## Show what there is to do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/made: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/made-dev: $(VENV)/made
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

# JupyterLite in an environment of its own: its kernel would disturb JupyterLab.
$(SITE)/made: constraints.txt
	$(PYTHON) -m venv $(SITE)
	$(SITE)/bin/pip install --quiet --constraint constraints.txt jupyterlite-core jupyterlite-pyodide-kernel jupyter_server ipywidgets anywidget
	@touch $@

# Voila in an environment of its own: it puts a button and a server extension into JupyterLab.
$(VOILA)/made: constraints.txt
	$(PYTHON) -m venv $(VOILA)
	$(VOILA)/bin/pip install --quiet --constraint constraints.txt voila ipykernel ipywidgets anywidget pydantic pyyaml
	@touch $@

# What drives Debian’s Firefox in the tests: Playwright drives only a Firefox of its own.
$(FOX)/made: Makefile
	npm install --silent --prefix $(FOX) puppeteer-core@24.43.1
	@touch $@

install: $(VENV)/made  ## Set up the environment (about a minute)
dev: $(VENV)/made-dev  ## Set up the environment with the tools for developing

demo: install  ## Run a whole course with eight simulated learners, graded by nbgrader
	$(BIN)/grader demo demo

test: dev  ## Run the tests that take minutes at most
	$(BIN)/python -m pytest -q -n 2

lint: dev  ## Format, lint, types, the whole bank, and the casebook
	$(BIN)/ruff format --check grader tests
	$(BIN)/ruff check grader tests
	$(BIN)/mypy
	$(BIN)/grader check
	$(BIN)/grader casebook tests/casebook

approve: dev  ## Approve the sentences that the tests of the rules bring about (then read the difference)
	GRADER_APPROVE=1 $(BIN)/python -m pytest -q tests

check: lint test  ## All of that, and the tests

lab: install  ## Open JupyterLab on the practice notebooks as a learner sees them
	$(BIN)/grader lab

voila: install $(VOILA)/made  ## Open the exercises as plain pages with Voila, for one person
	$(BIN)/grader voila

site: install $(SITE)/made  ## Build the site for learners, for any static host, into build/site (needs npm)
	$(BIN)/grader site

pages: install  ## Write pages on which a lawyer checks the law
	$(BIN)/grader law pages

build: install  ## Rebuild notebooks, schema and docs from their sources
	$(BIN)/grader build

bench: dev site  ## Build the site, measure, print, and write docs/bench.json (needs npm; LARGE=1: 10,000 learners too)
	$(BIN)/python tests/bench.py

screenshots: dev  ## Take pictures of every kind of page into docs/screens (needs Debian’s chromium)
	$(BIN)/python -m tests.screenshots $(ONLY)

quality: dev  ## Change the code of the rules, and the law, to see what the tests notice (half an hour)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[quality]'
	rm -rf mutants && $(BIN)/mutmut run $(if $(SAMPLE),"grader.calendar*") > /dev/null
	$(if $(SAMPLE),$(BIN)/mutmut run $$($(BIN)/python tests/quality.py $(SAMPLE)) > /dev/null)
	$(BIN)/python tests/quality.py

slow: dev  ## Run the tests that run nbgrader itself
	$(BIN)/python -m pytest -q -n 2 -m "slow and not database"

database: dev  ## Run the tests with a gradebook in PostgreSQL (needs Debian’s postgresql)
	$(BIN)/python -m pytest -q -m database

browser: dev $(SITE)/made $(VOILA)/made $(FOX)/made  ## Run the tests in real browsers (needs Debian’s chromium and firefox-esr, and npm)
	$(BIN)/python -m pytest -q -m browser tests/e2e

$(SERVER)/made: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(SERVER)
	$(SERVER)/bin/pip install --quiet --constraint constraints.txt '.[hub]'
	npm install --silent --prefix $(SERVER) configurable-http-proxy@5.1.0
	@touch $@

hub: dev $(SERVER)/made  ## Run the tests of a class on a JupyterHub (as root; needs chromium, node and npm)
	$(SERVER)/bin/pip install --quiet --no-deps --force-reinstall .
	$(BIN)/python -m pytest -q -m hub tests/e2e/test_hub.py

clean:  ## Remove the environment and what was made by the demonstration
	rm -rf $(VENV) $(SITE) $(SERVER) $(VOILA) $(FOX) demo build dist law-pages
