"""What can be found: the records of the edition, the words of the vocabulary, and the index made of them."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.checks.run import check
from macros.derived.anchors import anchors
from macros.derived.leaves import made_pages
from macros.derived.search import JOINT, RECORD_KINDS, Record, indexed, records, vocabulary
from macros.model.date import Date
from macros.model.loading import load
from macros.text.words import bare, letters
from tests.indexes import text as shown
from tests.invented import Collection, render
from tests.sites import COLLECTION, TOWNS

CHRONICLE = (COLLECTION / "bibliography.bib").read_text("utf-8")
CHRONOLOGY = (COLLECTION / "chronology.md").read_text("utf-8")


def found(collection: Collection, target: str, kind: str = "", **given: object) -> Record:
    some = [r for r in records(collection(**given)) if r.target == target and kind in ("", r.kind)]
    assert len(some) == 1
    return some[0]


def test_notes_clauses_events_and_sections_are_found_by_other_names_that_are_printed_nowhere(
    collection: Collection,
) -> None:
    changes = {
        "notes/all-hours.md": ("{ #safe .context }", '{ #safe .context also="drownings;  calm sea; " }'),
        "declarations/ferry-2004.md": ("{ #fares }", '{ #fares also="price of a crossing" }'),
        "chronology.md": ("held: false}", "held: false, also: [postponed, put off]}"),
    }
    pages = {
        "help.md": '# Help { also="first aid" }\n\n## Keys { also="hotkeys" }\n\nPress.\n\n'
        '## More { #more also="other words" }\n\nText.\n'
    }
    edition = collection(files=pages, changes=changes)
    assert check(edition) == ()
    also = {record.target: record.also for record in records(edition) if record.kind != "words"}
    assert found(collection, "help.md", files=pages).called[:1] == ("first aid",), "a name of the page"
    assert also["commentary/all-hours.md#note-safe"][:2] == ("drownings", "calm sea")
    assert also["declarations/ferry-2004.md#fares"][:1] == ("price of a crossing",)
    called_off = found(collection, "chronology.md#on-2006-02-03")
    assert called_off.called == ("postponed", "put off")
    assert found(collection, "help.md#keys", files=pages).called == ("hotkeys",)
    assert found(collection, "help.md#more", files=pages).called == ("more", "other words")
    for uri, names in (
        ("help.md", ("first aid", "hotkeys", "other words", "also=")),
        ("declarations/ferry-2004.md", ("price of", "also=")),
        ("chronology.md", ("postponed", "put off")),
    ):
        html, problems = render(edition, uri)
        assert not problems
        assert not [name for name in names if name in html]
    assert 'id="more"' in render(edition, "help.md")[0]


def test_there_is_one_record_for_each_thing_that_can_be_found(collection: Collection) -> None:
    edition = collection()
    counts = Counter((record.kind, record.label) for record in records(edition))
    clauses = [clause for document in edition.documents.values() for clause in document.clauses]
    assert counts["words", "The document’s own words"] == sum(bool(clause.own) for clause in clauses)
    summaries = sum(count for (kind, _), count in counts.items() if kind == "summary")
    assert summaries == sum(bool(clause.summary) for clause in clauses)
    assert counts["commentary", "Commentary"] == 2
    assert counts["note", "Note: context"] == counts["note", "Note: text"] == counts["note", "Note: change"] == 1
    assert counts["term", "Glossary"] == len(edition.terms)
    assert counts["source", "Source"] == len(edition.entries)
    assert counts["document", "Document"] == len(edition.documents)
    assert counts["thread", "Thread"] == 1
    assert {kind for kind, _ in counts} == {*RECORD_KINDS} - {"manual"}  # of which it has no page


def test_pages_for_those_who_write_are_told_apart(collection: Collection) -> None:
    pages = {"contribute/rowing.md": "# Rowing\n\nSit.\n\n## Oars\n\nTwo.\n"}
    assert {found(collection, f"contribute/rowing.md{at}", files=pages).kind for at in ("", "#oars")} == {"manual"}


def test_people_are_found_by_every_name_where_they_are_listed(collection: Collection) -> None:
    changes = {"declarations/ferry-2001.md": ("name: Ada Strand, ", "name: Ada Strand, name_in: {ja: 浜 明子}, ")}
    person = found(collection, "people.md#ada-strand", "person", changes=changes)
    assert (person.title, person.called, person.text) == ("Ada Strand", ("浜 明子",), "Mayor.")


def test_notes_that_correct_are_found_by_what_readers_call_them(collection: Collection) -> None:
    changes = {"notes/all-hours.md": ("#safe .context", '#safe .correction verdict="does not hold"')}
    note = found(collection, "commentary/all-hours.md#note-safe", changes=changes)
    assert {"correction", "mistake", "error", "does not hold"} <= {*note.called}
    assert {"author", "commentary"} <= {*note.also}  # which find it and are no names of it
    assert note.label == "Note: correction, does not hold"


def test_a_clause_is_asked_for_by_the_kind_of_its_document(collection: Collection) -> None:
    assert found(collection, "declarations/ferry-2001.md#fares", "summary").answers == ("Statement",)


def test_a_thread_is_found_by_its_other_names_and_a_clause_by_those_of_what_it_names(collection: Collection) -> None:
    changes = {"threads/hours.md": ("title:", "also: [night boats, 夜間]\ntitle:")}
    assert found(collection, "threads/hours.md", changes=changes).called == ("night boats", "夜間")
    edition = collection(changes={})
    clause = next(one for one in records(edition) if one.target == "declarations/ferry-2001.md#piers")
    assert (clause.called, clause.clause) == (("piers",), "#piers")


def test_records_without_substance_count_less_and_those_that_others_are_about_lead(collection: Collection) -> None:
    by_target = {record.target: record for record in records(collection()) if record.kind == "summary"}
    leads = {target.partition("#")[0]: record.lead for target, record in by_target.items()}
    assert leads["declarations/ferry-2007.md"] == 1
    assert leads["declarations/ferry-2004.md"] == 0.5
    assert leads["declarations/ferry-2001.md"] == 0
    assert {record.weight for record in by_target.values()} <= {2, 3}


def test_a_clause_is_told_apart_in_its_own_words_and_ours(collection: Collection) -> None:
    target = "declarations/ferry-2004.md#timetable"
    own, ours = found(collection, target, "words"), found(collection, target, "summary")
    assert own.text.startswith("The ferry shall run every day from dawn to midnight, weather permitting,")
    assert ours.text == "Extends the service into the night and weakens the promise of a reserve boat."
    assert own.title == ours.title == "When the ferry runs"
    assert own.group == "Joint Statement of the Ferry Council, 11 May 2004"
    assert (own.documents, own.threads, own.date) == (("ferry-2004",), ("hours",), Date(2004, 5, 11))


def test_text_is_what_is_printed_each_word_once(collection: Collection) -> None:
    first = found(collection, "commentary/all-hours.md#p1")
    assert first.text == (
        "The Ferry Council met this spring. Its new statement says that “the ferry shall run at all hours ... [and] "
        "for every person of both towns.” In 2004 it had asked for “a second boat ... at the north pier,” and for "
        "“lights.” The crossing is safe."
    )
    assert first.title == "Paragraph 1"
    whole = found(collection, "commentary/all-hours.md")
    rights = "Rights: Invented for this collection; free to use."
    assert whole.text == f"By A. Rower. The Northpier Post. {rights} The author rows."


def test_a_page_is_found_by_its_sections_and_loses_its_marks(collection: Collection) -> None:
    text = """---
