"""What follows from an edition, each computed once: proofs, alignment, lineage, search records."""
