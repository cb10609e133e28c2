#!/bin/sh
# Installs Tesseract and its French data where this may be done; where it may not, says what is lacking and goes on.
set -u

has_french() { command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx fra; }

has_french && exit 0
why=$(sh "$(dirname "$0")/apt.sh" tesseract-ocr tesseract-ocr-fra) && has_french && exit 0
echo "OCR non installé (${why:-le français n'est pas dans les données de Tesseract}) : les pages numérisées seront signalées comme non lues."
echo "Pour les lire : apt install tesseract-ocr tesseract-ocr-fra (avec les droits d'administration)."
