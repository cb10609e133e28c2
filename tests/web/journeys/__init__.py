"""Whole journeys through the room, in a browser, one per role."""
