"""The pure core: from the PDFs of a dossier to its immutable analysis.

Nothing here knows a database, a flow, a network or a screen.
"""
