"""Every page of the room, for each role that sees it: what axe finds, and what hostile words do."""
