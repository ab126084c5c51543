#!/usr/bin/env bash
# Builds the image of deploy/Dockerfile without a registry, as root on Debian with mmdebstrap, buildah and netavark, and runs it: root
# read-only, as the image's user, until it says that it is healthy; then stops it by SIGTERM.  Prints what it weighs.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/within_root.sh
in_a_room_of_its_own tools/image.sh
ulimit -n "$(ulimit -Hn)"
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
buildah() { command buildah --root "$work/store" --runroot "$work/run" "$@"; }

debian "$work/base.tar" ca-certificates
base=$(buildah from scratch)
buildah add --quiet "$base" "$work/base.tar" / >/dev/null
buildah commit --quiet --rm "$base" mamori-base >/dev/null
rm "$work/base.tar"
certs=/etc/ssl/certs/ca-certificates.crt
limits=(--ulimit "nofile=$(ulimit -Hn):$(ulimit -Hn)" --ulimit "nproc=$(ulimit -Hu):$(ulimit -Hu)")
buildah build --quiet --format docker --network host "${limits[@]}" --layers=false --build-arg BASE=localhost/mamori-base \
  --volume "$certs:$certs:ro" --ignorefile .dockerignore -f deploy/Dockerfile -t mamori . >/dev/null

mkdir "$work/root" "$work/data" "$work/keys"
house=$(buildah from mamori)
mount --bind "$(buildah mount "$house")" "$work/root"
echo "the image: $(du -sxm "$work/root" | cut -f1) MiB"
[ ! -e "$work/root/opt/mamori/deploy" ] || { echo "the image holds deploy/" >&2; exit 1; }
mount -o remount,ro,bind "$work/root"
chown 10001:10001 "$work/data" "$work/keys" && chmod 0700 "$work/data" "$work/keys"
mount --bind "$work/data" "$work/root/var/lib/mamori"
mount --bind "$work/keys" "$work/root/var/lib/mamori-keys"
devices "$work/root"
within=(chroot --userspec=10001:10001 "$work/root" /usr/bin/env -i PATH=/opt/mamori/.venv/bin:/usr/local/bin:/usr/bin:/bin MAMORI_LANG=en
  MAMORI_HOME=/var/lib/mamori MAMORI_KEYS=/var/lib/mamori-keys MAMORI_LOG_ORIGIN=log.example.invalid/m MAMORI_PORT=8131 PYTHONDONTWRITEBYTECODE=1)
if "${within[@]}" touch /written 2>/dev/null; then echo "the root can be written" >&2; exit 1; fi
"${within[@]}" pg_dump --version
"${within[@]}" python3 -c "import typst; typst.compile('#set text(font: \"Noto Sans CJK JP\")\n守り'.encode(), format='pdf')"
lives "${within[@]}"
echo "root read-only: set up, healthy, stopped"
