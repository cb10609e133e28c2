#!/bin/sh
# Makes the virtual environment, also where Debian's python3-venv is not installed.
# usage: venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if [ -z "$python" ]; then
    echo "Python est introuvable : installez Python 3.11 (Debian : apt install python3), puis relancez." >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))'; then
    echo "Python 3.11 ou 3.12 est nécessaire ; « $python » est : $("$python" --version)." >&2
    echo "Indiquez-en un autre : make PYTHON=/chemin/vers/python3.11 …" >&2
    exit 1
fi

if "$python" -c 'import ensurepip, venv' 2>/dev/null && "$python" -m venv "$folder" 2>/dev/null; then
    exit 0
fi

# Bare Debian has pip but not ensurepip: virtualenv brings its own pip. --target leaves the system untouched.
rm -rf "$folder"
echo "Le module venv n'est pas complet ici : virtualenv est utilisé à sa place."
if ! "$python" -m pip install --quiet --target .tools "virtualenv>=20.30,<22"; then
    echo "pip est introuvable ou n'a pas pu installer virtualenv." >&2
    echo "Debian : apt install python3-pip (ou python3-venv), puis relancez." >&2
    exit 1
fi
PYTHONPATH=.tools "$python" -m virtualenv --quiet "$folder"
