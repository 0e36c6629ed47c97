# make album PROMPT="a day at the park with a golden retriever"   writes an album and prints the path of its page
# make test                                                       runs the tests
# Each makes its own .venv on the first run. TORCH="torch==… --index-url …" chooses another build of torch.

PYTHON ?= python3
PROMPT ?= a day at the park with a golden retriever
ARGS ?=

# Prompts are text: make must not expand "$" in them.
override PROMPT := $(value PROMPT)
export PROMPT

.PHONY: album test lint clean

album:
	@$(PYTHON) tools/environment.py standalone
	@.venv/bin/synthetic-albums make $(ARGS) -- "$$PROMPT"

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
