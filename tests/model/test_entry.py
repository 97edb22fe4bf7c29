"""Sources as people write and reference managers export them: read rightly, or told once with a way out that works."""

import re

import pytest

from macros.model.entry import Entry, read_bibliography
from macros.model.language import code_of
from macros.model.latex import plain
from macros.page.template import Templates

BOOK = "@book{{some-book,\n  author = {{{author}}},\n  title = {{T}},\n  publisher = {{P}},\n  date = {{2010}},\n}}\n"


def one(text: str) -> Entry:
    """Read a bibliography that has one entry and no problem."""
    entries, problems = read_bibliography(text, "x.bib")
    assert not problems
    (entry,) = entries.values()
    return entry


def told(text: str) -> str:
    """Read a bibliography that has one problem, and return its line and message."""
    _, problems = read_bibliography(text, "x.bib")
    (problem,) = problems
    return f"{problem.position.line}: {problem.message}"


@pytest.mark.parametrize(
    ("author", "authors", "short"),
    [
        ("Fairwater, Dana", "Dana Fairwater", "Fairwater"),
        ("Dana Fairwater", "Dana Fairwater", "Fairwater"),
        ("Fairwater, D. and O'Leary, K.", "D. Fairwater and K. O'Leary", "Fairwater and O'Leary"),
        (
            "Fairwater, D.\n  and Holm, B. and Strand, A.",
            "D. Fairwater, B. Holm and A. Strand",
            "Fairwater, Holm and Strand",
        ),
        ("{Council of Towns, Ferry Branch}", *["Council of Towns, Ferry Branch"] * 2),
        ("Ministry of Piers", *["Ministry of Piers"] * 2),
        ("Ministry of Piers, Northpier", *["Ministry of Piers, Northpier"] * 2),
        ("Northpier Ministry of Fog", *["Northpier Ministry of Fog"] * 2),
        ("Ministry of Foreign Affairs \\& Trade", *["Ministry of Foreign Affairs & Trade"] * 2),
        ("{Ministry of Foreign Affairs and Trade}", *["Ministry of Foreign Affairs and Trade"] * 2),
        ("Court, Ann", "Ann Court", "Court"),
        ("{\\O}rsted, Hans", "Hans Ørsted", "Ørsted"),
        ('M{\\"u}ller, J{\\"o}rg', "Jörg Müller", "Müller"),
        ("Garc{\\'\\i}a, Jos\\'e", "José García", "García"),
        ("van der Brug, Ludwig", "Ludwig van der Brug", "van der Brug"),
        ("Ludwig van der Brug", "Ludwig van der Brug", "van der Brug"),
        ("King, Jr., Marten L.", "Marten L. King, Jr.", "King"),
        ("King, Marten L., Jr.", "Marten L. King, Jr.", "King"),
        ("外務省", *["外務省"] * 2),
        ("Garc\u00eda L\u00f3pez, Mar\u00eda Jos\u00e9", "María José García López", "García López"),
    ],
)
def test_authors_are_names_in_their_parts(author: str, authors: str, short: str) -> None:
    entry = one(BOOK.format(author=author))
    assert (entry.authors, entry.short) == (authors, f"{short}, 2010")


@pytest.mark.parametrize(
    ("author", "ways"),
    [
        ("Fairwater, D. & O'Leary, K.", ["Fairwater, D. and O'Leary, K.", "{Fairwater, D. & O'Leary, K.}"]),
        ("Fairwater, D.; O'Leary, K.", ["Fairwater, D. and O'Leary, K.", "{Fairwater, D.; O'Leary, K.}"]),
        ("Dana Fairwater & Kim O'Leary", ["Dana Fairwater and Kim O'Leary", "{Dana Fairwater & Kim O'Leary}"]),
        ("Fairwater, Dana, O'Leary, Kim", ["Fairwater, Dana and O'Leary, Kim", "{Fairwater, Dana, O'Leary, Kim}"]),
        ("Northpier Self Defence Fleet", ["Fleet, Northpier Self Defence", "{Northpier Self Defence Fleet}"]),
        ("Holm, B. and A, B; C, D", ["Holm, B. and A, B and C, D", "Holm, B. and {A, B; C, D}"]),
        ("Ministry of Fog and Trade", ["{Ministry of Fog and Trade}", "{Ministry of Fog} and {Trade}"]),
    ],
)
def test_what_may_be_several_names_is_asked_about_and_each_way_out_works(author: str, ways: list[str]) -> None:
    said = told(BOOK.format(author=author))
    assert said.startswith("2: 'some-book': 'author': ")
    for way in ways:
        assert f"`author = {{{way}}},`" in said or f"`{way}`" in said
        one(BOOK.format(author=way))


