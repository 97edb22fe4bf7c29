"""The engine of an annotated edition.

Its storeys, each a folder that imports only what stands before it: `text` (one author's file), `model` (what was
loaded, frozen), `derived` (what follows from it, computed once), `calls` (the macros), `site` (what is published beside
pages), `page` (one page: a sheet, then HTML), `checks`, and `commands`.  `plugin` tells MkDocs when.  Nothing here
knows any one collection.
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
