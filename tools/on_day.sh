#!/usr/bin/env bash
# Runs a command as if it began at that moment:  tools/on_day.sh 2028-02-29T12:00:00+09:00 pytest mamori/doors
# The clock goes on from there, for what the command starts too; only how long something takes stays as it is.
set -euo pipefail
[ $# -ge 2 ] || { echo "usage: tools/on_day.sh MOMENT COMMAND…" >&2; exit 64; }
ahead=$(($(date -d "$1" +%s) - $(date +%s)))
exec faketime --exclude-monotonic -f "$(printf '%+ds' "$ahead")" "${@:2}"
