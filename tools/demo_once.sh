#!/usr/bin/env bash
# Plays the demo once in a home of its own, visits every address that it prints, closes it and lets the doctor look at what stays; fails
# when anything does not hold.  What the surroundings say of another house must not reach it.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d "${TMPDIR:-/tmp}/mamori-demo.XXXXXX")
trap 'rm -rf "$home"' EXIT
MAMORI_HOME="$home" MAMORI_WEBHOOK_PORTS=9000 MAMORI_KEY_PROFILE=passphrase .venv/bin/python -m tools.demo_visit .venv/bin/mamori demo --port 0
MAMORI_HOME="$home" MAMORI_DATABASE_URL= MAMORI_LOG_ORIGIN=demo.mamori.invalid/log .venv/bin/mamori check
