"""From PDF files to one `Document`: text with its place, page by page, each page ending in a state."""
