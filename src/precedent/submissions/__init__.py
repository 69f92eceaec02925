"""Examples on their way into the catalogue: drafts, review, decisions. What is published is the catalogue's."""
