# make album PROMPT="a day at the park with a golden retriever"   writes an album and prints the path of its page
# make test                                                       runs the tests
# Each makes its own .venv on the first run. TORCH="torch==… --index-url …" chooses another build of torch.

PYTHON ?= python3
PROMPT ?= a day at the park with a golden retriever
ARGS ?=

export PROMPT

.PHONY: album test lint schemas workflows clean

album:
	@$(PYTHON) tools/environment.py standalone
	@.venv/bin/synthetic-albums make "$$PROMPT" $(ARGS)

test:
	@$(PYTHON) tools/environment.py standalone test
	@.venv/bin/python -m pytest $(ARGS)

lint:
	@$(PYTHON) tools/environment.py standalone test lint
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/basedpyright

clean:
	rm -rf .venv .venv.lock *.egg-info build dist
