# One way to run everything. A machine needs Python >= 3.11 and make; the rest is put into .venv.
# Another interpreter or environment:  make test PYTHON=python3.12 VENV=.venv-3.12

VENV ?= .venv
PYWB ?= .venv-pywb
DASK ?= .venv-dask
SPARK ?= .venv-spark
DIST ?= .venv-dist
PYTHON ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
WORKERS ?= auto
BENCH ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-all test-debian clusters lint docs bench constraints dist release clean

help: ## say what there is
	@echo "make demo      run revtrack on the bundled example history and write a report"
	@echo "make test      all tests          make test-all   the tests on every Python found"
	@echo "make test-debian   a short set of tests on Debian's own Python"
	@echo "make clusters  Dask and Spark (1 GB) for the tests of corpora"
	@echo "make lint      ruff, mypy --strict, import-linter"
	@echo "make docs      build the documentation into build/docs"
	@echo "make constraints   pin every package for development in constraints.txt, with hashes"
	@echo "make bench     speed beside the peers (BENCH='--rounds 9' for more rounds)"
	@echo "make dist      build the packages, check them, and try the wheel alone"
	@echo "make release   make dist, then upload what it built"
	@echo "make clean     remove what the above made, the environment included"

# --- the environment: one, grown as needed; a stamp per group makes a second run quick -------------

$(VENV)/.made:
	@[ -x $(BIN)/python ] || { \
	  python=$$(sh .ci/find-python $(PYTHON)) && \
	  echo "creating $(VENV) with $$python" && $$python -m venv $(VENV); }
	@$(PIP) install --upgrade 'pip>=25.1' # older ones know no dependency groups
	@touch $@

$(VENV)/.demo: EXTRAS := cli,report
$(VENV)/.test: EXTRAS := archive,card,cli,corpus,extract,http,markdown,notify,report,sphinx,store,tables
$(VENV)/.test: GROUPS := --group tests
$(VENV)/.lint: EXTRAS := archive,card,cli,corpus,extract,http,markdown,notify,report,sphinx,store,tables
$(VENV)/.lint: GROUPS := --group lint
$(VENV)/.docs: EXTRAS := archive,card,cli,corpus,extract,http,markdown,notify,report,sphinx,store,tables
$(VENV)/.docs: GROUPS := --group docs
$(VENV)/.bench: EXTRAS := cli,corpus,report,store
$(VENV)/.bench: GROUPS := --group bench

$(VENV)/.demo $(VENV)/.test $(VENV)/.lint $(VENV)/.docs $(VENV)/.bench: pyproject.toml | $(VENV)/.made
	@echo "installing into $(VENV): revtrack[$(EXTRAS)] $(GROUPS)"
	@$(PIP) install --editable '.[$(EXTRAS)]' $(GROUPS)
	@touch $@

# --- what there is to run ---------------------------------------------------------------------------

demo: $(VENV)/.demo
	@echo "running examples/demo.py on the bundled example history"
	@$(BIN)/python examples/demo.py

# a web archive to test against: its pins clash with ours, so it has an environment of its own
$(PYWB)/.made: | $(VENV)/.made
	@echo "creating $(PYWB)"
	@$(BIN)/python -m venv $(PYWB)
	@$(PYWB)/bin/python -m pip --quiet --disable-pip-version-check install 'pywb>=2.9,<3'
	@touch $@

# clusters to test against, large and with pins of their own; on a user's machine the tests that need
# them are skipped, unless `make clusters` has made them
$(DASK)/.made: EXTRA := dask
$(SPARK)/.made: EXTRA := spark
$(DASK)/.made $(SPARK)/.made: | $(VENV)/.made
	@echo "creating $(@D)"
	@$(BIN)/python -m venv $(@D)
	@$(@D)/bin/python -m pip --quiet --disable-pip-version-check install --upgrade 'pip>=25.1'
	@$(@D)/bin/python -m pip --quiet install --editable '.[archive,cli,report,$(EXTRA)]'
	@touch $@

