"""French cues: the words by which people speak of a topic, apart from the logic that uses them."""
