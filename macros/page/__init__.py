"""One page from its text to its HTML."""
