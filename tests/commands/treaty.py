"""An invented treaty of many articles, and its revision: as a page, a PDF and plain text."""

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice, product

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

TITLE = "Treaty on the Ferries of the Two Towns"
DATE = "7 May 2007"
THINGS = (
    "ferries piers crews fares bells lamps ropes boats accounts inspectors passengers harbours storms cargoes".split()
)
MATTERS = "use care cost number hours keeping landing repair sale lease safety lighting order counting".split()
WAYS = (
    "shall be reported to the Council before the end of each year, with the reasons for it",
    "may be changed by an agreement of both mayors, which is kept in the archive at Northpier",
    "is a matter for each town alone, as long as the other town bears no part of what it brings about",
    "shall follow the rules that are set out in the annex, in fair weather and in fog",
    "is paid for in equal parts, unless the Council has found that one town has the greater advantage",
)


@dataclass(frozen=True)
class Article:
    """An article: its number, title, and paragraphs; the second one has items."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Its paragraphs and items with their numbers and letters."""
        first, *rest = (f"{n}. {text}" for n, text in enumerate(self.paragraphs, 1))
        return (first, *(f"({'abc'[n]}) {text}" for n, text in enumerate(self.items)), *rest)


def articles(count: int = 180) -> list[Article]:
    """Return articles, no two of which have the same words."""
    found = []
    for number, (matter, thing) in enumerate(islice(product(MATTERS, THINGS), count), 1):
        ways = [WAYS[(number * step) % len(WAYS)] for step in (1, 2)]
        found.append(
            Article(
                number,
                f"{matter.capitalize()} of {thing}",
                (
                    f"This Article shall apply to the {matter} of {thing}, and to:",
                    f"The {matter} of {thing} {ways[0]}, as article {number} of the book of {thing} has it.",
                    f"No town may make the {matter} of {thing} harder than it was on day {number} of the old book.",
                ),
                (f"what belongs to {thing};", f"who has the {matter} in hand; and", f"whatever {ways[1]}."),
            )
        )
    return found


PREAMBLE = (
    "The two towns, in the person of Mayor Ada Strand and Mayor Ben Holm, have agreed on 7 May 2007 on what follows."
)


def as_page(some: Sequence[Article]) -> str:
    """Return the treaty as a page, with parts of twenty articles and lettered lists."""
    body = []
    for article in some:
        if article.number % 20 == 1:
            body.append(f"<h2>PART {article.number // 20 + 1}</h2>")
        items = "".join(f"<li>{escape(text)}</li>" for text in article.items)
        first, *rest = (f"<p>{n}. {escape(text)}</p>" for n, text in enumerate(article.paragraphs, 1))
        body.append(
            f"<h3>Article {article.number}<br>{article.title}</h3>{first}<ol type='a'>{items}</ol>{''.join(rest)}"
        )
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{TITLE}</title></head><body><nav><a href='/'>Home</a></nav><main>"
        f"<h1>{TITLE}</h1><p>{PREAMBLE}</p>{''.join(body)}</main><footer>Northpier</footer></body></html>"
    )


def as_text(some: Sequence[Article]) -> str:
    """Return the treaty as plain text of lines of 72 characters."""
    body = [TITLE.upper().center(72), DATE.center(72), textwrap.fill(PREAMBLE, 72)]
    for article in some:
        if article.number % 20 == 1:
            body.append(f"PART {article.number // 20 + 1}".center(72))
        body.append(f"Article {article.number}\n{article.title}".replace("\n", "\n"))
        body += [textwrap.fill(line, 72, initial_indent="    ") for line in article.lines]
    return "\n\n".join(body) + "\n"


def as_pdf(some: Sequence[Article]) -> bytes:
    """Return the treaty as a PDF with heads and numbers on its pages."""
    styles = getSampleStyleSheet()
    story = [Paragraph(TITLE, styles["Title"]), Paragraph(PREAMBLE, styles["BodyText"])]
    for article in some:
        if article.number % 20 == 1:
            story.append(Paragraph(f"PART {article.number // 20 + 1}", styles["Heading1"]))
        story.append(Paragraph(f"Article {article.number}<br/>{article.title}", styles["Heading3"]))
        story += [Paragraph(line, styles["BodyText"]) for line in article.lines]

    def running(canvas: object, document: object) -> None:
        canvas.drawString(72, 810, TITLE)  # type: ignore[attr-defined]
        canvas.drawString(290, 30, f"{canvas.getPageNumber()}")  # type: ignore[attr-defined]

    file = io.BytesIO()
    SimpleDocTemplate(file, title=TITLE).build(story, onFirstPage=running, onLaterPages=running)  # type: ignore[arg-type]
    return file.getvalue()
