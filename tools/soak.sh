#!/usr/bin/env bash
# The long measurements, each on SQLite and on PostgreSQL; figures go to var/soak/ as JSON with machine and date.
#   tools/soak.sh [NAME…]   only these; without a name, all that `mamori bench` knows
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
mkdir -p var/soak
[ $# -gt 0 ] || set -- $(mamori bench --names)

failed=""
for name in "$@"; do
  for engine in sqlite postgres; do
    printf '\n── %s on %s\n' "$name" "$engine"
    home=$(mktemp -d "${TMPDIR:-/tmp}/mamori-soak.XXXXXX")
    run=(env MAMORI_HOME="$home" MAMORI_DATABASE_URL=)
    [ "$engine" = postgres ] && run=(tools/postgres.sh run env MAMORI_HOME="$home")
    "${run[@]}" mamori bench "$name" --json | tee "var/soak/$name-$engine.json" || failed="$failed $name/$engine"
    rm -rf "$home"
  done
done
[ -z "$failed" ] || { echo "missed:$failed" >&2; exit 1; }
