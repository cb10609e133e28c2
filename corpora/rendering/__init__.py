"""How the sources of the sample dossiers become PDFs (development only: `python -m corpora.rendering`)."""
