"""What a dossier states about itself: bearer, place, aid asked, budget, duration, stage, each with its places."""
