#!/usr/bin/env bash
# The system packages that the tests need, declared here and nowhere else.
#   tools/system.sh               installs what is missing (root on Debian), or says the one line that does, and fails
#   tools/system.sh missing       says that line, if anything is missing
#   tools/system.sh postgres-bin  prints the folder of the newest PostgreSQL server programs, 15 or later
set -euo pipefail

postgres_bin() {
  local bin version
  for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) $(dirname "$(command -v initdb || echo /none/initdb)"); do
    [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] && [ -x "$bin/pg_dump" ] || continue
    version=$("$bin/initdb" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    [ "$version" -ge 15 ] && { echo "$bin"; return; }
  done
  return 1
}

# One line for each package: its name, and the command that succeeds when it is there.
packages() {
  postgres_bin >/dev/null || echo postgresql
  command -v chromium-headless-shell >/dev/null || echo chromium-headless-shell
  fc-list :lang=ja 2>/dev/null | grep -q . || echo fonts-noto-cjk fontconfig
  command -v faketime >/dev/null || echo faketime
  command -v openssl >/dev/null || echo openssl
  PATH=$PATH:/usr/sbin command -v caddy >/dev/null || echo caddy
  PATH=$PATH:/usr/sbin command -v nginx >/dev/null || echo nginx
}

# What is installed for the tests starts nothing: a web server would take this machine's port 80.
start_nothing() {
  [ -e /usr/sbin/policy-rc.d ] && return
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
}

missing=$(packages | tr '\n' ' ')
case "${1:-}" in
  postgres-bin) postgres_bin ;;
  missing) [ -z "$missing" ] || echo "needs: apt install $missing" ;;
  "")
    [ -n "$missing" ] || exit 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      echo "installing: $missing"
      export DEBIAN_FRONTEND=noninteractive
      start_nothing
      apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null
      missing=$(packages | tr '\n' ' ')
    fi
    [ -z "$missing" ] || { echo "needs: apt install $missing" >&2; exit 69; }
    ;;
  *) echo "usage: tools/system.sh [missing|postgres-bin]" >&2; exit 64 ;;
esac
