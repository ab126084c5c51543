#!/usr/bin/env bash
# The long measurements, each on every engine that it knows; figures go to var/soak/ as JSON with machine and date.
#   tools/soak.sh [NAME…]   only these; without a name, all that `python -m trials` knows, the random walks by new seeds,
#   `sized`: the tests that are small in `make test`, whole, `all`: every test that PostgreSQL could answer otherwise than SQLite,
#   and not only those of the list, and `odd_days`: those that are tried on other days, on all six
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
mkdir -p var/soak
[ $# -gt 0 ] || set -- $(python -m trials --names) walks sized all odd_days

missed=""
measure() {  # measure NAME LABEL [OPTION…]
  printf '\n── %s\n' "$2"
  python -m trials "$1" "${@:3}" --json | tee "var/soak/$2.json" || missed="$missed $2"
}
walks() {
  for _ in {1..20}; do
    seed=$RANDOM
    MAMORI_WHOLE=1 MAMORI_WALK_SEED=$seed MAMORI_WALK_STEPS=6000 pytest tests/journeys/test_random_walk.py tests/journeys/test_model.py || missed="$missed walk:$seed"
    MAMORI_WHOLE=1 MAMORI_WALK_SEED=$seed MAMORI_WALK_STEPS=2000 MAMORI_SETTLED=check pytest tests/journeys/test_measures_walk.py tests/journeys/test_measures_model.py || missed="$missed settled:$seed"
  done
  MAMORI_SETTLED=check pytest mamori/rooms/payouts || missed="$missed settled:payouts"
}
sized() {
  MAMORI_WHOLE=1 pytest -m sized mamori trials tests || missed="$missed sized-sqlite"
  MAMORI_WHOLE=1 tools/postgres.sh run pytest -m sized mamori trials tests || missed="$missed sized-postgres"
}
all() {
  tools/postgres.sh run pytest -m "not served" mamori/ground mamori/rooms mamori/doors || missed="$missed all-postgres"
}
odd_days() { tools/test.sh all_odd_days || missed="$missed odd_days"; }
for name in "$@"; do
  if [ "$name" = walks ] || [ "$name" = sized ] || [ "$name" = all ] || [ "$name" = odd_days ]; then
    "$name"
  elif python -m trials "$name" --help | grep -q -- --engine; then
    measure "$name" "$name-sqlite" --engine sqlite
    measure "$name" "$name-postgres" --engine postgres
  else
    measure "$name" "$name"
  fi
done
[ -z "$missed" ] || { echo "missed:$missed" >&2; exit 1; }
