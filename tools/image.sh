#!/usr/bin/env bash
# Builds the image of deploy/Dockerfile without a registry, as root on Debian with mmdebstrap, buildah and netavark, and runs it: root
# read-only, as the image's user, until it says that it is healthy; then stops it by SIGTERM.  Prints what it weighs.
set -euo pipefail
cd "$(dirname "$0")/.."
# All that is mounted is mounted in a room of its own that ends with what runs in it: whoever removes the folder afterwards
# meets no mount, and nothing of this machine is bound into it but the list of those who sign certificates.
if [ -z "${MAMORI_IMAGE_WORK:-}" ]; then
  work=$(mktemp -d "${TMPDIR:-/tmp}/mamori-image.XXXXXX")
  trap 'rm -rf --one-file-system "$work"' EXIT
  MAMORI_IMAGE_WORK=$work unshare --mount --pid --fork --kill-child --mount-proc --propagation private tools/image.sh
  exit
fi
work=$MAMORI_IMAGE_WORK
ulimit -n "$(ulimit -Hn)"
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
buildah() { command buildah --root "$work/store" --runroot "$work/run" "$@"; }

mmdebstrap --quiet --variant=minbase --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' --include=ca-certificates trixie "$work/base.tar"
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
mount -t tmpfs tmpfs "$work/root/tmp"
mount -t proc proc "$work/root/proc"
mount -t tmpfs -o mode=0755 tmpfs "$work/root/dev"
for device in null:3 zero:5 random:8 urandom:9; do mknod -m 0666 "$work/root/dev/${device%:*}" c 1 "${device#*:}"; done
mkdir -m 1777 "$work/root/dev/shm"
within=(chroot --userspec=10001:10001 "$work/root" /usr/bin/env -i PATH=/opt/mamori/.venv/bin:/usr/local/bin:/usr/bin:/bin MAMORI_LANG=en
  MAMORI_HOME=/var/lib/mamori MAMORI_KEYS=/var/lib/mamori-keys MAMORI_LOG_ORIGIN=log.example.invalid/m MAMORI_PORT=8131 PYTHONDONTWRITEBYTECODE=1)
if "${within[@]}" touch /written 2>/dev/null; then echo "the root can be written" >&2; exit 1; fi
"${within[@]}" mamori setup >/dev/null
"${within[@]}" pg_dump --version
"${within[@]}" python3 -c "import typst; typst.compile('#set text(font: \"Noto Sans CJK JP\")\n守り'.encode(), format='pdf')"
"${within[@]}" mamori up --workers 1 2>"$work/log" &
up=$!
healthy=1
for _ in $(seq 120); do
  if "${within[@]}" python3 -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8131/health/ready', timeout=4)" 2>/dev/null; then
    healthy=0
    break
  fi
  sleep 0.5
done
kill -TERM "$up" || healthy=1
wait "$up" || healthy=1
[ "$healthy" = 0 ] || { cat "$work/log" >&2; exit 1; }
echo "root read-only: set up, healthy, stopped"
