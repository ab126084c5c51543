#!/usr/bin/env bash
# Plays the demo once in a home of its own; fails when the demo fails.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d "${TMPDIR:-/tmp}/mamori-demo.XXXXXX")
trap 'rm -rf "$home"' EXIT
MAMORI_HOME="$home" MAMORI_DATABASE_URL= .venv/bin/mamori demo --no-serve
