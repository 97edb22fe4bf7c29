"""The edition: every document, note and source, loaded and frozen; what macros can refer to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from ..text.file import TextFile
from ..text.kept import Results
from ..text.memo import Memo, remembered
from ..text.problem import Problem
from .configuration import Extensions
from .document import Document
from .entry import Entry
from .glossary import Term
from .macro import Macro
from .name import Name
from .news import Item
from .note import Note
from .thread import Thread
from .witness import Witness

_More = ParamSpec("_More")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Edition:
    """All that is published, with the problems met in loading it; what follows from it is computed in `derived`.

    `pages` and `notes_files` are texts by their path below the docs folder; `documents` by id in order of date
    and title; `notes` by address; `entries` by key; `paths` are those of all files below the docs folder,
    and `refused` those of them that are neither read nor published; `extensions` read their Markdown.
    `editors` answer for what is the edition's own, as far as they are named, and `contact` is where they are reached:
    an address on the web or for mail, empty if none is given.  In a server, `results` are kept from edit to edit.
    """

    pages: Mapping[str, TextFile]
    notes_files: Mapping[str, TextFile]
    documents: Mapping[str, Document]
    witnesses: Mapping[str, Witness]
    notes: Mapping[str, Note]
    entries: Mapping[str, Entry]
    threads: Mapping[str, Thread]
    terms: tuple[Term, ...]
    paths: frozenset[str]
    macros: Mapping[str, Macro]
    problems: tuple[Problem, ...] = ()
    news: tuple[Item, ...] = ()
    refused: frozenset[str] = frozenset()
    extensions: Extensions = field(default_factory=Extensions)
    editors: tuple[Name, ...] = ()
    contact: str = ""
    memo: Memo = field(default_factory=Memo, init=False, compare=False, repr=False)
    results: Results | None = field(default=None, init=False, compare=False, repr=False)


_Function = Callable[Concatenate[Edition, _More], _Result]


def derived(function: _Function[_More, _Result]) -> _Function[_More, _Result]:
    """Let an edition remember what a pure function of it has returned, or a server for as long as it holds.

    A server gives the function an edition that notes what is read of it.  Further arguments have a hash, or are known
    by their identity.
    """
    return _asked(function, remembered(function))


def kept(function: _Function[_More, _Result]) -> _Function[_More, _Result]:
    """Let a server keep what a pure function of an edition has returned, which is asked once by whoever builds."""
    return _asked(function, function)


def _asked(function: _Function[_More, _Result], alone: _Function[_More, _Result]) -> _Function[_More, _Result]:
    @wraps(function)
    def deriving(edition: Edition, /, *args: _More.args, **named: _More.kwargs) -> _Result:
        if edition.results is None:
            return alone(edition, *args, **named)
        result: _Result = edition.results.ask(function, args)
        return result

    deriving.asked = function  # type: ignore[attr-defined]  # by which its results are found again
    return deriving


def alone(edition: Edition) -> Edition:
    """Return an edition that is followed no longer, and remembers what was kept of it."""
    found = replace(edition)
    if edition.results:
        found.memo.update({source: (kept.value, kept.arguments) for source, kept in edition.results.kept.items()})
    return found
