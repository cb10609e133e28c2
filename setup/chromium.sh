#!/bin/sh
# Installs Chromium, for the tests in a browser, where this may be done; where it may not, says what is lacking and goes on.
set -u

has_chromium() { command -v chromium >/dev/null 2>&1; }

has_chromium && exit 0
why=$(sh "$(dirname "$0")/apt.sh" chromium) && has_chromium && exit 0
echo "Chromium non installé (${why:-il reste introuvable}) : les tests dans un navigateur seront sautés."
echo "Pour les passer : apt install chromium (avec les droits d'administration)."
