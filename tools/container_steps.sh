#!/usr/bin/env bash
# Runs the steps of deploy/Dockerfile in a temporary folder, without a container: builds from the lock what the image holds,
# then sets up and runs the house as a user without rights, from a program folder that nobody may write.  It proves the
# steps, not the image.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$(mktemp -d "${TMPDIR:-/tmp}/mamori-container.XXXXXX")
trap 'chmod -R u+w "$root"; rm -rf "$root"' EXIT
export UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=1 UV_PROJECT_ENVIRONMENT="$root/opt/.venv"
uv=$PWD/.tools/bin/uv python=$(cat .tools/python)

mkdir -p "$root/opt" "$root/data" "$root/keys"
cp pyproject.toml uv.lock README.md LICENSE "$root/opt/"
cp -r packages "$root/opt/"
(cd "$root/opt" && "$uv" sync --quiet --frozen --no-dev --extra pg --extra letters --no-install-project --python "$python")
tar c --exclude=__pycache__ mamori verifier | tar x -C "$root/opt"
(cd "$root/opt" && "$uv" sync --quiet --frozen --no-dev --extra pg --extra letters --no-editable --python "$python")
rm -rf "$root/opt/mamori" "$root/opt/packages"
echo "the environment: $(du -sm "$root/opt/.venv" | cut -f1) MiB"
chmod -R a+rX,a-w "$root/opt"
chmod 0755 "$root"
chmod 0700 "$root/data" "$root/keys"

as=()
if [ "$(id -u)" = 0 ]; then
  chown nobody "$root/data" "$root/keys"
  as=(setpriv --reuid nobody --regid nogroup --clear-groups --no-new-privs)
fi
house() { (cd / && "${as[@]}" env -i PATH="$root/opt/.venv/bin:/usr/bin:/bin" PYTHONDONTWRITEBYTECODE=1 MAMORI_LANG=en \
  MAMORI_HOME="$root/data" MAMORI_KEYS="$root/keys" MAMORI_LOG_ORIGIN=log.example.invalid/m "$@"); }
house mamori setup
house mamori up --port 8129 --workers 1 2>"$root/log" &
up=$!
healthy=1
for _ in $(seq 60); do
  if house python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8129/health/ready', timeout=4)" 2>/dev/null; then
    healthy=0
    break
  fi
  sleep 0.5
done
pkill -TERM -P "$up" || kill -TERM "$up"
wait "$up" || healthy=1
[ "$healthy" = 0 ] || { cat "$root/log" >&2; exit 1; }
echo "set up, healthy, stopped"
