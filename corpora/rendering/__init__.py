"""How the sources of dossiers become PDFs with their gold labels (`python -m corpora.rendering`, for developers).

`imaging` alone is for everybody: pictures of sheets are made where they are missing.
"""
