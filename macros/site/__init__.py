"""What is published beside the pages: citations, metadata, the feed, the search index."""
