"""The type of innovation, learned from labelled texts: what words, meaning and cues say, weighed and calibrated."""
