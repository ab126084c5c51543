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
# Two lanes, for two cores.  What reads files or pages, or serves a house, would only be done twice on PostgreSQL: there, rooms,
# ground and API are tried, and the main story, races and walks.  Branches are counted on SQLite, in the tests beside the code:
# to trace them makes each test half as slow again, and no decision asks which database it is.  In both lanes the
# statements of each verb are counted, and told where they differ from what is recorded; MAMORI_STATEMENTS=check fails then,
# and =record records them instead.
export statements=${MAMORI_STATEMENTS:-tell}
unset MAMORI_STATEMENTS
sqlite=(env MAMORI_DATABASE_URL= pytest --durations=20 --durations-min=4)
stories=tests/journeys
second_lane() {
  printf '\n── Tests on PostgreSQL\n'
  MAMORI_STATEMENTS=$statements tools/postgres.sh run pytest -m "not served" mamori/ground mamori/rooms mamori/doors/gateway \
    $stories/test_buyer_and_seller.py $stories/test_races.py $stories/test_random_walk.py $stories/test_measures_walk.py
  printf '\n── Journeys, on SQLite\n'
  "${sqlite[@]}" $stories
}
export -f second_lane
told=$(mktemp)
setsid bash -c "set -euo pipefail; sqlite=(${sqlite[*]}); stories=$stories; second_lane" >"$told" 2>&1 &
beside=$!
trap 'kill -- "-$beside" 2>/dev/null || true; rm -f "$told"' EXIT
second() {
  local result=0
  wait "$beside" || result=$?
  cat "$told"
  return "$result"
}
# No test may depend on the day: what opens pages and takes calls is tried again on a Saturday, on the days that are odd in Japan,
# and while one day becomes the next.  A few tests of each kind: to try them all takes too long.
odd=(mamori/rooms/contact/tests/test_{awaited,bad_input_pages,offer_pages,harm_pages}.py
  mamori/rooms/contact/tests/test_seller_pages.py::test_the_{inbox_shows_what_is_due_first,number_of_a_recovery_leads_to_it_from_the_threads}
  mamori/rooms/enforcement/tests/test_opened_before.py mamori/rooms/payouts/tests/test_staff_pages.py
  mamori/doors/gateway/tests/test_{payouts,remedies}.py mamori/doors/desk/tests/test_{held,accounts}.py)
odd_days() {
  local moment
  for moment in 2026-12-05T12:00 2026-12-31T12:00 2027-04-01T12:00 2027-05-03T12:00 2028-02-29T12:00 2026-12-02T23:59:20; do
    printf '%s\n' "$moment"
    tools/on_day.sh "$moment+09:00" "${sqlite[@]}" -p no:cacheprovider "${odd[@]}" || return
  done
}
step "Tests beside the code, on SQLite; PostgreSQL and journeys run beside them" \
  env MAMORI_STATEMENTS=$statements "${sqlite[@]}" --cov --cov-report= mamori trials tests/law
coverage json --quiet -o .coverage.json
step "Branches where decisions live" python -m tools.covered .coverage.json
step "Documentation, permissions, architecture, on SQLite" "${sqlite[@]}" tests verifier --ignore=tests/law --ignore=$stories
step "Again on odd days, on SQLite" odd_days
step "Tests on PostgreSQL, and journeys" second
step "The demo, played through" tools/demo_once.sh
printf '\n── All of it passed  (%d:%02d)\n' $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
