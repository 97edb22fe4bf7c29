"""The engine of an annotated edition.

Five stages, each a module or a few: *read* an author's files (`source`, `markup`, `call`), *load* them as one
frozen edition (`front_matter`, `document`, `note`, `bibliography`, `witness`, `edition`), *check* it
(`check`, with the proof of quotations in `quotation`), *expand* the macro calls of a page into Markdown with
tokens (`expansion`, `macro`, `template`), and *render* it (`extension` for Python-Markdown, `plugin` for
MkDocs).  A macro lives in the module of the thing it is about; nothing here knows any one collection.
"""

__version__ = "0.1.0"