@pytest.mark.parametrize("author", ["Fairwater, Dana et al.", "Fairwater, Dana and others", "Fairwater et al"])
def test_others_are_nobody(author: str) -> None:
    assert "names nobody: name every author, or the first alone" in told(BOOK.format(author=author))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('Z{\\"a}hlen, \\emph{Pennies} \\& more --- \\textit{x}', "Zählen, Pennies & more — x"),
        ("{\\'e}t\\'{e} \\c{c}a na{\\\"\\i}ve \\v{S}koda", "été ça naïve Škoda"),
        ("Stra{\\ss}e, \\AA ngstr\\\"om, {\\L}\\'od\\'z", "Straße, Ångström, Łódź"),
        ("A history of ``ferries''", "A history of “ferries”"),
        ("1991--1994", "1991–1994"),
        ("100\\% of \\$5 \\#2 a\\_b", "100% of $5 #2 a_b"),
        ("50% of $5, 'so' it's 5 < 6 & more", "50% of $5, 'so' it's 5 < 6 & more"),
        ("Vol.~2, a \\{b\\}", "Vol. 2, a {b}"),
        ("Salt &amp; Sand, A\\&amp;B, O&#39;Leary, R&D; so", "Salt & Sand, A&B, O'Leary, R&D; so"),
        ("{T}he {NATO} Way", "The NATO Way"),
        ("{\\it so} it is", "so it is"),
        ("~50 boats", "~50 boats"),
    ],
)
def test_letters_and_signs_are_read_for_their_commands(value: str, text: str) -> None:
    assert plain(value) == text


@pytest.mark.parametrize("value", ["<i>x</i>", "10<sup>2</sup>", "\\textsuperscript{2}", "H$_2$O", "\\footnote{x}"])
def test_what_would_lose_something_is_told_at_its_line(value: str) -> None:
    said = told(f"@book{{a,\n  author = {{B, C}},\n  title = {{Pennies {value} }},\n  publisher = {{P}},\n}}\n")
    assert re.match(r"3: 'a': 'title': '.+' is (LaTeX|HTML), which is not read: write the", said)


EXPORTED = """\
Notes of the one who exported, which are no entry.
@string{np = "Northpier Press"}
@string(tp = {Town Press})
@preamble{"\\newcommand{\\x}{y}"}
@comment{jabref-meta: databaseType:biblatex;}

@online{strand-2004,
\ttitle = {The {Ferry}},
\turl = {https://example.org/a\\_b},
\tabstract = {With x = y,
in it, and <i>more</i> \\x.},
\tlanguage = {en-GB},
\tlangid = {english},
\turldate = {2019-05-04},
\tjournal = {Port Journal},
\tauthor = {Strand, Ada},
\tmonth = may,
\tyear = {2004},
\tkeywords = {ferry, port},
\tfile = {Full Text:C\\:\\\\x.pdf:application/pdf},
}

@techreport{b,
  Author = {Holm, Ben},
  Title = {Report},
  Institution = {Council of Towns},
  Publisher = np,
  Address = "Southpier",
  Year = 2003,
  Month = {11},
  Day = 7,
  doi = {10.1000/x_y},
  mendeley-tags = {a},
}

@book{c, author = {A, B}, title = {T}, publisher = tp, year = 2001, month = "June"}
"""


def test_what_reference_managers_export_is_read() -> None:
    entries, problems = read_bibliography(EXPORTED, "x.bib")
    assert not problems
    online, report, book = entries.values()
    assert (online.title, online.short, online.fields["language"]) == ("The Ferry", "Strand, May 2004", "en-GB")
    assert (online.fields["journaltitle"], online.fields["url"]) == ("Port Journal", "https://example.org/a_b")
    assert (report.kind, report.short, report.fields["publisher"]) == (
        "report",
        "Holm, 7 November 2003",
        "Northpier Press",
    )
    assert (report.fields["organization"], report.fields["location"]) == ("Council of Towns", "Southpier")
    assert report.fields["url"] == "https://doi.org/10.1000/x_y"
    assert (book.short, book.fields["publisher"]) == ("A, June 2001", "Town Press")


def test_what_would_not_be_printed_is_told_once_and_may_stand_in_a_note() -> None:
    form = "@article{{a,\n  title = {{T}},\n  journaltitle = {{J}},\n  date = {{2002}},\n{more}}}\n"
    said = told(form.format(more="  series = 97,\n  translator = {A B},\n  subtitle = {1--2},\n"))
    assert said.startswith("5: 'a': 'series', 'translator' and 'subtitle' would not be printed: take out what nobody")
    note = "  note = {series 97, translator A B, subtitle 1--2},\n"
    assert note.strip() in said
    assert one(form.format(more=note)).fields["note"] == "series 97, translator A B, subtitle 1–2"


