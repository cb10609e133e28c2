"""The files that a run leaves: one `analysis.json` per dossier, `tri.xlsx` and `tri.html` for the instructor."""
