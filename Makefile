# The one task file; .ci/run and people call the same targets.
#
#   make demo    set up what is missing, then read the plans of corpus/
#   make test    all checks: lint, tests, the wheel on each Python, accuracy by its gate; installs
#                LibreOffice and PostgreSQL for them where that can be done without asking
#   make test-long   10,000 plans into a SQLite file and into PostgreSQL by an importer that is killed
#                50 times, and a server that is away for 30 s; 10,000 files of which 1 % hang, crash
#                or eat memory; takes an hour or two
#   make lint    ruff and mypy alone
#   make eval    accuracy on corpus/ and on 500 generated plans in every format; writes
#                docs/accuracy.md; takes half an hour, and LibreOffice
#   make eval-quick   accuracy on corpus/ and some generated plans, every miss listed
#   make bench   speed, side by side with what it is measured against
#   make ocr-bench    how scans are read, side by side with plain Tesseract; writes docs/ocr.md;
#                takes half an hour, Tesseract's model for Vietnamese, and LibreOffice
#   make peers   install what else reads PDF files or finds citations, each in an environment of its
#                own, for make bench;
#                PEERS="pypdf markitdown" those alone
#   make docs    check links, commands and examples of the documentation
#   make clean   remove what these made

BIN := .venv/bin
ENV := .venv/.stamp

.PHONY: demo test test-long lint office ocr postgres chromium eval eval-quick bench ocr-bench peers docs clean
.DEFAULT_GOAL := demo

$(ENV): pyproject.toml scripts/setup.sh
	scripts/setup.sh

demo: $(ENV) ocr
	$(BIN)/tdkt parse corpus/*.txt corpus/*.docx corpus/*.pdf

lint: $(ENV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

office:
	scripts/setup.sh office

ocr:
	scripts/setup.sh ocr

postgres:
	scripts/setup.sh postgres

chromium:
	scripts/setup.sh chromium

test-long: $(ENV) postgres
	TDKT_LONG_TESTS=1 $(BIN)/pytest tests/test_store_long.py tests/test_sandbox_load.py \
		tests/test_properties.py

test: lint office ocr postgres chromium
	$(BIN)/pytest
	$(BIN)/python benchmarks/gate.py

eval: $(ENV) office
	$(BIN)/python benchmarks/evaluate.py all --write docs/accuracy.md

eval-quick: $(ENV)
	$(BIN)/python benchmarks/evaluate.py quick --verbose

bench: $(ENV)
	$(BIN)/python benchmarks/speed.py --gate

ocr-bench: $(ENV) office
	$(BIN)/python benchmarks/ocr.py --gate --write docs/ocr.md

peers: $(ENV)
	scripts/setup.sh peers $(PEERS)

docs: $(ENV)
	$(BIN)/pytest tests/test_docs.py

clean:
	rm -rf .venv .peers dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
