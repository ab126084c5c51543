#!/usr/bin/env bash
# Everything that CI does, step by step; stops at the first that fails.  `tools/test.sh lint` does the quick part.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export DJANGO_SETTINGS_MODULE=mamori.site.settings PYTHONUTF8=1
unset MAMORI_HOME MAMORI_KEYS MAMORI_LOG  # the tests bring their own

began=$SECONDS
step() {
  printf '\n── %s  (%d:%02d)\n' "$1" $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
  shift
  "$@" || { echo "make test: failed at: $*" >&2; exit 1; }
}

step "Style: ruff" ruff check .
step "Layout: ruff format" ruff format --check .
step "Types: mypy --strict" mypy
step "Storeys: Import Linter" lint-imports
step "Reference pages as declared" python -m tools.reference --check
step "Migrations complete" env MAMORI_DATABASE_URL=sqlite://:memory: python -m django makemigrations --check --dry-run
[ "${1:-}" = lint ] && exit 0

rm -f .coverage .coverage.*
# What reads files, documentation or a house that is served on SQLite would only be done twice.  Branches are counted on
# SQLite, in the tests beside the code: to trace them makes each test half as slow again, and no decision asks which
# database it is.
told=$(mktemp)
setsid tools/postgres.sh run pytest -m "not served" mamori tests/journeys tests/permissions \
  --ignore=tests/journeys/test_bad_input.py >"$told" 2>&1 &
beside=$!
trap 'kill -- "-$beside" 2>/dev/null || true; rm -f "$told"' EXIT
on_postgres() {
  local result=0
  wait "$beside" || result=$?
  cat "$told"
  return "$result"
}
sqlite=(env MAMORI_DATABASE_URL= pytest --durations=20 --durations-min=4)
step "Tests beside the code, on SQLite; those on PostgreSQL run beside them" "${sqlite[@]}" --cov --cov-report= mamori tests/law
coverage json --quiet -o .coverage.json
step "Branches where decisions live" python -m tools.covered .coverage.json
step "Journeys, documentation, permissions, on SQLite" "${sqlite[@]}" tests verifier --ignore=tests/law
step "Tests on PostgreSQL" on_postgres
step "The demo, played through" tools/demo_once.sh
printf '\n── All of it passed  (%d:%02d)\n' $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
