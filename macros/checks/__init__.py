"""What is asked of an edition, one subject a module."""
