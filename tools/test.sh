#!/usr/bin/env bash
# Everything that CI does, step by step; stops at the first that fails.  `tools/test.sh lint` does the quick part,
# `tools/test.sh PIECE` one of the pieces named below, `tools/test.sh postgres-list` makes the list of tests on PostgreSQL anew.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export DJANGO_SETTINGS_MODULE=mamori.site.settings PYTHONUTF8=1
unset MAMORI_HOME MAMORI_KEYS MAMORI_LOG  # the tests bring their own
export PYTEST_ADDOPTS="-o faulthandler_timeout=1500 -o faulthandler_exit_on_timeout=true"  # a test that hangs says where, and ends the run
unset PYTHONDONTWRITEBYTECODE  # without bytecode each start of a process compiles what it imports, some two seconds of a processor

choices=(-m "not served" mamori/ground mamori/rooms mamori/doors)  # as in tests/shapes/listed.py
if [ "${1:-}" = postgres-list ]; then
  export MAMORI_DATABASE_URL= MAMORI_SHAPES=record MAMORI_STATEMENTS=tell
  exec pytest "${choices[@]}"
fi

began=$SECONDS
step() {
  printf '\n── %s  (%d:%02d)\n' "$1" $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
  shift
  "$@" || { echo "make test: failed at: $*" >&2; exit 1; }
}
lint() {
  step "Style: ruff" ruff check .
  step "Layout: ruff format" ruff format --check .
  step "Types: mypy --strict" mypy
  step "Storeys: Import Linter" lint-imports
  step "Reference pages as declared" python -m tools.reference --check
  step "Migrations complete" env MAMORI_DATABASE_URL=sqlite://:memory: python -m django makemigrations --check --dry-run
}

# The rest in pieces, two at a time for two cores, the longest first: so both end together.  What reads files or pages, or serves a
# house, would only be done twice on PostgreSQL: there the tests run that send what no other sends (tests/shapes/), and those
# that are new or edited; every page is opened once, and races and walks are as long as they can be.  Branches are counted on SQLite, in the
# tests beside the code: no decision asks which database it is.  On both the statements of each verb are counted: one that
# makes more than is recorded fails; MAMORI_STATEMENTS=tell only says so, and =record records them instead.
statements=${MAMORI_STATEMENTS:-check}
unset MAMORI_STATEMENTS
sqlite=(env MAMORI_DATABASE_URL= pytest --durations=20 --durations-min=4)
stories=tests/journeys
# No test may depend on the day: what opens pages and takes calls is tried again on a Saturday, on the days that are odd in Japan,
# and while one day becomes the next.  A few tests of each kind: to try them all takes too long.
odd=(mamori/rooms/contact/tests/test_{awaited,bad_input_pages,offer_pages,harm_pages}.py
  mamori/rooms/contact/tests/test_seller_pages.py::test_the_{inbox_shows_what_is_due_first,number_of_a_recovery_leads_to_it_from_the_threads}
  mamori/rooms/enforcement/tests/test_opened_before.py mamori/rooms/payouts/tests/test_staff_pages.py
  mamori/doors/gateway/tests/test_{payouts,remedies}.py mamori/doors/desk/tests/test_{held,accounts}.py)

postgresql() {
  MAMORI_SHAPES=listed MAMORI_STATEMENTS=$statements tools/postgres.sh run pytest "${choices[@]}" tests/permissions
  # On a database of their own: a walk of thousands of steps in one transaction crawls behind what all the tests before it left dead.
  tools/postgres.sh run pytest $stories/test_{races,payraces,random_walk,measures_walk,model,measures_model}.py
}
beside_the_code() {
  rm -f .coverage .coverage.* .unheard
  MAMORI_SHAPES=check MAMORI_STATEMENTS=$statements "${sqlite[@]}" --cov --cov-report= mamori trials tests/law
  coverage json --quiet -o .coverage.json
  python -m tools.covered .coverage.json
  # What no test on the list sends to PostgreSQL is sent to it by these.
  [ ! -s .unheard ] || MAMORI_SHAPES=named tools/postgres.sh run pytest @.unheard
}
journeys() { "${sqlite[@]}" $stories; }
permissions() { "${sqlite[@]}" tests/permissions; }
documentation() { "${sqlite[@]}" tests verifier --ignore=tests/law --ignore=tests/permissions --ignore=$stories; }
odd_days() {  # the year's end, the leap day, and while one day becomes the next
  on_days 2026-12-31T12:00 2028-02-29T12:00 2026-12-02T23:59:20
}
all_odd_days() {  # a Saturday, the first day of a business year, and a holiday beside them: in the soak
  on_days 2026-12-05T12:00 2027-04-01T12:00 2027-05-03T12:00
  odd_days
}
on_days() {
  local moment
  for moment in "$@"; do
    printf '%s\n' "$moment"
    tools/on_day.sh "$moment+09:00" "${sqlite[@]}" -p no:cacheprovider "${odd[@]}"
  done
}
demo() { tools/demo_once.sh; }
collecting() { pytest --collect-only -q mamori trials tests verifier | tail -1; }
declare -A named=(
  [beside_the_code]="Tests beside the code, on SQLite, and the branches where decisions live" [postgresql]="Tests on PostgreSQL"
  [journeys]="Journeys, on SQLite" [permissions]="Permissions, on SQLite"
  [documentation]="Documentation, architecture, on SQLite"
  [odd_days]="Again on odd days, on SQLite" [demo]="The demo, played through")

case "${1:-}" in
  "") lint ;;
  lint) lint; exit 0 ;;
  *) "$1"; exit 0 ;;
esac

told=$(mktemp -d)
declare -A running=()
# Each piece is a group of processes of its own: what ends it ends what it began.
close() {
  for pid in "${!running[@]}"; do kill -- "-$pid" 2>/dev/null || true; done
  rm -rf "$told"
}
trap close EXIT
at() { printf '(%d:%02d)' $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60)); }
await_one() {
  local ended piece result=0
  wait -n -p ended "${!running[@]}" || result=$?
  piece=${running[$ended]}
  unset "running[$ended]"
  printf '\n── %s: ended  %s\n' "${named[$piece]}" "$(at)"
  cat "$told/$piece"
  [ "$result" = 0 ] || { echo "make test: failed at: ${named[$piece]}" >&2; exit 1; }
}
rm -rf var/spent
tools/test.sh collecting >/dev/null  # compiles the tests, so that what is measured does not
step "Collecting the tests, beside which the pieces are held" python -m tools.spent run collecting tools/test.sh collecting
set -m
for piece in beside_the_code postgresql journeys permissions documentation odd_days demo; do
  while [ "${#running[@]}" -ge 2 ]; do await_one; done
  printf '\n── %s  %s\n' "${named[$piece]}" "$(at)"
  MAMORI_STATEMENTS=$statements python -m tools.spent run "$piece" tools/test.sh "$piece" >"$told/$piece" 2>&1 &
  running[$!]=$piece
done
while [ "${#running[@]}" -gt 0 ]; do await_one; done
step "What it took" python -m tools.spent table
printf '\n── All of it passed  %s\n' "$(at)"
