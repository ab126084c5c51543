#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own:  tools/postgres.sh run CMD…
# The cluster is thrown away at the end, whatever happens.  A MAMORI_DATABASE_URL that names a PostgreSQL is used as it is.
set -euo pipefail
PATH="$PATH:/usr/sbin:/sbin"  # where runuser stands; not on everybody's path

[ "${1:-}" = run ] && [ $# -gt 1 ] || { echo "usage: tools/postgres.sh run CMD…" >&2; exit 64; }
shift
case "${MAMORI_DATABASE_URL:-}" in postgres*) exec "$@" ;; esac

bin=$("$(dirname "$0")/system.sh" postgres-bin) || { "$(dirname "$0")/system.sh" missing >&2; exit 69; }

# PostgreSQL refuses root, and root's home is closed to everyone else: so the cluster lives in the temporary folder.
cluster=$(mktemp -d "${TMPDIR:-/tmp}/mamori-postgres.XXXXXX")
as=()
if [ "$(id -u)" = 0 ]; then
  as=(runuser -u postgres --)
  chown postgres "$cluster"
fi
stop() {
  (cd / && "${as[@]}" "$bin/pg_ctl" -D "$cluster/data" -m immediate -s stop >/dev/null 2>&1) || true
  rm -rf "$cluster"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(
  cd /
  umask 077
  printf '%s' "$password" >"$cluster/password"
  [ "$(id -u)" = 0 ] && chown postgres "$cluster/password"
  "${as[@]}" "$bin/initdb" -D "$cluster/data" -U mamori --pwfile="$cluster/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$cluster/initdb.log" 2>&1 || { cat "$cluster/initdb.log" >&2; exit 1; }
)

# Durable as in production: what is tested here are promises about what survives.
options="-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c shared_buffers=128MB"
options="$options -c fsync=on -c synchronous_commit=on -c full_page_writes=on -c max_wal_size=2GB -c timezone=UTC"
for try in 1 2 3 4 5 6 7 8; do
  port=$((20000 + (RANDOM * 32768 + RANDOM) % 40000))
  if (cd / && "${as[@]}" "$bin/pg_ctl" -D "$cluster/data" -l "$cluster/data/log" -w -s -o "$options -p $port" start >/dev/null 2>&1); then
    break
  fi
  [ "$try" = 8 ] && { cat "$cluster/data/log" >&2; exit 1; }
done
PGPASSWORD=$password "$bin/createdb" -h 127.0.0.1 -p "$port" -U mamori mamori

export MAMORI_DATABASE_URL="postgres://mamori:$password@127.0.0.1:$port/mamori"
export MAMORI_POSTGRES_BIN="$bin" MAMORI_POSTGRES_DATA="$cluster/data"
"$@"