clusters: $(DASK)/.made $(if $(shell command -v java),$(SPARK)/.made)

test: $(VENV)/.test $(PYWB)/.made $(if $(CI),clusters)
	@echo "running all tests ($(WORKERS) workers)"
	@REVTRACK_PYWB=$(PYWB) REVTRACK_DASK=$(DASK) REVTRACK_SPARK=$(SPARK) \
	  $(BIN)/python -m pytest -n $(WORKERS)

test-all: test
	@for name in /usr/bin/python3.11 python3.11 python3.12 python3.13 python3.14; do \
	  if python=$$(sh .ci/find-python $$name 2>/dev/null); then \
	    echo "running all tests on $$name"; \
	    venv=$(VENV)-$$(echo $$name | sed 's|^/usr/bin/python|debian-|; s|^python||'); \
	    $(MAKE) --no-print-directory test VENV=$$venv PYTHON="$$python" || exit 1; \
	  else echo "$$name was not found here: not tested"; fi; \
	done

# what a regular expression means differs between releases of one version: 3.11.0 to 3.11.4 take groups
# that are repeated possessively for something else, and Debian ships one of these
test-debian: VENV := .venv-debian
test-debian: ## the short set on Debian's own Python: what reads and compares text
	@$(MAKE) --no-print-directory $(VENV)/.test VENV=$(VENV) PYTHON=/usr/bin/python3.11
	@echo "running the short set on $$(/usr/bin/python3.11 --version)"
	@$(VENV)/bin/python -m pytest -n $(WORKERS) tests/laws tests/text tests/diff tests/changes tests/notices

lint: $(VENV)/.lint
	@echo "ruff check, ruff format --check, mypy --strict, lint-imports"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python tools/architecture.py --check

docs: $(VENV)/.docs
	@echo "building the documentation, warnings are errors"
	@$(BIN)/python -m sphinx -W --keep-going -q -b html -d build/doctrees docs build/docs
	@echo "build/docs/index.html"

# bench/rules.py takes an hour, bench/watch.py as many as it is asked for: they are run by hand
bench: $(VENV)/.bench
	@mkdir -p build/bench
	@for table in $(filter-out bench/rules.py bench/watch.py,$(wildcard bench/[a-z]*.py)); do \
	  echo "$$table" >&2; \
	  $(BIN)/python $$table $(BENCH) > build/bench/$$(basename $$table .py).json || exit 1; \
	done
	@echo "build/bench holds the figures as JSON"

# for every Python and system at once; install by it as CONTRIBUTING.md says
constraints: $(VENV)/.made
	@$(PIP) install 'uv>=0.5'
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --all-extras --group tests --group lint --group docs --group bench --group dist \
	  --upgrade --output-file constraints.txt pyproject.toml
	@echo "constraints.txt pins $$(grep -c == constraints.txt) packages"

# a release: the packages are built, checked, and the wheel is tried where there is nothing else
$(DIST)/.made: pyproject.toml | $(VENV)/.made
	@$(BIN)/python -m venv --clear $(DIST)
	@$(DIST)/bin/python -m pip --quiet --disable-pip-version-check install --upgrade 'pip>=25.1'
	@$(DIST)/bin/python -m pip --quiet install --group dist
	@touch $@

dist: $(DIST)/.made
	@rm -rf dist build/wheel
	@$(DIST)/bin/python -m build --outdir dist . > /dev/null
	@$(DIST)/bin/twine check --strict dist/*
	@$(DIST)/bin/check-wheel-contents dist/*.whl
	@$(BIN)/python -m venv build/wheel
	@build/wheel/bin/python -m pip --quiet --disable-pip-version-check install dist/*.whl
	@build/wheel/bin/python -I tools/check_wheel.py

release: dist
	@$(DIST)/bin/twine upload dist/*

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(VENV) $(VENV)-[3d]* $(PYWB) $(DASK) $(SPARK) $(DIST)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
