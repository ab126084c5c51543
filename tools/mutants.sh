#!/usr/bin/env bash
# Breaks permission checks and business time a little, hundreds of ways, and counts how often a test notices; names
# those that none did.  Fails below 95 of 100 of those tried.  Works on a copy in var/mutants.
#   tools/mutants.sh            tries all of them anew
#   tools/mutants.sh on         goes on with a run that was broken off: what was found stands where the function is the same
#   tools/mutants.sh NAME…      tries a part, as often as asked: `make mutants ARGS='mamori.rooms.contact.finding.*'`
#   MET='FILE…' tools/mutants.sh …  against these modules of tests and no others
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PYTHONUTF8=1
unset MAMORI_HOME MAMORI_KEYS MAMORI_LOG MAMORI_DATABASE_URL  # the tests bring their own; SQLite in memory is quickest

[ $# -gt 0 ] || rm -rf var/mutants
[ "${1-}" != on ] || shift
mkdir -p var/mutants
# Only what was found is kept: mutmut copies no file again that is there, and yesterday's pages fail today's tests.
find var/mutants -type f ! -name '*.meta' ! -name mutmut-stats.json ! -name noticed -delete
tar c --exclude=__pycache__ mamori tools tests trials verifier docs examples packages conftest.py pyproject.toml | tar x -C var/mutants
cd var/mutants
[ -z "${MET-}" ] || sed -i "s|^\(pytest_add_cli_args_test_selection\) = .*|\1 = [\"${MET// /\", \"}\"]|" pyproject.toml
mutmut run "$@"
mutmut results --all true | sort >results

rate() {  # rate TITLE PATTERN
  grep -E "^ *mamori\.$2" results | awk -v title="$1" '
    /: not checked$/ { left++; next }
    { all++; if (/: (killed|timeout)$/) noticed++; else print }
    END { if (all) printf "%s: %d of %d noticed, %.1f %%, %d not tried\n", title, noticed, all, 100 * noticed / all, left
          exit noticed < 0.95 * all }'
}
missed=0  # `take_turns` is left out: a lock of PostgreSQL, which this database has no need of
rate "Business time" 'grammar\.businesstime\.' || missed=1
rate "Permission checks" '(grammar\.statechart|rooms\.contact\.(finding\.x_[^t]|finding\.x_the_|rules\.(reading|eligibility)))' || missed=1
rate "Who may enter" '(ground\.people\.(rules|presence)|ground\.web\.(access|middleware)|doors\.gateway\.keys)\.' || missed=1
rate "Four eyes and bounds" 'rooms\.enforcement\.(findings\.matter\.x_(somebody_else|is_sellers|may_see|subject_of|the_finding|the_measure|is_told|_locked)|rules\.bounds)' || missed=1
rate "Urging" 'rooms\.contact\.rules\.urging\.' || missed=1
exit $missed
