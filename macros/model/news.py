"""News: what is new in the edition, on a page of its own."""

from dataclasses import dataclass

from ..text.file import TextFile
from ..text.line import one_line
from ..text.problem import Problem
from .date import Date
from .passage import ID


@dataclass(frozen=True)
class Item:
    """One piece of news: `text` is its words without markup."""

    id: str
    title: str
    date: Date
    text: str


def read_news(file: TextFile | None) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """Return the items of the news page: its headings, with an id and a day each, and what stands below them."""
    items: list[Item] = []
    problems: list[Problem] = []
    if file is None:
        return (), ()
    for heading, end in file.sections(deepest=2):
        attributes = heading.attributes
        day = attributes.pairs.get("date", "")
        try:
            date = Date.read(day)
        except ValueError:
            date = None
        if date is None or not date.day or not ID.fullmatch(attributes.id):
            form = f'`## {heading.name} {{ #some-id date="2004-05-11" }}`'
            message = f"an item of the news has an id and a day in its heading: write {form}"
            problems.append(Problem(file.position(heading.start), "news-has-date", message))
            continue
        text = file.words(heading.end, end)
        items.append(Item(attributes.id, heading.name, date, one_line(" ".join(text.split()))))
    return tuple(items), tuple(problems)
