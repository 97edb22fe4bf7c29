"""Snippets: calls, headings, front matter and sources that an editor writes from a few letters.

They are made from what the engine itself goes by, the macros' signatures and descriptions, the kinds of note, the
schemas of front matter and the types of entry, so that none of them can be out of date.
"""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from ..model.bibtex import ENTRY_TYPES
from ..model.finding import VERDICTS
from ..model.macro import Macro
from ..model.note import NOTE_KINDS

Snippet = Mapping[str, Any]

MARKDOWN = "markdown"
BIBTEX = "bibtex,latex,plaintext"  # a .bib file is plain text to an editor without an extension for it


def snippets(macros: Mapping[str, Macro], schemas: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Snippet]:
    """Return the snippets by title, in the form of Visual Studio Code."""
    return dict((*_calls(macros), *_headings(), *_front_matter(schemas), *_entries()))


def _calls(macros: Mapping[str, Macro]) -> Iterator[tuple[str, Snippet]]:
    for name, macro in macros.items():
        said = " ".join((inspect.getdoc(macro.function) or "").split("\n\n")[0].split())
        call, places = _call(macro)
        if macro.has_body is not True:
            yield name, _snippet(name, [f"{{{{ {call} }}}}"], said)
        if macro.has_body is not False:
            body = f"{{% call {call} %}}${{{places + 1}:words}}{{% endcall %}}"
            title, prefix = (name, name) if macro.has_body else (f"{name} around words", f"{name}-around")
            yield title, _snippet(prefix, [body], said)


def _call(macro: Macro) -> tuple[str, int]:
    """Return a call with its places to fill in, and their number; an argument that may be left out is one in whole."""
    arguments, places = "", 0
    for name, parameter in macro.signature.parameters.items():
        comma = ", " if arguments else ""
        if parameter.kind is parameter.VAR_POSITIONAL:
            arguments += f'{comma}"${{{places + 1}:one}}", "${{{places + 2}:other}}"'
            places += 2
        elif parameter.default is parameter.empty:
            arguments += f'{comma}"${{{places + 1}:{name}}}"'
            places += 1
        else:
            arguments += f'${{{places + 1}:{comma}{name}="${{{places + 2}:{name}}}"}}'
            places += 2
    return f"{macro.name}({arguments})", places


def _headings() -> Iterator[tuple[str, Snippet]]:
    kinds, verdicts = ",".join(kind for kind in NOTE_KINDS if kind != "change"), ",".join(VERDICTS)
    note = "## ${1:Title} { #${2:some-id} .${3|" + kinds + "|}"
    for title, prefix, heading, text, said in (
        ("note", "note", note + " }", "${4:The finding, in one sentence.}",
         "A note: its heading with an id and a kind, then its text."),
        ("note on a claim", "claim", note + ' verdict="${4|' + verdicts + '|}" }', "${5:The finding, in one sentence.}",
         "A note on a claim: its heading with a verdict, then its text."),
        ("note on a change", "change",
         '## ${1:Title} { #${2:some-id} .change between="${3:one#clause} ${4:other#clause}" }', "${5:What changed.}",
         "A note on a change between two clauses, in docs/notes/changes.md."),
        ("clause", "clause", '## ${1:What the clause is about} { #${2:some-id}${3: arc="${4:what is new}"} }',
         "${5:A summary in our own words.}", "A clause of a declaration, with our summary."),
    ):  # fmt: skip
        yield f"heading of a {title}", _snippet(f"{prefix}-heading", [heading, "", text], said)


def _front_matter(schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Snippet]]:
    for kind, schema in schemas.items():
        lines, number = ["---"], 0
        for name in schema.get("required", ()) if "properties" in schema else ():
            field = schema["properties"][name]
            if "const" in field:
                lines.append(f"{name}: {field['const']}")
                continue
            number += 1
            example = next(iter(field.get("examples", ())), f"{name}")
            shown = ", ".join(example) if isinstance(example, list) else example
            lines.append(
                f"{name}: [${{{number}:{shown}}}]" if isinstance(example, list) else f"{name}: ${{{number}:{shown}}}"
            )
        if number:
            lines += ["---", "", f"# ${{{number + 1}:Title}}"]
            yield f"front matter of a {kind}", _snippet(f"front-{kind}", lines, schema.get("description", ""))


def _entries() -> Iterator[tuple[str, Snippet]]:
    for type, (kind, needed) in ENTRY_TYPES.items():
        fields = dict.fromkeys(("title", *needed, "date", "url"))
        lines = [f"@{type}{{${{1:some-key}},"]
        lines += [
            f"  {name} = {{${{{number}:{_FILLED.get(name, name)}}}}}," for number, name in enumerate(fields, start=2)
        ]
        yield (
            f"source: {kind}",
            {**_snippet(f"@{type}", [*lines, "}"], f"A {kind} for the bibliography."), "scope": BIBTEX},
        )


_FILLED = {"date": "2004-05-11", "url": "https://example.org/", "author": "Family, Given"}


def _snippet(prefix: str, body: list[str], description: str) -> dict[str, Any]:
    return {"scope": MARKDOWN, "prefix": prefix, "body": body, "description": description.replace("`", "")}