title: Tides
---

# Tides

Low *water*, [as said](glossary.md#pier){ .x }.{{ cite("chronicle") }}
<!-- hidden -->

## How to row { #rowing }

1. Sit,
2. then **row**[^1], `slowly`.

> Quoted.

| a | b |
| - | - |
| c | d |

```text
kept
```

[^1]: By hand.
"""
    pages = {"tides.md": text}
    opening = found(collection, "tides.md", files=pages)
    assert (opening.title, opening.text) == ("Tides", "Low water, as said.")
    section = found(collection, "tides.md#rowing", files=pages)
    assert section.title == "Tides: How to row"
    assert section.text == "Sit, then row, slowly. Quoted. a · b; c · d; kept By hand."


def test_people_events_and_sources_are_found(collection: Collection) -> None:
    assert "Ada Strand, Mayor (Northpier)." in found(collection, "declarations/ferry-2001.md").text
    event = found(collection, "chronology.md#on-1999-11")
    assert (event.kind, event.label, event.answers) == ("event", "Event · Timeline", ())
    assert event.text == "November 1999: A meeting without a statement. Southpier. Strand, Holm."
    source = found(collection, "index.md#chronicle")
    assert (source.title, source.date) == ("A Chronicle of the Two Towns", Date(2010))


def test_what_is_told_of_a_document_answers_who_where_and_when(collection: Collection) -> None:
    signed = found(collection, "declarations/ferry-2001.md").answers
    assert {"signed", "attended", "held", "issued", "declaration", "Statement"} <= {*signed}
    assert "wrote" not in signed
    written = found(collection, "commentary/all-hours.md").answers
    assert {"wrote", "published"} <= {*written}
    assert not {"signed", "held"} & {*written}
    abroad = {"chronology.md": CHRONOLOGY.replace("place: Southpier", 'place: "New Pier, N.S."')}
    assert "New Pier, N.S. Strand" in found(collection, "chronology.md#on-1999-11", files=abroad).text
    meetings = {"chronology.md": CHRONOLOGY.replace("title: A meeting", "kind: meeting, title: A meeting")}
    assert {"held", "attended"} <= {*found(collection, "chronology.md#on-1999-11", files=meetings).answers}
    assert found(collection, "chronology.md#on-2006-02-03", files=meetings).answers == ()  # it never met
    person = next(one for one in records(collection()) if one.kind == "person")
    dates = {str(document.date) for document in collection().documents.values()}
    assert "signed" in person.answers
    assert dates & {*person.answers}
    assert person.label.partition(" · ")[0] in person.answers


def test_what_an_author_says_and_what_changed_is_found_by_such_words(collection: Collection) -> None:
    paragraph = next(one for one in records(collection()) if one.kind == "commentary")
    assert {"author", "commentary"} < {*paragraph.answers}
    change = next(one for one in records(collection()) if "changed" in one.answers)
    assert change.kind == "note"
    dates = {str(collection().documents[id].date) for id in change.documents}
    assert len(dates) == 2
    assert dates <= {*change.names}  # of both documents


def test_a_word_that_only_a_scan_or_a_weak_copy_has_is_found_and_proposed_to_nobody(collection: Collection) -> None:
    weak = Record("a.md#p1", "commentary", "Commentary", "Paragraph 1", "The Ioverboat crossed", is_weak=True)
    other = Record("b.md", "page", "Page", "Crossing", "The ferry crossed")
    assert vocabulary([weak]) == {"crossed": 0, "Ioverboat": 0, "Paragraph": 0, "The": 0}
    assert vocabulary([weak, other])["crossed"] == 1  # it stands where nothing is misread, too
    assert vocabulary([weak, other])["Ioverboat"] == 0
    entries = "@misc{log, title = {Tbe log}, publisher = {Pier}, grade = {weak copy}, url = {https://example.org/log}}"
    assert found(collection, "index.md#log", files={"bibliography.bib": CHRONICLE + entries}).is_weak
    assert not found(collection, "commentary/all-hours.md#p1").is_weak
    witness = (COLLECTION / "commentary" / "all-hours.witness.txt").read_text("utf-8")
    scanned = {"commentary/all-hours.witness.txt": witness.replace("---\n", "---\nscanned: true\n", 1)}
    assert found(collection, "commentary/all-hours.md#p1", files=scanned).is_weak


def test_a_section_is_found_by_its_id(collection: Collection) -> None:
    pages: dict[str, str | bytes | None] = {"tides.md": "# Tides\n\n## When we err { #complaints-heard }\n\nSay so.\n"}
    assert found(collection, "tides.md#complaints-heard", files=pages).called == ("complaints heard",)


def test_a_note_on_a_change_belongs_to_both_documents_and_their_thread(collection: Collection) -> None:
    note = found(collection, "declarations/ferry-2004.md#note-reserve-boat")
    assert note.documents == ("ferry-2001", "ferry-2004")
    assert note.threads == ("hours",)


def test_an_abbreviation_and_what_it_is_short_for_find_each_other(collection: Collection) -> None:
    assert "Ferry Council" in found(collection, "glossary.md#fc").text
    assert "FC" in found(collection, "commentary/all-hours.md#p1").also
    pages = {"case.md": "# Case\n\nThe FC met. Nobody says FCs.\n", "none.md": "# None\n\nFCs met.\n"}
    assert "Ferry Council" in found(collection, "case.md", files=pages).also
    assert found(collection, "none.md").also == ()


def test_other_names_of_a_term_find_what_speaks_of_it_and_are_printed_nowhere(collection: Collection) -> None:
    heading = ("## Pier { #pier }", '## Pier { #pier also="landing stage; 桟橋" }')
    pages = {"case.md": "# Case\n\nThe pier of the town.\n", "other.md": "# Other\n\nA landing stage.\n"}
    edition = collection(pages, {"glossary.md": heading})
    assert check(edition) == ()
    also = {record.target: record.also for record in records(edition)}
    assert also["case.md"] == ("landing stage", "桟橋")
    assert also["other.md"] == ("Pier", "桟橋")
    assert "landing" not in render(edition, "glossary.md")[0]


def test_a_page_is_found_by_its_address_and_that_of_the_search_by_its_headings_alone(collection: Collection) -> None:
    pages = {
        "how-to-row/index.md": "# Oars\n\nBoth hands.\n",
        "find.md": '# Find\n\n{{ search() }}\n\n## Keys { also="hotkeys" }\n\n`fog` finds *mist*.\n',
    }
    found = {record.target: record for record in records(collection(pages))}
    assert found["how-to-row/index.md"].called == ("how to row",)
    assert (found["find.md#keys"].title, found["find.md#keys"].called) == ("Find: Keys", ("hotkeys",))
    assert not found["find.md"].text + found["find.md#keys"].text, "they tell of words that are searched"


def test_a_page_that_compares_two_documents_is_found_by_the_names_of_both(collection: Collection) -> None:
    one = found(collection, "comparisons/ferry-2004/ferry-2007.md")
    assert (one.kind, one.label, one.title) == ("page", "Comparison", "2004 and 2007 compared")
    assert {"11 May 2004", "May 2007", "Statement"} <= {*one.names}
    assert one.documents == ("ferry-2007", "ferry-2004")


def test_invented_examples_and_notes_that_are_not_published_have_no_record(collection: Collection) -> None:
    changes = {"declarations/ferry-2001.md": ("rights: Invented", "example: true\nrights: Invented")}
    targets = {record.target for record in records(collection(changes=changes))}
    assert [target for target in targets if target.startswith("declarations/ferry-2001.md")] == []
    files = {"notes/all-hours.md": "# Notes\n\n## Nobody calls it { #lost .context }\n\nLost.\n"}
    targets = {record.target for record in records(collection(files))}
    assert [target for target in targets if "lost" in target] == []


def test_every_record_leads_somewhere() -> None:
    edition = load(TOWNS.parent / "docs")
    made = records(edition)
    assert len({(record.target, record.kind) for record in made}) == len(made)
    for record in made:
        uri, _, anchor = record.target.partition("#")
        assert uri in {*edition.pages, *made_pages(edition)}
        assert not anchor or anchor in anchors(edition)[uri], record.target
        assert not re.search(r"\{[{%#]", record.text) or uri.startswith("contribute/"), record.text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Indo-European", "Indo- European"),
        ("the U.S.-led group", "the U.S.- led group"),
        ("and/or", "and/ or"),
        ("a – b", "a – b"),
        ("渡し船", "渡 し 船"),
        ("第5条", "第 5 条"),
        ("Strand（浜）の", "Strand（ 浜） の"),
        ("浜 明子", "浜 明 子"),
        ("まで", "ま で"),
        ("Ａ－Ｂ", "A- B"),
        ("ﾊﾞｽで", "バ ス で"),
        ("Straße in Łódź", "Strasse in Lódź"),
        ("10² and 102", "10² and 102"),
        ("a ﬁsh\u00ad\u200bery \u200b!", "a fishery !"),
    ],
)
def test_words_are_parted_and_in_plain_letters(text: str, parts: str) -> None:
    assert indexed(text)[0].replace(JOINT, "") == parts


@given(st.text(st.sampled_from("aB1.,’'-/–‐_ é")))
def test_words_are_parted_alike_beside_a_script_without_spaces(text: str) -> None:
    assert indexed(f"{text} で")[0] == f"{indexed(text)[0]} で"


SIGNS = st.characters() | st.sampled_from("でがパヷ太平。-ßŁﬁﾊﾞ－ \u00ad\u2063")


@given(st.text(SIGNS))
def test_what_is_printed_is_not_lost(text: str) -> None:
    seen = [word for word in text.replace(JOINT, "").split() if letters(word)]
    content, printed = indexed(text)
    assert shown({"content": content, "printed": printed}).split() == seen


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Łódź", "lodz"),
        ("SMØRREBRØD", "smorrebrod"),
        ("smørrebrød", "smorrebrod"),
        ("œuvre", "oeuvre"),
        ("Æsir", "aesir"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("ﬁnance", "finance"),
        ("Ｆｕｌｌ", "full"),
        ("cafe\u0301", "cafe"),
        ("Ǿ", "o"),
        ("ΣΊΓΜΑΣ", "σιγμασ"),
        ("Σίγμας", "σιγμασ"),
        ("İstanbul", "istanbul"),
        ("ıssız", "issiz"),
        ("co\u00adop", "coop"),
        ("Ⅳ", "iv"),
        ("ǅ", "dz"),
        ("10²", "10²"),
        ("½", "½"),
        ("CO₂", "co₂"),
        ("が", "が"),
        ("ﾊﾞ", "バ"),
    ],
)
def test_case_accents_strokes_and_ligatures_are_nothing_to_a_search(word: str, plain: str) -> None:
    assert bare(word) == plain


@given(st.text(SIGNS))
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    assert letters(letters(text)) == letters(text)
    assert bare(bare(text)) == bare(text) == bare(letters(text))


def test_the_vocabulary_counts_words_in_their_usual_spelling() -> None:
    some = [
        Record("a.md", "words", "", "Ferry", "ferry naïve ferry 渡し船 2004"),
        Record("b.md", "note", "", "", "Naive Łódź Lodz Łódź ﬁsh 10² 10 x\u0308y\u0308"),
    ]
    found = {"2004": 1, "ferry": 3, "Naive": 2, "Łódź": 3, "fish": 1, "10²": 1, "10": 1, "ẍÿ": 1}
    assert vocabulary(some) == found


@pytest.mark.parametrize(
    ("text", "language"), [("両町は、渡し船が", "ja"), ("두 마을", "ko"), ("北港", ""), ("The 渡し船", "")]
)
def test_the_language_is_said_where_the_script_tells_it(text: str, language: str) -> None:
    assert Record("a.md", "words", "", "", text).language == language
