# `make run` and `make test` need Python 3.11 or newer with venv, make and git; nothing else.
# Variables: PORT (8000), PYTHON (python3), ARGS (for pytest), DATABASE_URL, TEST_DATABASE_URL; PYTHON_NEWER (the
# Python of `make test-django61`, else the first one found that is new enough); FILE, FORCE, HEAD, TO, KEEP (backups).

PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
PY = $(VENV)/bin/python
PIP_INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check
DJANGO61 = 6.1.3
VENV61 = .venv61
PY61 = $(VENV61)/bin/python
# A port of the shell is where the site is served, not where the tests expect it.
TEST = PORT= DATABASE_URL="$${TEST_DATABASE_URL:-$$DATABASE_URL}"
DJLINT = $(PY) -m djlint --lint --quiet

# Folders too: their time changes when a file in them goes.
STATIC_FILES := $(shell find static 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install-dev run test test-quick test-apart test-browser test-django61 lint format bench update backup restore clean

help: ## Say what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

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

# The same pins with another Django. Its Python must be newer than ours, so it is searched for.
$(VENV61)/.installed-$(DJANGO61): requirements-dev.txt requirements.txt
	@python="$${PYTHON_NEWER:-$$(.ci/python-at-least 3.12)}"; \
	  [ -n "$$python" ] || { echo "NOT RUN: Django 6.1 needs Python 3.12 or newer, and there is none here." >&2; exit 1; }; \
	  echo "Making $(VENV61) with $$python and Django $(DJANGO61) ..."; \
	  "$$python" -m venv --clear $(VENV61)
	@sed 's/^Django==.*/Django==$(DJANGO61)/' requirements.txt > $(VENV61)/requirements.txt
	@cp requirements-dev.txt $(VENV61)/
	@$(PY61) -m pip install --quiet --disable-pip-version-check -r $(VENV61)/requirements-dev.txt
	@touch $@

var/static/.collected: $(VENV)/.installed $(STATIC_FILES)
	@$(PY) manage.py collectstatic --no-input --verbosity 0
	@touch $@

install: $(VENV)/.installed

install-dev: $(VENV)/.installed-dev

run: install var/static/.collected ## Install, migrate, load, publish the demonstration data and serve it (PORT=8000)
	@$(PY) manage.py prepare
	@exec $(PY) -m militiadb.serve "$(PORT)"

test: install-dev ## Run all tests, browser and load tests last; DATABASE_URL or TEST_DATABASE_URL may name PostgreSQL
	@$(TEST) .ci/test $(PY) all $(ARGS)

test-quick: install-dev ## Run all tests but those that need Chromium, Java or many processes, on every core
	@$(TEST) .ci/test $(PY) quick $(ARGS)

test-apart: install-dev ## Run only those: screens in three processes, then what starts many of its own
	@$(TEST) .ci/test $(PY) apart $(ARGS)

test-browser: install-dev ## Run only the tests that drive Chromium
	@$(TEST) $(PY) -m pytest --durations=10 -m browser $(ARGS)

test-django61: $(VENV61)/.installed-$(DJANGO61) ## Run all tests but Chromium's on Django 6.1, in an environment of its own (Python 3.12 or newer)
	@$(PY61) -W error::DeprecationWarning -W error::PendingDeprecationWarning manage.py check
	@$(TEST) LEFT_OUT=browser .ci/test $(PY61) all $(ARGS)

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

bench: install ## Measure speed, memory and size (ARGS="--sizes 25,1000"; many at once and faults: benchmarks/README.md)
	@$(PY) -m benchmarks.run $(ARGS)

update: install var/static/.collected ## On a server, at first and after a git pull: migrate, make roles, make all pages again
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py ensure_roles
	@$(PY) manage.py rebuild_published
	@$(PY) manage.py check --deploy --database default

backup: install ## Write the database to one file in var/backups (TO=folder, KEEP=number of files)
	@$(PY) manage.py backup $(if $(TO),--to "$(TO)") $(if $(KEEP),--keep $(KEEP))

restore: install ## Bring FILE=... back and prove it (HEAD=digest; FORCE=1 replaces what is there)
	@[ -n "$(FILE)" ] || { echo "Name the backup: make restore FILE=var/backups/militiadb-...tar.gz" >&2; exit 1; }
	@$(PY) manage.py restore "$(FILE)" $(if $(HEAD),--head $(HEAD)) $(if $(filter 1,$(FORCE)),--force)

clean: ## Remove the virtual environments, caches and collected files; keep the data in var/
	rm -rf $(VENV) $(VENV61) var/static .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
