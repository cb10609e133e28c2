"""Names of the files that the program writes."""

TRIAGE_PAGE = "tri.html"
TRIAGE_SPREADSHEET = "tri.xlsx"
DOSSIER_PAGE = "dossier.html"
DOSSIER_ANALYSIS = "analysis.json"

TRIAGE_NAMES = frozenset({TRIAGE_PAGE, TRIAGE_SPREADSHEET})
"""What the results of a whole input are called: no dossier may be called so."""
DOSSIER_NAMES = frozenset({DOSSIER_PAGE, DOSSIER_ANALYSIS})
"""What the results of a dossier are called, in its folder."""
