# One file of tasks; CI calls the same ones. `make help` lists them.
# Everything is built with one set of flags (release). For a quick loop use `swift build` and `swift test` directly.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

DATA ?= .var/higo
HOST ?= 127.0.0.1
PORT ?= 8080
BUILD := swift build -c release
HIGO := .build/release/higo

.PHONY: help setup build run test test-postgres lint format bench e2e e2e-notifications api-fuzz clean

help: ## List the tasks
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## Install what is missing: Debian packages, front-end files
	@scripts/setup.sh

build: setup
	@$(BUILD) --product higo

run: build ## Build, link the data that is there, and serve
	@$(HIGO) serve --data $(DATA) --host $(HOST) --port $(PORT) --link kumamoto

test: setup ## Run all tests on SQLite (on PostgreSQL when HIGO_TEST_POSTGRES is set)
	@$(BUILD) --build-tests
	@scripts/test.sh

test-postgres: setup ## Start a PostgreSQL of our own and run all tests on it
	@$(BUILD) --build-tests
	@scripts/with-postgres.sh scripts/test.sh

lint: ## Check format, dependencies, and house rules
	@scripts/lint.sh

format: ## Format all Swift sources
	@swift format format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

e2e: build ## Walk every page in a real browser: axe, 320 px, dark, without scripts
	@scripts/e2e.sh $(E2E)

e2e-notifications: build ## Tell a real HTTP receiver and a real MQTT broker of changes, over a SIGKILL
	@scripts/setup.sh mqtt
	@python3 e2e/notifications.py $(HIGO) 18098

api-fuzz: build ## Throw generated requests at every route of /openapi.json
	@scripts/api-fuzz.sh

bench: build ## Measure the hot paths beside a bare answer; see docs/PERFORMANCE.md
	@scripts/bench.sh $(BENCH)

clean: ## Remove what was built (not the data)
	@rm -rf .build .venv Front
