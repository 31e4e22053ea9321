# The one entry point: `make run` and `make test`. See README.md.
PYTHON ?= python3
PORT ?= 8000
export PORT
VENV := .venv
BIN := $(VENV)/bin
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run install test check format clean
help: ## Lists what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: install ## Installs, migrates, loads the library and serves on 127.0.0.1:$(PORT)
	@$(BIN)/achemap-site serve

install: $(VENV)/.installed ## Prepares .venv with the achemap command in it

$(VENV)/.installed: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Achemap needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing libraries (hash-pinned; the first time takes a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib src || true
	@echo "Compiling the finder's tables …"
	@$(BIN)/achemap compile
	@touch $@

$(VENV)/.test-installed: $(VENV)/.installed requirements/test.txt
	@echo "Installing test tools …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

test: $(VENV)/.test-installed ## Linters, types, and all tests
	@tools/test

check: install ## Lints the whole library
	@$(BIN)/achemap check

format: $(VENV)/.test-installed ## Formats the code
	@$(BIN)/ruff format src tests tools bench
	@$(BIN)/ruff check --fix src tests tools bench

clean: ## Removes what make made; keeps the site's database in var/
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
