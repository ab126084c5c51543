# make demo [ARGS=…]   sets everything up and plays the main job through
# make test            everything that CI does, on SQLite and PostgreSQL
# make lint            the quick part of it
# make migrations      makes migrations from the models: anew where none is released, one more where some are
# make release         before a tag: notes its migrations, keeps filled houses of it, builds wheel and sdist
# make postgres-list   makes the list of the tests that `make test` runs on PostgreSQL anew
# make docs            renders docs/reference/ from the declarations
# make soak            the long measurements: kills, power cuts, a million rows
# make mutants         breaks permission checks and business time in many small ways: does a test notice?

export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1
export UV_COMPILE_BYTECODE := 1
SHELL := /bin/bash
UV = .tools/bin/uv
SYNC = $(UV) sync --quiet --frozen --python "$$(cat .tools/python)"

.PHONY: demo test lint migrations release postgres-list docs soak mutants
demo: $(UV)
	@$(SYNC) --inexact --no-dev --extra letters
	@.venv/bin/mamori demo $(ARGS)

test: $(UV)
	@tools/system.sh
	@$(SYNC) --all-extras
	@tools/test.sh

lint: $(UV)
	@$(SYNC) --all-extras
	@tools/test.sh lint

migrations: $(UV)
	@$(SYNC) --all-extras
	@.venv/bin/python -m tools.migrations

release: $(UV)
	@tools/system.sh
	@$(SYNC) --all-extras
	@tools/release.sh

postgres-list: $(UV)
	@$(SYNC) --all-extras
	@tools/test.sh postgres-list

docs: $(UV)
	@$(SYNC) --all-extras
	@.venv/bin/python -m tools.reference && .venv/bin/python -m tools.reference.housemap

soak: $(UV)
	@tools/system.sh
	@$(SYNC) --all-extras
	@tools/soak.sh $(ARGS)

mutants: $(UV)
	@tools/system.sh
	@$(SYNC) --all-extras --group mutants
	@tools/mutants.sh $(ARGS)

$(UV): tools/uv.sh
	@tools/uv.sh && touch -h $@
