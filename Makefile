# The targets are what continuous integration runs.
.PHONY: run test setup setup-test lint types imports unit bench soak format

PY = .venv/bin/python

run: setup
	.venv/bin/presenter run configs/rooms/demo.toml

setup:
	@scripts/setup.sh base

setup-test:
	@scripts/setup.sh base
	@scripts/setup.sh test

test: setup-test lint types imports unit

lint:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types:
	.venv/bin/mypy

imports:
	.venv/bin/lint-imports

unit:
	$(PY) -m pytest -m "not soak" -n 2 --dist loadfile

soak: setup-test
	$(PY) -m pytest -m soak --timeout 0

bench: setup
	.venv/bin/presenter bench

format:
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
