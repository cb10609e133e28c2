"""What keeps the room shut: headers of every answer, cookies of sessions, tokens of forms."""
