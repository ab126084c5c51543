#!/usr/bin/env bash
# Puts uv into .tools/bin, from PyPI, with whatever Python of this machine can; remembers a Python of 3.12 or later.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .tools/bin

pythons() {  # newest first, on the PATH and in the usual places
  local name folder
  for name in python3.15 python3.14 python3.13 python3.12 python3; do
    for folder in $(echo "$PATH" | tr : ' ') /usr/local/bin /usr/bin; do
      [ -x "$folder/$name" ] && echo "$folder/$name"
    done
  done
  return 0
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; }

rm -f .tools/python
for python in $(pythons); do
  is_new_enough "$python" && { echo "$python" >.tools/python; break; }
done
[ -s .tools/python ] || { echo "needs Python 3.12 or later: apt install python3.13 (or python3.12)" >&2; exit 69; }

[ -x .tools/bin/uv ] && exit 0
for python in $(pythons); do
  rm -rf .tools/boot
  if "$python" -m venv .tools/boot >/dev/null 2>&1 && .tools/boot/bin/python -m pip install -q 'uv>=0.13,<0.14'; then
    ln -sf ../boot/bin/uv .tools/bin/uv
    exit 0
  fi
  # A Debian without python3-venv may still have pip.
  rm -rf .tools/boot
  if "$python" -m pip install -q --target .tools/boot 'uv>=0.13,<0.14' >/dev/null 2>&1; then
    ln -sf ../boot/bin/uv .tools/bin/uv
    exit 0
  fi
done
rm -rf .tools/boot
echo "needs a Python with venv: apt install python3-venv (and access to PyPI)" >&2
exit 69