SCHOLARLY = """
@incollection{a, author = {Strand, Ada}, title = {Fog}, booktitle = {On Water}, editor = {Holm, Ben and Rower, Cy},
  edition = 2, pages = {11--19}, publisher = {Northpier Press}, year = 2004}
@inbook{b, author = {Strand, Ada}, title = {Ice}, booktitle = {On Water}, publisher = {Northpier Press}, year = 2004}
@conference{c, author = {Strand, Ada}, title = {Tar}, booktitle = {Proceedings of 2004}, year = 2004, volume = 3}
@phdthesis{d, author = {Strand, Ada}, title = {Ropes}, school = {University of Northpier}, year = 2004}
@thesis{e, author = {Strand, Ada}, title = {Sails}, institution = {University of Northpier}, type = {mathesis}}
@article{f, author = {Strand, Ada}, title = {Tides}, journal = {Port Journal}, volume = 12, number = {3}, year = 2004,
  pages = {5-7}}
@proceedings{g, editor = {Holm, Ben}, title = {Proceedings of 2003}, publisher = {Northpier Press}, year = 2003}
@unpublished{h, author = {Strand, Ada}, title = {Letters}, note = {In the archive}}
"""


@pytest.mark.parametrize(
    ("key", "cited", "listed"),
    [
        (
            "a",
            "Ada Strand, “Fog,” in On Water, 2nd ed., ed. Ben Holm and Cy Rower (Northpier Press, 2004), 11–19.",
            "Strand, Ada. “Fog.” In On Water, 2nd ed., edited by Ben Holm and Cy Rower, 11–19. Northpier Press, 2004.",
        ),
        ("b", "Ada Strand, “Ice,” in On Water (Northpier Press, 2004).", None),
        ("c", "Ada Strand, “Tar,” in Proceedings of 2004, vol. 3 (2004).", None),
        (
            "d",
            "Ada Strand, “Ropes,” PhD diss., University of Northpier, 2004.",
            "Strand, Ada. “Ropes.” PhD diss., University of Northpier, 2004.",
        ),
        ("e", "Ada Strand, “Sails,” master’s thesis, University of Northpier.", None),
        (
            "f",
            "Ada Strand, “Tides,” Port Journal 12, no. 3, 2004, 5-7.",
            "Strand, Ada. “Tides.” Port Journal 12, no. 3, 2004, 5-7.",
        ),
        (
            "g",
            "Ben Holm, ed., Proceedings of 2003 (Northpier Press, 2003).",
            "Holm, Ben, ed. Proceedings of 2003. Northpier Press, 2003.",
        ),
        ("h", "Ada Strand, “Letters”. In the archive.", None),
    ],
)
def test_what_scholars_cite_is_printed_whole(key: str, cited: str, listed: str | None) -> None:
    entries, problems = read_bibliography(SCHOLARLY, "x.bib")
    assert not problems
    for template, said in (("source.html", cited), ("source_listed.html", listed)):
        html = Templates().html(template, {"entry": entries[key].plain})
        assert said is None or re.sub(r"<[^>]*>", "", html).strip() == said


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("title {Two}", "there is no sign of equality behind 'title': write `title = {Two}"),
        ("title: {Two}", "there is no sign of equality behind 'title': write `title = {Two}"),
        ("publisher = np", "a value stands in braces: write `publisher = {np},`"),
        (
            'publisher = "A" # "B"',
            "values joined by `#` are not read: write the whole value of 'publisher' in one pair",
        ),
        ("date = {n.d.}", "where none is known, leave 'date' out"),
        ("date = {2001/2004}", "where none is known, leave 'date' out"),
        ("urldate = {19 June 2010}", "'urldate': '19 June 2010' is no date: write 2010-06-19"),
        ("urldate = {06/12/2010}", "'urldate': '06/12/2010' is no date"),
        ("url = {www.example.org/a}", "write `url = {https://www.example.org/a},`"),
        (
            "language = {Ferryish}",
            "'language': 'Ferryish' is no code of a language: write its code, as `en` for English",
        ),
        ("howpublished = {Letter},\n  note = {Copy}", "'note' is read as"),
    ],
)
def test_slips_of_fields_are_told_once_at_their_line(field: str, said: str) -> None:
    fields = {"title": "title = {T}", "author": "author = {B, C}", "publisher": "publisher = {P}"}
    fields[re.split(r"\W", field)[0]] = field
    text = "@book{a,\n" + "".join(f"  {one},\n" for one in fields.values()) + "}\n"
    found = told(text)
    line = next(n for n, one in enumerate(text.split("\n"), start=1) if field.split("\n")[-1] in one)
    assert found.startswith(f"{line}: ")
    if not field.startswith("howpublished"):
        assert said in found


def test_a_list_is_sorted_as_people_sort() -> None:
    heads = ["Zimmer, A.", "Ångström, B.", "Éluard, C.", "Evers, D.", "Łukasz, E."]
    entries = [one(BOOK.format(author=head)) for head in heads]
    assert [entry.head for entry in sorted(entries, key=lambda entry: entry.sort_key)] == [*heads[1:], heads[0]]


def test_languages_are_known_by_their_codes() -> None:
    assert [code_of(code) for code in ("en", "zh-Hant", "fil")] == ["en", "zh-Hant", "fil"]
    for name in ("English", "Port words", "en_GB", ""):
        with pytest.raises(ValueError, match="is no code of a language: write its code, as `en` for English"):
            code_of(name)
