#!/bin/sh
# Installs Tesseract and its French data where this may be done; where it may not, says what is lacking and goes on.
set -u

has_french() { command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx fra; }

has_french && exit 0

lacking() {
    echo "OCR non installé ($1) : les pages numérisées seront signalées comme non lues."
    echo "Pour les lire : apt install tesseract-ocr tesseract-ocr-fra (avec les droits d'administration)."
    exit 0
}

command -v apt-get >/dev/null 2>&1 || lacking "apt-get est absent"
if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    lacking "droits d'administration nécessaires"
fi

echo "Installation de l'OCR (Tesseract et ses données françaises)…"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if { $as_root apt-get update && $as_root apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-fra; } \
    >"$log" 2>&1 && has_french; then
    exit 0
fi
tail -n 3 "$log" >&2
lacking "l'installation par apt n'a pas abouti"
