"""The report of an impact: what a change touches, as Markdown for the people who look at it, and as JSON.

What comes from the texts of a pull request is hostile.  It stands only in code, where Markdown is not read: nothing
in it becomes a link, a mention, an image or HTML.  The length is bounded, what is lost comes first.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from ...derived.collation import tokenise
from ...derived.index import grouped
from ...text.difference import word_edits
from ...text.words import enumerated
from .thing import Kind
from .touch import State, Touch

LONGEST = 40_000  # characters of a report but for its list of pages: a comment on GitHub takes 65,536
MOST_PAGES = 50
LONGEST_WORDS = 400  # characters shown of the words of one thing
LONGEST_REFUSAL = 2_000  # characters of why a quotation is not proved: its word diff stands at the end
_CONTEXT = 8  # words shown on each side of what has changed

KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: dict[State, str] = {
    "lost": "lost", "unproved": "no longer proved", "changed": "read differently", "moved": "under another address",
    "new": "new", "exact": "as before",
}  # fmt: skip

SHOWN: tuple[State, ...] = ("lost", "unproved", "changed", "moved", "new")
"""The states whose things are named, in order."""

FOLLOWING = (
    "With their notes, comparisons and sources. Lists, indexes, chronologies, lineages and backlinks that follow by "
    "themselves are not named: the comment with the preview compares the built pages."
)
"""What is said of the pages that only rendering could tell."""

_EXPLAINED = (
    "*Addresses* are pages, headings, clauses and paragraphs, *rows* those of comparisons. "
    "*Under another address* are the same words where an old id still leads, or a number has changed. "
    "*Links* are links, citations of addresses and notes on changes, each by what became of that which it leads to."
)


@dataclass(frozen=True)
class Report:
    """What a change touches, the pages whose own text changes, and how many problems the two sides have."""

    touches: Sequence[Touch]
    pages: Sequence[str]
    problems_before: int
    problems_after: int
    has_base: bool = True

    @property
    def lost(self) -> list[Touch]:
        """What is lost, links to it not counted."""
        return [touch for touch in self.touches if touch.state == "lost" and touch.kind != "link"]

    @property
    def unproved(self) -> list[Touch]:
        """The quotations that were proved before and are no longer."""
        return [touch for touch in self.touches if touch.state == "unproved"]

    def count(self, kind: Kind, state: State) -> int:
        """Return how many things of a kind are in a state."""
        return sum(touch.kind == kind and touch.state == state for touch in self.touches)


def as_json(report: Report) -> str:
    """Return a JSON object: counts, names of what is lost and what is no longer proved, pages, numbers of problems.

    `pages` are those whose own text changes, as in the report; what follows by itself on others is not named.
    """
    return json.dumps(
        {
            "counts": {kind: {state: report.count(kind, state) for state in STATES} for kind in KINDS},
            "lost": [touch.thing.name for touch in report.lost],
            "unproved": [touch.thing.name for touch in report.unproved],
            "pages": list(report.pages),
            "problems": {"before": report.problems_before, "after": report.problems_after},
        },
        ensure_ascii=False,
        indent=2,
    )


def as_markdown(report: Report) -> str:
    """Return the report for people."""
    head = ["## What this change touches", "", _summary(report), ""]
    head += [f"> {line}\n" for line in _reservations(report)]
    if any(touch.state != "exact" for touch in report.touches):
        head += [*_table(report), "", _EXPLAINED, ""]
    left = LONGEST - sum(len(line) + 1 for line in head)
    parts = ["\n".join(head) + "\n"]
    for state in SHOWN:
        found = [touch for touch in report.touches if touch.state == state and touch.kind != "link"]
        part = _section(state, found, _leading(report.touches), left)
        left -= len(part)
        parts.append(part)
    if report.pages:
        shown = "".join(f"- {code('/' + page)}\n" for page in report.pages[:MOST_PAGES])
        more = f"- … and {len(report.pages) - MOST_PAGES} more\n" if len(report.pages) > MOST_PAGES else ""
        title = f"Pages whose own text changes: {len(report.pages)}"
        parts.append(f"<details>\n<summary>{title}</summary>\n\n{FOLLOWING}\n\n{shown}{more}\n</details>\n")
    return "".join(parts).rstrip("\n") + "\n"


def _summary(report: Report) -> str:
    """Say in one sentence what became of what."""
    said = []
    for state in ("changed", "moved", "new"):
        counted = [_counted(kind, number) for kind in KINDS if kind != "link" and (number := report.count(kind, state))]
        if counted:
            said.append(f"{STATES[state]}: {enumerated(counted)}")
    lost = Counter(touch.kind for touch in report.lost)
    loss = (
        f"**Lost: {enumerated([_counted(kind, number) for kind, number in lost.items()])}.**"
        if lost
        else "Nothing is lost."
    )
    if report.unproved:
        loss += f" **No longer proved: {_counted('quotation', len(report.unproved))}.**"
    led = sum(report.count("link", state) for state in ("changed", "moved", "lost"))
    links = f" {_counted('link', led)} {'leads' if led == 1 else 'lead'} to what changes." if led else ""
    if not said and not lost and not report.unproved:
        return "This change touches no address, row, note, quotation, comparison or link."
    return f"{loss} {'; '.join(said).capitalize() + '.' if said else ''}{links}".replace("  ", " ").strip()


def _counted(kind: Kind, number: int) -> str:
    return f"{number} {kind if number == 1 else _several(kind)}"


def _several(kind: Kind) -> str:
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"


def _reservations(report: Report) -> Iterator[str]:
    before, after = report.problems_before, report.problems_after
    if not report.has_base:
        yield "The revision before holds no texts, so everything is new."
    if before:
        yield f"The revision before has {_problems(before)} is not compared."
    if after:
        yield f"This change has {_problems(after, ', which the check names')} counts as lost."


def _problems(number: int, more: str = "") -> str:
    return f"1 problem{more}: what it hides" if number == 1 else f"{number} problems{more}: what they hide"


def _table(report: Report) -> Iterator[str]:
    yield f"| | {' | '.join(STATES.values())} |"
    yield f"| --- |{' ---: |' * len(STATES)}"
    for kind in KINDS:
        yield f"| {_several(kind)} | {' | '.join(str(report.count(kind, state)) for state in STATES)} |"


def _section(state: State, found: Sequence[Touch], leading: Mapping[str, Sequence[Touch]], room: int) -> str:
    """Return one section, with as many of its items as there is room for."""
    if not found:
        return ""
    is_open = state in ("lost", "unproved")
    count = _counted("quotation", len(found)) if state == "unproved" else str(len(found))
    title = f"{STATES[state].capitalize()}: {count}"
    head = f"### {title}\n\n" if is_open else f"<details>\n<summary>{title}</summary>\n\n"
    foot = "" if is_open else "\n</details>\n\n"
    items: list[str] = []
    room -= len(head) + len(foot) + 100
    for number, touch in enumerate(found):
        item = _item(touch, leading.get(touch.before.name if touch.before else "", []))
        room -= len(item)
        if room < 0:
            items.append(f"- … and {len(found) - number} more.\n")
            break
        items.append(item)
    return f"{head}{''.join(items)}{foot}\n"


def _leading(touches: Iterable[Touch]) -> Mapping[str, Sequence[Touch]]:
    """Return the links that lead to what changes, by the name it had."""
    links = (touch for touch in touches if touch.kind == "link" and touch.state in ("changed", "moved", "lost"))
    return grouped((touch.before.name, touch) for touch in links if touch.before)


def _item(touch: Touch, links: Sequence[Touch]) -> str:
    thing = touch.thing
    place = f"{thing.position.path}:{thing.position.line}"
    what = {"quotation": "quotation of ", "note": "note ", "row": "row "}.get(thing.kind, "")
    lines = [f"- {what}{code(thing.name)} in {code(place)}{_became(touch)}"]
    if places := _places(links):
        lines.append(f"  {'The passage is linked' if thing.kind == 'quotation' else 'Linked'} or cited in {places}.")
    if thing.kind != "comparison":
        lines += [f"  {line}" for line in _difference(touch)]
    return "\n".join(lines) + "\n"


def _became(touch: Touch) -> str:
    """Say what became of a thing, and what to do where it is lost."""
    kind = touch.kind
    if touch.state == "lost":
        return f": {_way_out(touch)}"
    if touch.state == "moved" and touch.before and touch.after:
        if kind == "address" and touch.before.name != touch.after.name:
            return f": the words of {code(touch.before.name)} stand here now"
        if kind == "note" and touch.before.home != touch.after.home:
            return f": published on {code(touch.after.home)} now, no longer on {code(touch.before.home)}"
        if kind == "note":
            return f": called {code(touch.before.name)} before, which still leads here"
        if kind == "row":
            return f": at {code(touch.before.name)} before, which still leads here"
        return f": in {code(touch.before.position.path)} before, of {code(', '.join(touch.before.targets))}"
    if touch.state == "unproved":
        return f": {code(touch.thing.refusal, LONGEST_REFUSAL)}"
    if kind == "comparison" and touch.state == "changed":
        said = [
            ("reads otherwise in", touch.changed), ("no longer holds", touch.gone), ("now holds", touch.come),
            ("stands in another order:", touch.shifted),
        ]  # fmt: skip
        return ": " + "; ".join(f"{what} {_names(names)}" for what, names in said if names)
    if kind == "quotation" and touch.before and touch.after and touch.before.proof != touch.after.proof:
        return f": {touch.after.proof or 'not proved'} now, {touch.before.proof or 'not proved'} before"
    if touch.state == "changed" and touch.before and touch.before.name != touch.thing.name:
        return f", called {code(touch.before.name)} before"
    return ""


def _names(names: Sequence[str]) -> str:
    return enumerated([code(name) for name in names[:6]]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def _way_out(touch: Touch) -> str:
    """Say how what is lost is kept."""
    name, to = touch.thing.name, touch.to
    id = name.partition("#")[2]
    where = f"its words stand at {code(to)} now; " if to else ""
    if touch.kind == "quotation":
        return "these words are no longer marked as a quotation; mark them with `quote(…)`, if they still stand there"
    if touch.kind == "comparison":
        return "no page sets these side by side any more; call it where readers will look for it"
    if touch.kind == "note":
        kept = code(f'aliases="{id.removeprefix("note-")}"')
        return (
            f"{where}keep the old id in the braces of its heading, {kept}" if to else "publish it again with `note(…)`"
        )
    if touch.kind == "row":
        kept = code(f'aliases="{id.removeprefix("row-")}"')
        return f"compare its clause there again, or keep the clause's old id in the braces of its heading, {kept}"
    if not id:
        return "readers may have the address of this page; put it back, or keep a page there that leads on"
    if name.startswith("/"):
        return f"give the heading that took its place the old id, {code('{ #' + id + ' }')}"
    if re.fullmatch(r"p\d+", id):
        return f"{where}the commentary has fewer paragraphs than it had"
    kept = code(f'aliases="{id}"')
    return f"{where}keep the old id in the braces of the heading that took its place, {kept}"


def _places(links: Sequence[Touch]) -> str:
    places = [code(f"{link.thing.position.path}:{link.thing.position.line}") for link in links]
    return ", ".join(places[:6]) + (f" and {len(places) - 6} places more" if len(places) > 6 else "")


def _difference(touch: Touch) -> list[str]:
    """Return the words before and after as a fenced diff; where nothing differs, only what is lost or new."""
    before, after = (clean(thing.words) if thing else "" for thing in (touch.before, touch.after))
    if before == after or touch.state == "moved":
        return []
    if before and after:
        before, after = _around(before, after)
    lines = [f"{sign} {_clipped(words)}" for sign, words in (("-", before), ("+", after)) if words]
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", "".join(lines))), default=0))
    return [f"{fence}diff", *lines, fence]


def _around(before: str, after: str) -> tuple[str, str]:
    """Return what differs between two texts, each with a few words around it; the rest of what they share is dots."""
    old, new = tokenise(before), tokenise(after)
    shown: tuple[list[str], list[str]] = ([], [])
    edits = word_edits(old, new)
    for number, (tag, i1, i2, j1, j2) in enumerate(edits):
        if tag == "equal":
            head, tail = _CONTEXT * (number > 0), _CONTEXT * (number < len(edits) - 1)
            is_long = i2 - i1 > head + tail + 1
            common = [*old[i1 : i1 + head], " …", *old[i2 - tail : i2]] if is_long else old[i1:i2]
            for side in shown:
                side += common
        else:
            shown[0].extend(old[i1:i2])
            shown[1].extend(new[j1:j2])
    return "".join(shown[0]).strip(), "".join(shown[1]).strip()


def _clipped(text: str, longest: int = LONGEST_WORDS) -> str:
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def clean(text: str) -> str:
    """Return text on one line, without signs that are not seen or that turn the order of others."""
    visible = "".join(sign if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co") else " " for sign in text)
    return " ".join(visible.split())


def code(text: str, longest: int = LONGEST_WORDS) -> str:
    """Return text as a code span, whatever stands in it."""
    shown = _clipped(clean(text), longest) or "/"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if "`" in shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
