"""The benchmark: what the edition costs on top of plain MkDocs-Material, and how that grows."""
