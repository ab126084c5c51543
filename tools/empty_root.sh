#!/usr/bin/env bash
# Installs what `tools/release.sh` built (dist/) by pip into an empty Debian that has Python and nothing else, as root with
# mmdebstrap: sets a house up there, opens it, waits until it is healthy, stops it.  Libraries come from PyPI.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/within_root.sh
in_a_room_of_its_own tools/empty_root.sh
debian "$work/root" ca-certificates,python3,python3-venv
root=$work/root
mkdir "$root/wheels" && cp dist/*.whl "$root/wheels/"
cp /etc/resolv.conf "$root/etc/" && cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
for file in /etc/pip.conf /etc/hosts; do [ ! -e "$file" ] || cp "$file" "$root/etc/"; done
devices "$root"
chroot "$root" /usr/sbin/useradd --no-log-init --uid 10001 --create-home mamori
chroot "$root" python3 -m venv /opt/mamori
chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin PIP_CERT=/etc/ssl/certs/ca-certificates.crt \
  /opt/mamori/bin/pip install --quiet --no-cache-dir --find-links /wheels "$(cd "$root" && echo wheels/mamori-[0-9]*.whl | sed 's|^|/|')"
within=(chroot --userspec=10001:10001 "$root" /usr/bin/env -i HOME=/home/mamori PATH=/opt/mamori/bin:/usr/bin:/bin MAMORI_LANG=en
  MAMORI_HOME=/home/mamori/house MAMORI_LOG_ORIGIN=log.example.invalid/m MAMORI_PORT=8131)
"${within[@]}" mamori --help >/dev/null
lives "${within[@]}"
echo "installed by pip in an empty Debian: set up, healthy, stopped; $(du -sm "$root/opt/mamori" | cut -f1) MiB"
