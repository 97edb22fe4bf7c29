"""What was loaded, plain and frozen: documents, notes, threads, witnesses, sources, the edition."""
