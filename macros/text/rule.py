"""Rules: the properties that should hold, each with how to mend what breaks it; every problem names one."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Rule:
    """A property that should hold: what it is about, what it asks for, and how to mend what breaks it."""

    about: str
    asks: str
    mend: str


_BY_SUBJECT: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "calls": {
        "macro-known": (
            "A called macro exists.",
            'Write its name as it stands in the manual of macros: `{{ cite("ferry-2004#fares") }}`.',
        ),
        "macro-works": (
            "A macro, and its template, make what a call asks for.",
            "This is no fault of the page: the message names the line of the macro or of its template that fails. "
            "Tell who looks after the site, or mend that line.",
        ),
        "call-is-well-formed": (
            "Braces hold one whole call, and every `call` has its `endcall`.",
            "Put two braces on each side, straight quotation marks around each text, and a comma between two: "
            '`{{ cite("ferry-2004#fares", "first sentence") }}`. A call around words has a sign at each end: '
            '`{% call note("ferry-2004#note-low-water") %}the words{% endcall %}`. '
            "Braces that are no call stand between backticks.",
        ),
        "call-is-literal": (
            "What a call is told is written out, as texts or numbers; nothing is computed.",
            'Write the words that are meant, in straight quotation marks: `{{ cite("ferry-2004#fares") }}`. '
            "Conditions, repetitions and names for a value do not work here; "
            "braces that should be printed stand between backticks.",
        ),
        "arguments-fit": (
            "A call tells a macro what that needs to know, and nothing else.",
            "The message and the manual of macros show how the macro is called. "
            'What stands there with a sign of equality, as `locator` in `cite(target, locator="")`, may be left out.',
        ),
        "call-stands-in-text": (
            "A call stands in running text, inside one paragraph; one that makes a table or a list stands alone.",
            "Open and close a call in the same paragraph, and take emphasis and links in whole or not at all. "
            'Leave an empty line on each side of a call such as `{{ compare("ferry-2001", "ferry-2004") }}`. '
            "A note cannot call another note: link to it.",
        ),
    },
    "notes": {
        "note-resolves": (
            "A note that is called exists.",
            "Call it by the id in the braces of its heading: "
            '`{% call note("low-water") %}the words{% endcall %}`. '
            "On any page but its own document's, call it by its whole address: "
            '`{% call note("ferry-2004#note-low-water") %}the words{% endcall %}`.',
        ),
        "note-is-used": (
            "A note that is written is called somewhere, since nobody would read it otherwise.",
            "Put its call around the words that it is about: "
            '`{% call note("low-water") %}the words{% endcall %}`. Or take the note out.',
        ),
        "note-is-well-formed": (
            "A note is a heading with an id and one kind, and a text.",
            "Write its heading as `## Low water { #low-water .context }` and a sentence or more below. "
            "A note of the kind `change` also names the clauses that it lies between: "
            '`{ #reserve-boat .change between="ferry-2001#timetable ferry-2004#timetable" }`. '
            'It may say what it finds: `change="wording"`, only where both texts are held in full, `"reported"`, '
            '`"sources"` or `"restated"`.',
        ),
        "note-begins-with-its-gist": (
            "A note's first line says by itself what the note finds, in at most 160 characters.",
            "Write the finding as one sentence on the first line, and what supports it on the lines below.",
        ),
        "footnote-resolves": (
            "A footnote of the page's own, `[^tide]`, has its text.",
            "Add the text to the page, in a paragraph that begins with `[^tide]:`.",
        ),
        "footnote-is-used": (
            "The text of a footnote belongs to a place on the page.",
            "Put `[^tide]` where the footnote belongs, or take its text out.",
        ),
        "footnote-is-unique": (
            "A footnote has one text.",
            "Give one of the two another name, in the text and at its place.",
        ),
    },
    "sources": {
        "source-resolves": (
            "A source that is cited stands in the bibliography.",
            'Write the key as it stands there, as in `{{ cite("harbour-log-2004") }}`, '
            "or add an entry under that key to `docs/bibliography.bib`. "
            'A clause of this edition needs no entry: `{{ cite("ferry-2004#fares") }}`.',
        ),
        "source-is-used": (
            "An entry of the bibliography is cited somewhere.",
            'Cite it where it supports a sentence, as in `{{ cite("harbour-log-2004") }}`, or take it out.',
        ),
        "source-is-complete": (
            "An entry of the bibliography has the fields of its kind, and no others.",
            "Add the field that the message names, or put its spelling right. "
            "Where the exact title is not known, say what the source is in your own words: "
            "`description = {Entries of the harbour log for 2004},`.",
        ),
        "bibliography-is-readable": (
            "The bibliography can be read, and no two entries have the same key.",
            "Write one field on a line, its value in braces and a comma behind it: `title = {Log of the Harbour},`. "
            "The last line of an entry is a `}`.",
        ),
    },
    "documents": {
        "document-resolves": (
            "A document that is referred to exists.",
            "Its id is the name of its file without the ending: "
            "`ferry-2004` for `docs/declarations/ferry-2004.md`. The file of its notes has the same name.",
        ),
        "clause-resolves": (
            "A clause or paragraph that is referred to exists.",
            "Write the document, the sign `#`, and the id in the braces of the clause's heading: `ferry-2004#fares`. "
            "A paragraph of a commentary is known by its number in the margin: `council-and-ferry#p2`. "
            'If a clause has been given a new id, keep the old one: `## Fares { #crossing-fares aliases="fares" }`.',
        ),
        "clause-has-id": (
            "Every clause of a declaration is a heading with an id.",
            "Write the id behind the heading: `## Fares { #fares }`. "
            "A clause that is restated in a later declaration has the same id there.",
        ),
        "clause-has-text": (
            "A clause has words, the document's own or ours.",
            "Say below its heading, in a sentence, what the clause says; if nothing is known of it, take it out.",
        ),
        "clause-id-is-distinct": (
            "A clause has the id of the one that it restates, or one that is not nearly the same.",
            "Write the id as it stands in the earlier declaration: `## Fares { #fares }` and not `#fare`. "
            'A clause that only comes after another says so: `{ #night-fares after="ferry-2001#fares" }`.',
        ),
        "clause-has-its-id": (
            "A clause has the id of that clause of the text before whose words it has.",
            'Where articles are renumbered, give each the earlier id, or say `after="ferry-2001#article-12"`. '
            "If all ids are meant as they are, say `distinct: document` (or `series`) in the front matter.",
        ),
        "silence-is-certain": (
            "A text held in full is called silent on a clause of the text before it only where none of its own clauses "
            "has the words.",
            'Give the clause the earlier id, say after which it comes, as in `after="ferry-2001#fares"`, or under '
            "`silent` in the front matter which source shows that the text has nothing of it.",
        ),
        "after-is-earlier": (
            "A clause comes after one of an earlier document.",
            'Name the clause of the earlier declaration: `{ #night-fares after="ferry-2001#fares" }`.',
        ),
        "named-clause-says-no-more": (
            "A clause of which only that it is named is known has one paragraph that says so, with its source.",
            'Say it on its heading, `## Fares { #fares record="named" }`; where more is known, take `record` out.',
        ),
        "arc-is-short": (
            "What is new in a clause is said on its heading in one to four words.",
            'Keep it to what a reader should see beside the year: `## Fares { #fares arc="free of charge" }`.',
        ),
        "heading-is-well-formed": (
            "The braces behind a heading are closed and hold an id, a kind, or names with a value.",
            "An id begins with `#`, a kind with a full stop, and a value stands in straight quotation marks: "
            '`## Fog { #mist .context aliases="fog" }`.',
        ),
        "id-is-unique": (
            "An id stands for one thing only.",
            "Give the newer of the two another id, since others may link to the older one.",
        ),
        "id-is-ascii": (
            "An id is made of lower-case letters from a to z, digits and hyphens.",
            "Write `low-water`, and neither `Low water` nor `low_water`. For a document, rename its file.",
        ),
        "braces-have-a-line": (
            "Braces that say what a paragraph is stand on a line of their own below it.",
            "Put `{ .unnumbered }` below the last line of the paragraph. "
            "At the end of a line, or below an empty one, it would be printed.",
        ),
        "thread-resolves": (
            "A thread that is referred to exists.",
            "Its id is the name of its file without the ending: `lights` for `docs/threads/lights.md`.",
        ),
        "thread-is-used": (
            "A thread's page prints the clauses that it follows.",
            'Put its call below the essay, in a paragraph of its own: `{{ thread("lights") }}`.',
        ),
        "news-has-date": (
            "An item of the news has an id and a day in its heading.",
            'Write both in braces: `## Night crossings { #night-crossings date="2004-05-11" }`.',
        ),
    },
    "quotations": {
        "quotation-matches": (
            "A quotation stands, word for word, in the clause it quotes.",
            "The message shows the words that differ: put right the text that is wrong, or name the right clause. "
            "If the quoting text really says something else there, declare it: "
            '`{% call quote("ferry-2004#timetable") %}from dawn to '
            '{{ variant("12 p.m.", source="midnight") }}{% endcall %}`. '
            "Words that are not held yet are put under their clause, or the clause is cited instead.",
        ),
        "quotation-has-address": (
            "In a commentary, words in quotation marks are a quotation or are declared to be none.",
            "Say what they quote: "
            '`“{% call quote("ferry-2004#link") %}the safest and shortest link{% endcall %}”`. '
            'If they quote nobody, say so in the front matter: `not_quotations: ["safe"]`.',
        ),
        "seen-is-sound": (
            "An editor who saw quoted words in a copy elsewhere says in which, how far, and on which day.",
            "Where the quoted text is not held in full, its call of `quote` may say "
            '`seen="harbour-log-2004", how="exactly", on="2026-11-25"`. '
            "How far is `exactly`, `house style aside`, `in part` or `in translation`. "
            "Where it is held in full, the words are proved, and nothing more is said.",
        ),
        "own-words-have-a-source": (
            "In a document held in excerpts, its own words are only those that a commentary quotes from that clause.",
            "Say it in your own words instead, in a paragraph without `>`, or bring in the official text.",
        ),
        "own-words-stand-apart": (
            "A document's own words and ours are separated by a blank line.",
            "Leave a line empty below the last one that begins with `>`.",
        ),
        "page-agrees-with-witness": (
            "A text agrees with its witness, the text as it was received, but for declared emendations.",
            "Put back the words as they were, and write signs that Markdown would read otherwise as the message says: "
            r"`\#27`, `2\*3`. If the text as received has a slip, declare it: "
            '`{{ emend("harbour", was="habour", why="A slip: the word is spelled rightly elsewhere.") }}`.',
        ),
        "personal-data-is-withheld": (
            "A text as received is kept and published without e-mail addresses of people.",
            "Write `[e-mail address withheld]` in its place, in the text and in its witness; give the witness's header "
            "the digest that the message names, and say under `redactions` what was withheld. "
            "Addresses of offices, such as `info@…`, may stand.",
        ),
        "witness-is-unchanged": (
            "A witness is the text that its header describes, and is never edited.",
            "Undo your change of the file that ends in `.witness.txt`; a slip is corrected in the page, with `emend`.",
        ),
    },
    "links": {
        "link-resolves": (
            "A link leads to a page and a passage that exist.",
            "Write the path from the file that the link stands in, with the ending `.md`, and the id behind a `#`: "
            "`[the fares](../declarations/ferry-2004.md#fares)`. A link to another site begins with `https://`.",
        ),
        "html-is-allowed": (
            "What is not Markdown but HTML, the language of browsers, is let through only where it can do no harm.",
            "Write Markdown instead, such as `*Ferry*` for italics. "
            "A picture is put into `docs/assets/`; links begin with `https://` or `mailto:`, or are paths.",
        ),
    },
    "files": {
        "file-is-readable": (
            "A file is text in UTF-8, of a reasonable size and depth.",
            "Save it again with the encoding UTF-8, break lines that are too long, and keep lists in lists few. "
            "Where Git left `<<<<<<<` and `>>>>>>>`, keep one of the two versions and take out the signs.",
        ),
        "file-may-stand-here": (
            "Below `docs` stand pages and notes, witnesses, the bibliography, and pictures that are only looked at; "
            "nothing that runs, and no link of the file system.",
            "A page ends in `.md`, and a picture in `.png`, `.jpg`, `.jpeg`, `.gif`, `.webp`, `.avif`, `.ico` or "
            "`.svg`, in small letters. "
            "An SVG has no script, no HTML, nothing that moves and no address of another file: save it as plain SVG, "
            "or as `.png`. What else readers may want is published elsewhere, and linked. What is named here is left "
            "out of the site.",
        ),
        "file-name-is-plain": (
            "Files and folders have names that every system takes: letters from a to z, digits, hyphens and "
            "underscores, in the names of pictures full stops too.",
            "Rename it as the message says, here and where it is linked: `ferry-map.png`, and neither `Ferry map.png` "
            "nor `fährplan.png`. Two names differ by more than capital letters, "
            "no name has more than 80 characters, and no file stands more than 6 folders deep.",
        ),
        "page-has-one-file": (
            "A page is made by one file.",
            "`lights.md` and `lights/index.md` are the same page, and so are `index.md` and `README.md` in one folder: "
            "put both texts into one of the two.",
        ),
        "page-has-a-title": (
            "A page has a title, by which lists, searches and citations call it; that of a text is the text's own.",
            "Begin the page with a line `# Lights at night`. In front matter, a `title` has the same words.",
        ),
        "text-is-written": (
            "A text that is begun by `new` is written: no sentence that only holds its place is left.",
            "Write your own sentence in the place of the one that the message shows.",
        ),
        "markdown-says-what-is-meant": (
            "What stands in a file is read by Markdown as its writer means it.",
            "Leave an empty line above a list and a table, and give a table its row of hyphens. Begin a paragraph at "
            "the margin. Close a fence of code with the sign that opens it. What is to be said about a commentary is "
            "a note, and no comment in it. Signs of other Markdowns, word processors and reference managers mean "
            "nothing here: the message says what to write. One that is meant has a backslash before it, as in "
            r"`\#27`, or stands between backticks.",
        ),
        "page-has-a-place": (
            "A page has a place in the navigation, or is among those that need none.",
            "Add the line that the message shows to `mkdocs.yml`, at the place that it names, indented like its "
            "neighbours: `- declarations/ferry-2007.md`.",
        ),
        "navigation-resolves": (
            "An entry of the navigation, in `mkdocs.yml`, leads to a page.",
            "Write the path of the file from the folder `docs`, with its ending: `declarations/ferry-2004.md`.",
        ),
        "configuration-is-readable": (
            "`mkdocs.yml`, which holds the navigation, can be read.",
            "Indent the line that the message names like its neighbours, with spaces, and leave a space behind each "
            "colon and each hyphen.",
        ),
        "front-matter-is-valid": (
            "Front matter, the lines about a page at its head, has the keys and values of the page's kind.",
            "It stands between two lines `---` and has one `key: value` on each line; the message says which keys "
            'there are. A value that holds a colon stands in quotation marks: `title: "Ferries: a history"`.',
        ),
    },
}
"""The rules by what they are about, in the order in which a contributor meets it: what each asks, how to mend it."""

SUBJECTS = tuple(_BY_SUBJECT)
"""What rules are about."""

RULES: Mapping[str, Rule] = MappingProxyType(
    {name: Rule(about, *texts) for about, rules in _BY_SUBJECT.items() for name, texts in rules.items()}
)
"""Every rule a problem can name, by what it is about."""


def rules_about(subject: str = "") -> Mapping[str, Rule]:
    """Return the rules about a subject by name, or all of them."""
    return {name: rule for name, rule in RULES.items() if subject in ("", rule.about)}
