"""The importer: brings in the official text of a declaration that so far is held in excerpts.

`fetching` gets a page, `extraction` finds its text, `placement` puts the text under the document's clauses, and
`plan` says what would change; nothing is written before somebody has seen that.
"""
