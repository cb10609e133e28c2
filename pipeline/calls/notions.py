"""What a marker's topic usually means, in the words that the reader of dossiers has learned (`Marker.notion`)."""

NOTION_OF_TOPIC = {
    "accessibilite": "accessibilite",
    "ancrage-territorial": "ancrage",
    "besoin-et-aspiration": "besoin",
    "caractere-collectif": "action-du-collectif",
    "changement-social": "changement",
    "environnement": "environnement",
    "gouvernance": "gouvernance",
    "intervention-du-collectif": "action-du-collectif",
    "logique-de-service": "service",
    "nature-du-collectif": "composition-du-collectif",
    "place-de-la-recherche": "recherche",
    "place-des-beneficiaires": "beneficiaires",
    "ressources": "ressources",
    "rupture": "rupture",
}
