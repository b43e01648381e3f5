# make course   build the student edition: site, offline zip, book PDF, a PDF a chapter, EPUB
# make test     the whole test suite, as continuous integration runs it
# make setup    the virtual environment both use (they make it when needed)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTESTFLAGS ?=

.PHONY: course test setup check lint requirements clean

course: setup
	$(BIN)/farreaching build

test: lint check
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTESTFLAGS)

setup: $(VENV)/ready

$(VENV)/ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@# modules without bytecode cost seconds in every process
	$(BIN)/python -m compileall -q src
	@touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: setup
	$(BIN)/farreaching check

# One version of everything for every Python, with hashes and without an index's address. Needs uv.
requirements:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --fork-strategy fewest pyproject.toml --output-file requirements/course.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --fork-strategy fewest --extra dev --constraints requirements/course.txt pyproject.toml --output-file requirements/dev.txt

clean:
	rm -rf build $(VENV)
