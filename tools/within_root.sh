# Sourced by tools/image.sh and tools/empty_root.sh: a folder is the root of a machine in which the house is tried.

# All that is mounted is mounted in a room of its own that ends with what runs in it: whoever removes the folder $work afterwards
# meets no mount, and nothing of this machine is bound into it but the list of those who sign certificates.
in_a_room_of_its_own() {  # in_a_room_of_its_own SCRIPT
  if [ -z "${MAMORI_ROOM:-}" ]; then
    work=$(mktemp -d "${TMPDIR:-/tmp}/mamori-room.XXXXXX")
    trap 'rm -rf --one-file-system "$work"' EXIT
    MAMORI_ROOM=$work unshare --mount --pid --fork --kill-child --mount-proc --propagation private "$1"
    exit
  fi
  work=$MAMORI_ROOM
}

debian() {  # debian FILE PACKAGES: an archive of a small Debian, or a folder of it
  mmdebstrap --quiet --variant=minbase --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --include="$2" trixie "$1"
}

devices() {  # devices ROOT: what a container gives its programs
  mount -t tmpfs tmpfs "$1/tmp"
  mount -t proc proc "$1/proc"
  mount -t tmpfs -o mode=0755 tmpfs "$1/dev"
  local device
  for device in null:3 zero:5 random:8 urandom:9; do mknod -m 0666 "$1/dev/${device%:*}" c 1 "${device#*:}"; done
  mkdir -m 1777 "$1/dev/shm"
}

lives() {  # lives COMMAND…: set the house up by what runs words in the root, open it, wait until it is healthy, stop it
  "$@" mamori setup >/dev/null
  "$@" mamori up --workers 1 2>"$work/log" &
  local up=$! healthy=1 ask="import urllib.request as u; u.urlopen('http://127.0.0.1:8131/health/ready', timeout=4)"
  for _ in $(seq 120); do
    if "$@" python3 -c "$ask" 2>/dev/null; then healthy=0; break; fi
    sleep 0.5
  done
  kill -TERM "$up" || healthy=1
  wait "$up" || healthy=1
  [ "$healthy" = 0 ] || { cat "$work/log" >&2; exit 1; }
}
