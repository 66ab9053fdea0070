# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# `make report` writes eval/report.md anew, `make screenshots` the pictures of the page in docs/.
.PHONY: run test check report screenshots clean

run: $(INSTALLED)
	$(BIN)/xiaojuren serve

test: $(INSTALLED)
	$(BIN)/python -m pytest

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

report: $(INSTALLED)
	$(BIN)/python -m eval.report

screenshots: $(INSTALLED)
	$(BIN)/python -m ui.cli.screenshots

clean:
	rm -rf $(VENV) .xiaojuren

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@
