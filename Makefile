# Rapport. `make help` lists what there is; `make demo` and `make test` are all that a newcomer needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PACKAGES := rapport gateway console actions analytics store language benchmarks
CODE := $(PACKAGES) bot tests scripts

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: setup ## Set everything up, import the demo shop, train, and run the service
	@.venv/bin/rapport demo

.PHONY: setup
setup: ## Make the environments and build the web parts (nothing is done twice)
	@bash scripts/setup.sh

.PHONY: setup-dev
setup-dev: ## The same, with the tools that tests and linters need
	@bash scripts/setup.sh --dev
	@bash scripts/find_chromium.sh

.PHONY: test
test: setup-dev lint ## Set up, lint, and run every tier of tests
# Compiled modules are kept: some hundred processes are started, and all of them would compile anew.
	@env -u PYTHONDONTWRITEBYTECODE OMP_NUM_THREADS=1 .venv/bin/python -m pytest --numprocesses logical --maxprocesses 4

.PHONY: lint
lint: ## ruff, mypy (strict), import-linter
	@.venv/bin/ruff check $(CODE)
	@.venv/bin/ruff format --check --quiet $(CODE)
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo

.PHONY: format
format: ## Let ruff put the code in order
	@.venv/bin/ruff check --fix $(CODE)
	@.venv/bin/ruff format $(CODE)

.PHONY: stock-rasa
stock-rasa: ## Make .venv-rasa-stock, Rasa with TensorFlow: the baseline of `rapport bench turn` (3 GB)
	@bash scripts/stock_rasa.sh

.PHONY: lock
lock: ## Resolve all lock files anew (needs uv)
	@bash scripts/lock.sh

.PHONY: clean
clean: ## Remove what was built and all data of the demo shop (not the environments)
	rm -rf var models web/dist .rasa
