# `make run` and `make test` need Python 3.11 or newer with venv, make and git; nothing else.
# Variables: PORT (8000), PYTHON (python3), ARGS (for pytest), DATABASE_URL, TEST_DATABASE_URL.

PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
PY = $(VENV)/bin/python
PIP_INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check
DJLINT = $(PY) -m djlint --lint --quiet

# Folders too: their time changes when a file in them goes.
STATIC_FILES := $(shell find static 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install-dev run test test-browser lint format clean

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || \
	  { echo "There is no $(PYTHON). MilitiaDB needs Python 3.11 or newer; name it with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is too old: MilitiaDB needs Python 3.11 or newer; name one with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "$(PYTHON) lacks venv; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: requirements.txt $(VENV)/.made
	@echo "Installing requirements.txt ..."
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements.txt $(VENV)/.made
	@echo "Installing requirements-dev.txt ..."
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/.installed

var/static/.collected: $(VENV)/.installed $(STATIC_FILES)
	@$(PY) manage.py collectstatic --no-input --verbosity 0
	@touch $@

install: $(VENV)/.installed

install-dev: $(VENV)/.installed-dev

run: install var/static/.collected ## Install, migrate, load, publish the demonstration data and serve it (PORT=8000)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py check --database default
	@$(PY) manage.py setup_demo
	@echo "MilitiaDB: http://127.0.0.1:$(PORT)/ (Ctrl-C stops it)"
	@exec $(PY) -m militiadb.serve $(PORT)

test: install-dev ## Run all tests; DATABASE_URL or TEST_DATABASE_URL may name PostgreSQL
	@DATABASE_URL="$${TEST_DATABASE_URL:-$$DATABASE_URL}" $(PY) -m pytest --durations=10 $(ARGS)

test-browser: install-dev ## Run only the tests that drive Chromium
	@DATABASE_URL="$${TEST_DATABASE_URL:-$$DATABASE_URL}" $(PY) -m pytest --durations=10 -m browser $(ARGS)

lint: install-dev ## Check format, style, templates, types and migrations; change nothing
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(DJLINT) --profile=jinja templates/public
	$(DJLINT) --profile=django --extend-exclude=templates/public templates
	$(PY) -m mypy
	$(PY) manage.py makemigrations --check --dry-run

format: install-dev ## Put code in form
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

clean: ## Remove the virtual environment, caches and collected files; keep the data in var/
	rm -rf $(VENV) var/static .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
