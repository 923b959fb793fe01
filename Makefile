# Everything runs from here, on a fresh machine with Python >= 3.10 and make.
# `make demo` shows the product, `make test` proves it, `make dev` is for working on it.

PYTHON ?= python3
# Which JupyterLab the suites run on: 4.5.* or 4.6.*.
JUPYTERLAB ?= 4.6.*
VENV := $(CURDIR)/.venv
BIN := $(VENV)/bin
DOCS_VENV := $(CURDIR)/.venv-docs
# Settings of this machine's own pip, proxies for packages and the like must not decide what a
# test sees; installing packages may use them.
export PATH := $(BIN):$(PATH)
export CODEARTIFACT_VENV := $(VENV)
export npm_config_update_notifier := false
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

ENGINE := jupyterlab_codeartifact/engine/engine.cjs
LABEXTENSION := jupyterlab_codeartifact/labextension/package.json
EMULATOR := build/emulator.cjs
ENGINE_SOURCES := $(shell find src/engine src/protocol -name '*.ts' ! -name '*.spec.ts' 2>/dev/null)
LAB_SOURCES := $(shell find src/lab src/protocol style schema -type f ! -name '*.spec.ts*' 2>/dev/null)
EMULATOR_SOURCES := $(shell find testing/emulator -type f ! -name '*.spec.ts' 2>/dev/null)

.PHONY: help demo demo-pseudo pseudo-language demo-check demo-ok demo-timeout demo-denied test test-static test-beside test-js test-python test-ui test-wheel test-netns \
        lint types build dev watch bench docs docs-images docs-comparison gallery clean test-docs \
        test-infra test-hub journeys film soak crowd differential performance reliability wheelhouse

help:
	@echo 'make demo        JupyterLab with the extension on the embedded emulator'
	@echo 'make demo-check  the same without a screen; saves screenshots, exits 0 or says what failed'
	@echo 'make test        lint, types and every suite   (single: lint types and every test-NAME)'
	@echo 'make dev         editable install; then "make watch" rebuilds the front end on save'
	@echo 'make docs        the documentation, in build/docs'
	@echo 'make bench       how fast it is, beside the AWS CLI in the same run'

# --- what is needed -----------------------------------------------------------------------------

$(VENV)/.ready: requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt 'jupyterlab==$(JUPYTERLAB)'
	touch $@

node_modules/.ready: package-lock.json $(VENV)/.ready
	npm ci --no-audit --no-fund
	touch $@

$(ENGINE): $(ENGINE_SOURCES) scripts/build-engine.mjs node_modules/.ready
	npm run --silent build:engine

$(EMULATOR): $(EMULATOR_SOURCES) scripts/build-emulator.mjs node_modules/.ready
	npm run --silent build:emulator

$(LABEXTENSION): $(LAB_SOURCES) package.json tsconfig.json node_modules/.ready
	npm run --silent build:lib
	npm run --silent build:labextension

build: $(ENGINE) $(LABEXTENSION) $(EMULATOR)

# The editable install: the server part is this folder, the front end a link to what was built last.
$(VENV)/.installed: pyproject.toml install.json $(LABEXTENSION) $(ENGINE)
	$(BIN)/python scripts/develop.py
	touch $@

browser: node_modules/.ready
	@scripts/find-browser.sh > /dev/null

# --- using it -----------------------------------------------------------------------------------

demo: build $(VENV)/.installed
	$(BIN)/python demo/demo.py

# The panel in a language that nobody speaks: a text that is not translated is seen at once.
demo-pseudo: build $(VENV)/.installed pseudo-language
	$(BIN)/python demo/demo.py --pseudo-language

# The same as a language pack for any JupyterLab: build/jupyterlab_language_pack_ach_UG-*.whl
pseudo-language: node_modules/.ready
	PYTHON=$(BIN)/python node scripts/pseudo-language.mjs

demo-check: build $(VENV)/.installed browser
	$(BIN)/python demo/check.py

demo-ok demo-timeout demo-denied: demo-%:
	@$(BIN)/python demo/scenario.py $*

dev: build $(VENV)/.installed
	@echo 'Installed for development. "make watch" rebuilds the front end on save; then "$(BIN)/jupyter lab".'

watch: dev
	npm run watch

# --- proving it ---------------------------------------------------------------------------------

test: test-static test-js test-python test-beside test-hub test-wheel test-ui test-netns

# Each of these keeps one core busy: on two they go side by side.
test-static: node_modules/.ready
	$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target lint types

test-beside: build $(VENV)/.installed
	$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target test-infra test-docs docs

lint: node_modules/.ready
	npm run --silent lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: node_modules/.ready
	npm run --silent types

test-js: build $(VENV)/.installed
	@mkdir -p build/reports
	npx jest --json --outputFile=build/reports/jest.json

