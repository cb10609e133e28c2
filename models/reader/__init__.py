"""The learned reader of dossiers: what each line bears on and answers, each dossier being read as a whole."""
