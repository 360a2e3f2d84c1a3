# What people type.  Needs python3 >= 3.11, make (3.81 will do) and the package index; nothing else.
# Everything is installed into .venv; uv does it where it is installed.

PYTHON ?= python3
VENV   := .venv
LAB    := .venv-lab
BIN    := $(VENV)/bin

.PHONY: help demo test check fmt bench fuzz faults soak core rom vectors picture browser keys hardware lab wheel clean

help:
	@echo "make demo     assemble a blink program, load it into the virtual board, watch its LEDs"
	@echo "make test     the whole test suite"
	@echo "make check    linters, types and import directions"
	@echo "make fmt      format the sources"
	@echo "make bench    speed of the core, the board and the assembler"
	@echo "make fuzz     random sources for the assembler (RUNS=200000)"
	@echo "make faults   every fault at every byte of a load, against the emulated board (EVERY=1)"
	@echo "make soak     LOADS=10000 loads one after another through a pseudo-terminal"
	@echo "make core     make the specialised and the compiled core anew from emu/cpu/core.py"
	@echo "make rom      assemble the monitor ROM anew from its sources"
	@echo "make vectors  hold the core against the corner vectors (VECTORS=files for others)"
	@echo "make picture  make the pictures in the documents anew"
	@echo "make browser  the monitor session in Chromium; leaves its pictures in build/browser"
	@echo "make keys     SITTINGS=60 monitor sessions of random keys against faulty boards"
	@echo "make hardware the suite and the checklist for a board: PORT=/dev/ttyUSB0"
	@echo "make lab      labgrid beside us, in $(LAB): for a lab of boards (docs/lab.md)"
	@echo "make wheel    build the wheel into dist/"
	@echo "make clean    remove what the other verbs made"

demo: $(VENV)/installed
	$(BIN)/sxb run examples/led_blink/led_blink.asm --port emu: --for 2s

test: $(VENV)/installed-test
	$(BIN)/pytest -n auto

check: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: $(VENV)/installed-dev
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: $(VENV)/installed
	$(BIN)/emu816 bench
	$(BIN)/python tests/bench/board.py
	$(BIN)/python tests/bench/assembler.py
	$(BIN)/python tests/bench/commands.py
	$(BIN)/python tests/bench/uploader.py
	$(BIN)/python tests/bench/judged.py
	$(BIN)/python tests/bench/instruments.py
	$(BIN)/python tests/bench/session.py

# New inputs of interest collect in build/fuzz; what fails is kept in tests/fuzz/crashes.
RUNS ?= 200000
fuzz: $(VENV)/installed-fuzz
	mkdir -p build/fuzz
	$(BIN)/python tests/fuzz/front_end.py build/fuzz tests/golden/asm -runs=$(RUNS) -max_len=1500

EVERY ?= 1
faults: $(VENV)/installed
	$(BIN)/python tests/faults/campaign.py --every $(EVERY)

LOADS ?= 10000
soak: $(VENV)/installed
	$(BIN)/python tests/faults/soak.py $(LOADS)

core:
	rm -f $(VENV)/installed
	$(MAKE) $(VENV)/installed

rom: $(VENV)/installed
	$(BIN)/python -m emu.rom

VECTORS ?= tests/emu/cpu/w65c816-corner.jsonl.xz
vectors: $(VENV)/installed
	$(BIN)/emu816 vectors $(VECTORS)

picture: $(VENV)/installed-test
	$(BIN)/python docs/pictures.py
	$(BIN)/python docs/picture.py
	$(BIN)/python docs/monitor_pictures.py

browser: $(VENV)/installed-test
	mkdir -p build
	$(BIN)/pytest -q -n0 tests/sxb/tui/test_browser.py --basetemp=build/browser

SITTINGS ?= 60
keys: $(VENV)/installed-test
	MENSCH816_SITTINGS=$(SITTINGS) $(BIN)/pytest -q -n0 tests/sxb/tui/test_random_keys.py

REPORT ?= board-report.md
hardware: $(VENV)/installed-test
	@test -n "$(PORT)" || { echo "name the port: make hardware PORT=/dev/ttyUSB0"; exit 2; }
	-MENSCH816_PORT="$(PORT)" $(BIN)/pytest -n0 tests/hardware
	$(BIN)/python tests/hardware/checklist.py --port "$(PORT)" --report "$(REPORT)"

lab: $(LAB)/installed

wheel: $(VENV)/installed-dev
	$(BIN)/python -m build --wheel

# The stamps: one environment, brought up to date when pyproject.toml changes.
CORE := $(wildcard emu/cpu/*.py) asm816/target/isa.py hatch_build.py

$(VENV)/installed: pyproject.toml bootstrap.py $(filter-out emu/cpu/fast.py,$(CORE))
	@$(PYTHON) bootstrap.py $(VENV)
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	@$(PYTHON) bootstrap.py $(VENV) test
	@touch $@

$(VENV)/installed-fuzz: $(VENV)/installed
	@$(PYTHON) bootstrap.py $(VENV) fuzz
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PYTHON) bootstrap.py $(VENV) dev
	@touch $@

# labgrid brings a fork of pyserial that replaces its files: never into $(VENV).
$(LAB)/installed: pyproject.toml bootstrap.py | $(VENV)/installed
	@$(PYTHON) bootstrap.py $(LAB) lab
	@touch $@

clean:
	rm -rf $(VENV) $(LAB) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache out.hex
	rm -f emu/cpu/fast.py emu/cpu/compiled.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