test-python: build $(VENV)/.installed
	$(BIN)/python -m pytest --junitxml=build/reports/python.xml jupyterlab_codeartifact tests/python tests/tools

test-ui: build $(VENV)/.installed browser
	npx playwright test --config ui-tests/playwright.config.ts

# Whole journeys in the browser, over and over; test-ui goes each once. As root, the hub's server runs as its user.
JOURNEYS ?= 20
journeys: build $(VENV)/.installed browser
	CODEARTIFACT_REPORT=build/reports/journeys.xml \
	npx playwright test --config ui-tests/playwright.config.ts --repeat-each $(JOURNEYS) journeys/

test-wheel: $(EMULATOR) $(VENV)/.ready
	$(BIN)/python -m pytest --junitxml=build/reports/wheel.xml tests/wheel

test-netns: build $(VENV)/.installed
	@mkdir -p build/reports
	npx jest --config tests/netns/jest.config.js --json --outputFile=build/reports/netns.json

# The templates and the lifecycle script; as root, with terraform (or tofu) on PATH.
test-infra: build $(VENV)/.ready
	$(BIN)/python -m pytest --junitxml=build/reports/infra.xml tests/infra tests/lifecycle

# Three users of a real JupyterHub; as root, each server runs under an account of its own.
test-hub: build $(VENV)/.installed
	$(BIN)/python -m pytest --junitxml=build/reports/hub.xml tests/hub

# Our reading of the tools' configuration beside the tools themselves; test-js has a share of it.
DIFFERENTIAL ?= 10000
differential: build $(VENV)/.ready
	DIFFERENTIAL=$(DIFFERENTIAL) npx jest --maxWorkers=2 tests/differential
	$(BIN)/python scripts/write-differential.py

# Simulated months of renewals in ten minutes; test-js has a share of it.
soak: build
	SOAK_SECONDS=600 npx jest tests/soak

# Many processes on one home: 100,000 random schedules, and 200 runs of 500 calls of real processes. Takes most of an hour.
crowd: build
	CROWD_SCHEDULES=$${CROWD_SCHEDULES:-100000} CROWD_RUNS=$${CROWD_RUNS:-200} CROWD_CALLS=$${CROWD_CALLS:-500} npx jest tests/crowd

# docs/reliability.md anew, from the reports in build/reports.
reliability: $(VENV)/.ready
	$(BIN)/python scripts/write-reliability.py

# Every command and link in the papers.
test-docs: build $(VENV)/.installed
	$(BIN)/python -m pytest --junitxml=build/reports/docs.xml tests/docs

# Everything that a notebook without Internet installs, with hashes: for lifecycle/publish.
wheelhouse: build $(VENV)/.ready
	rm -rf dist && $(BIN)/python -m build --wheel --no-isolation --outdir dist .
	$(BIN)/python scripts/wheelhouse.py dist/jupyterlab_codeartifact-*.whl

bench: build $(VENV)/.installed
	$(BIN)/python bench/bench.py $(BENCH)

# docs/performance.md anew, on a quiet machine: the bench, ten thousand simulated notebooks, growth, and 100,000 calls.
performance: build $(VENV)/.installed
	$(BIN)/python bench/bench.py
	node bench/browser.mjs
	node bench/fleet.mjs
	node bench/growth.mjs
	node bench/growth-browser.mjs
	$(BIN)/python bench/flat.py
	$(BIN)/python scripts/write-performance.py

# An environment of its own: the AWS CLI of requirements-dev.txt needs an older docutils than Sphinx.
$(DOCS_VENV)/.ready: docs/requirements.txt
	test -x $(DOCS_VENV)/bin/python || $(PYTHON) -m venv $(DOCS_VENV)
	$(DOCS_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r docs/requirements.txt
	touch $@

# build/docs/index.html; a warning is an error.
docs: $(DOCS_VENV)/.ready node_modules/.ready
	node scripts/write-reference.mjs --check
	$(DOCS_VENV)/bin/python -m sphinx --quiet --fail-on-warning --keep-going --fresh-env docs build/docs

# The pictures of the documentation anew, from the scenes of the gallery.
docs-images: node_modules/.ready browser
	CHROMIUM=$$(scripts/find-browser.sh) node scripts/docs-images.mjs

# The animated picture of the README anew, from the demo in a browser.
film: build $(VENV)/.installed $(DOCS_VENV)/.ready browser
	node scripts/demo-film.mjs

# docs/comparison.md anew: the AWS CLI, keyrings.codeartifact and we on the same 20 configurations.
docs-comparison: build $(VENV)/.installed
	$(BIN)/python bench/compare-tools.py

gallery: node_modules/.ready browser
	node scripts/gallery.mjs

clean:
	rm -rf lib build dist coverage docs/project .demo ui-tests/results jupyterlab_codeartifact/engine jupyterlab_codeartifact/labextension
