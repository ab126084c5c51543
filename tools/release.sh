#!/usr/bin/env bash
# Makes the release that pyproject.toml names, before its tag is set; may be run again until then.
# Notes its migrations, which are never changed from then on (mamori/site/released.txt), keeps a filled house of it on each engine
# (tests/upgrade/houses), and builds wheel and sdist (dist/).  What it leaves is committed; then the tag is set.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
export DJANGO_SETTINGS_MODULE=mamori.site.settings PYTHONUTF8=1 PYTHONPATH=$PWD MAMORI_DATABASE_URL=
version=$($python -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
[ -z "$(git tag --list "v$version")" ] || { echo "v$version has its tag: set the next version in pyproject.toml" >&2; exit 1; }
MAMORI_DATABASE_URL=sqlite://:memory: $python -m django makemigrations --check --dry-run
$python - "$version" <<'END'
import sys
from mamori.site import released
before = tuple(one for one in released.releases() if one.version != sys.argv[1])
released.RELEASED.write_text(released.told(sys.argv[1], before), "utf-8")
END
for engine in sqlite postgres; do
  $python -m trials.harness trials.releases:keep "{\"version\": \"$version\", \"engine\": \"$engine\"}" >/dev/null &
  keeping="${keeping:-} $!"
done
for one in $keeping; do wait "$one"; done
rm -rf dist
UV_SYSTEM_CERTS=1 .tools/bin/uv build --quiet --all-packages --out-dir dist
cat mamori/site/released.txt | head -1
ls -l dist tests/upgrade/houses
