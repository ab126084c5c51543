#!/usr/bin/env bash
# The long measurements, each on every engine that it knows; figures go to var/soak/ as JSON with machine and date.
#   tools/soak.sh [NAME…]   only these; without a name, all that `mamori bench` knows
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
mkdir -p var/soak
[ $# -gt 0 ] || set -- $(mamori bench --names)

missed=""
measure() {  # measure NAME LABEL [OPTION…]
  printf '\n── %s\n' "$2"
  mamori bench "$1" "${@:3}" --json | tee "var/soak/$2.json" || missed="$missed $2"
}
for name in "$@"; do
  if mamori bench "$name" --help | grep -q -- --engine; then
    measure "$name" "$name-sqlite" --engine sqlite
    measure "$name" "$name-postgres" --engine postgres
  else
    measure "$name" "$name"
  fi
done
[ -z "$missed" ] || { echo "missed:$missed" >&2; exit 1; }
