"""Training put together: what the corpora hold, as the models learn from it, and the flow that teaches them."""
