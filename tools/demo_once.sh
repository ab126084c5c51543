#!/usr/bin/env bash
# Makes the demo once in a home of its own, opens what was kept of it, visits every address that it prints and every role's work, closes
# it, and lets the doctor, the log's verifier and the handbook look at what stays; fails when anything does not hold.  What the
# surroundings say of another house must not reach it.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d "${TMPDIR:-/tmp}/mamori-demo.XXXXXX")
trap 'rm -rf "$home"' EXIT
export MAMORI_HOME="$home/demo"
port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mamori() { MAMORI_WEBHOOK_PORTS=9000 MAMORI_KEY_PROFILE=passphrase "$@" .venv/bin/mamori demo --port "$port" "${and[@]}"; }
and=(--no-serve) && mamori env
made=$(stat -c %i "$MAMORI_HOME/.made")
and=() && mamori .venv/bin/python -m tools.demo_visit > "$home/visited"
tail -40 "$home/visited"
[ "$(stat -c %i "$MAMORI_HOME/.made")" = "$made" ] || { echo "the house was made a second time" >&2; exit 1; }
export MAMORI_DATABASE_URL='' MAMORI_LOG_ORIGIN=demo.mamori.invalid/log
.venv/bin/mamori check
.venv/bin/mamori ledger verify --with "$MAMORI_HOME/receipts"
.venv/bin/mamori handbook export "$home/handbook"
