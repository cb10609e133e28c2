"""Dossiers written for the project, their gold labels, and their rendering to PDF."""
