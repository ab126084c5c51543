#!/usr/bin/env bash
# Breaks permission checks and business time a little, hundreds of ways, and counts how often a test notices; names
# those that none did.  Fails below 95 of 100.  Works on a copy in var/mutants.
#   tools/mutants.sh [NAME…]   tries only these again, after a run: `make mutants ARGS='mamori.rooms.contact.finding.*'`
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PYTHONUTF8=1
unset MAMORI_HOME MAMORI_KEYS MAMORI_LOG MAMORI_DATABASE_URL  # the tests bring their own; SQLite in memory is quickest

[ $# -gt 0 ] || rm -rf var/mutants
mkdir -p var/mutants
tar c --exclude=__pycache__ mamori tools tests trials verifier docs examples packages conftest.py pyproject.toml | tar x -C var/mutants
cd var/mutants
mutmut run "$@"
mutmut results --all true | sort >results

rate() {  # rate TITLE PATTERN
  grep -E "^ *mamori\.$2" results | awk -v title="$1" '
    { all++; if (/: (killed|timeout)$/) noticed++; else print }
    END { printf "%s: %d of %d noticed, %.1f %%\n", title, noticed, all, 100 * noticed / all; exit noticed / all < 0.95 }'
}
missed=0  # `take_turns` is left out: a lock of PostgreSQL, which this database has no need of
rate "Business time" 'grammar\.businesstime\.' || missed=1
rate "Permission checks" '(grammar\.statechart|rooms\.contact\.(finding\.x_[^t]|finding\.x_the_|rules\.(reading|eligibility)))' || missed=1
rate "Who may enter" '(ground\.people\.(rules|presence)|ground\.web\.(access|middleware)|doors\.gateway\.keys)\.' || missed=1
rate "Four eyes and bounds" 'rooms\.enforcement\.(findings\.matter\.x_(somebody_else|is_sellers|may_see|subject_of|the_finding|the_measure|is_told)|rules\.bounds)' || missed=1
rate "Urging" 'rooms\.contact\.rules\.urging\.' || missed=1
exit $missed
