#!/usr/bin/env bash
# Builds the image of deploy/Dockerfile without a registry, as root on Debian with mmdebstrap, buildah and netavark, and runs it: root
# read-only, as the image's user, until it says that it is healthy; then stops it by SIGTERM.  Prints what it weighs.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/mamori-image.XXXXXX")
ulimit -n "$(ulimit -Hn)"
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
buildah() { command buildah --root "$work/store" --runroot "$work/run" "$@"; }
trap 'umount -R "$work/root" 2>/dev/null || true; buildah umount --all >/dev/null || true; rm -rf "$work"' EXIT

mmdebstrap --quiet --variant=minbase --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' --include=ca-certificates trixie "$work/base.tar"
base=$(buildah from scratch)
buildah add --quiet "$base" "$work/base.tar" / >/dev/null
buildah commit --quiet --rm "$base" mamori-base >/dev/null
rm "$work/base.tar"
certs=/etc/ssl/certs/ca-certificates.crt
buildah build --quiet --format docker --network host --ulimit "nofile=$(ulimit -Hn):$(ulimit -Hn)" --ulimit "nproc=$(ulimit -Hu):$(ulimit -Hu)" --layers=false --build-arg BASE=localhost/mamori-base --volume "$certs:$certs:ro" \
  --ignorefile .dockerignore -f deploy/Dockerfile -t mamori . >/dev/null

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
mount --bind /dev "$work/root/dev"
mount --make-private "$work/root/dev"
mount -t tmpfs tmpfs "$work/root/dev/shm"
within=(chroot --userspec=10001:10001 "$work/root" /usr/bin/env -i PATH=/opt/mamori/.venv/bin:/usr/local/bin:/usr/bin:/bin MAMORI_LANG=en
  MAMORI_HOME=/var/lib/mamori MAMORI_KEYS=/var/lib/mamori-keys MAMORI_LOG_ORIGIN=log.example.invalid/m MAMORI_PORT=8131 PYTHONDONTWRITEBYTECODE=1)
if "${within[@]}" touch /written 2>/dev/null; then echo "the root can be written" >&2; exit 1; fi
"${within[@]}" mamori setup >/dev/null
"${within[@]}" pg_dump --version
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
