"""Small PDF dossiers made for the tests of whole runs."""

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

_TEXT = (
    ("1. Présentation du porteur", "L'association Les Jardins de {name}, créée en 2009, compte 45 adhérents."),
    ("2. Historique de l'action", "En mars 2012, douze voisins ont repris une friche avec la commune."),
    ("4. Objectifs de l'action", "Nous voulons nourrir 80 familles et former 12 demandeurs d'emploi."),
    ("6. Publics cibles", "Le projet s'adresse aux habitants du quartier et aux bénéficiaires du RSA."),
    ("8. Comptes prévisionnels", "Charges : 30 000 euros. Produits : 30 000 euros, dont aide demandée 12 000 euros."),
)


def write_dossier(path: Path, name: str) -> None:
    """A one-page dossier; the same name gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    height = 780
    for heading, text in _TEXT:
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(60, height, heading)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, height - 22, text.format(name=name))
        height -= 60
    canvas.save()
