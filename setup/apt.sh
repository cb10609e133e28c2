#!/bin/sh
# Installs Debian packages where this may be done; where it may not, prints why in a few words and fails.
# usage: apt.sh PACKAGE...
set -u

refused() {
    echo "$1"
    exit 1
}

command -v apt-get >/dev/null 2>&1 || refused "apt-get est absent"
if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    refused "droits d'administration nécessaires"
fi

echo "Installation par apt : $*…" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { $as_root apt-get update && $as_root apt-get install --yes --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 3 "$log" >&2
    refused "l'installation par apt n'a pas abouti"
fi
