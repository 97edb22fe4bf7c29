"""The engine of an annotated edition.

Five stages, each a module or a few: *read* an author's files (`source`, `markup`, `call`), *load* them as one
frozen edition (`front_matter`, `document`, `note`, `bibliography`, `witness`, `edition`), *check* it
(`check`, with the proof of quotations in `quotation`), *expand* the macro calls of a page into Markdown with
tokens (`expansion`, `macro`, `template`), and *render* it (`extension` for Python-Markdown, `plugin` for
MkDocs).  A macro lives in the module of the thing it is about; nothing here knows any one collection.

Beside them stands what the command line offers more: new files (`scaffold`), official texts (`importer`), what a
change touches (`impact`), the development server (`serving`), and what editors use (`schema`, `snippet`).
"""

import sys
from importlib.util import find_spec

__version__ = "0.1.0"

# Here Python still looks for what `python -m macros` is to run: the system's own would end in a traceback.
if sys.argv[:1] == ["-m"] and not all(find_spec(name) for name in ("bibtexparser", "jinja2", "pydantic", "yaml")):
    sys.stderr.write(
        "This Python lacks what the project needs: run `make check` once, then `.venv/bin/python -m macros …`.\n"
    )
    sys.exit(2)
