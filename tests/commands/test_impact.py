"""What a change of the texts touches: every state of every kind of thing, two revisions in Git, a hostile text."""

import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from macros.commands.cli import main
from macros.commands.impact.report import LONGEST, Report, as_markdown, code
from macros.commands.impact.thing import Thing
from macros.commands.impact.touch import Touch, changed_pages, touches
from macros.model.loading import load
from macros.text.problem import Position
from tests.invented import Collection
from tests.sites import COLLECTION
from tests.test_cases import CASES, MENDED, NAMES, parts

C, N, T = "commentary/all-hours.md", "notes/all-hours.md", "threads/hours.md"
D1, D4, D7 = (f"declarations/ferry-{year}.md" for year in (2001, 2004, 2007))
CLAUSE = "## When the ferry runs { #timetable }"
COMPARE = '{{ compare("minato-2001", "minato-2004") }}'


def touched(collection: Collection, *changes: tuple[str, str, str]) -> list[Touch]:
    """Return what changes of the invented collection touch, what they leave as it was left out."""
    before = load(COLLECTION)
    for path, old, new in changes:
        after = collection(changes={path: (old, new)})
    return [touch for touch in touches(before, after) if touch.state != "exact"]


def said(found: list[Touch]) -> set[str]:
    return {f"{touch.kind} {touch.thing.name}: {touch.state}{' to ' + touch.to if touch.to else ''}" for touch in found}


def without_links(found: list[Touch]) -> set[str]:
    return said([touch for touch in found if touch.kind not in ("link", "row")])


def rows(found: list[Touch]) -> set[str]:
    return said([touch for touch in found if touch.kind == "row"])


def reported(found: list[Touch], problems: int = 0) -> str:
    return as_markdown(Report(found, (), 0, problems))


def test_nothing_is_touched_where_nothing_changes(collection: Collection) -> None:
    found = touches(load(COLLECTION), collection())
    assert {touch.state for touch in found} == {"exact"}
    assert {touch.kind for touch in found} == {"address", "row", "note", "quotation", "comparison", "link"}


def test_a_line_is_no_place(collection: Collection) -> None:
    assert touched(collection, (N, "# Notes on all hours\n", "# Notes on all hours\n\nA line.\n\n")) == []


def test_a_clause_that_is_reworded_with_what_leads_to_it(collection: Collection) -> None:
    found = touched(collection, (D1, "A daily service in daylight, with a boat in reserve.", "A daily service."))
    assert said(found) == {
        "address ferry-2001#timetable: changed",
        "comparison compare(ferry-2001, ferry-2004, ferry-2007): changed",
        "comparison thread(hours): changed",
        "link ferry-2001#timetable: changed",
    }
    links = [touch.thing.position for touch in found if touch.kind == "link"]
    assert {(place.path.partition("docs/")[2], place.line) for place in links} == {
        (N, 10),
        ("notes/changes.md", 3),
        (T, 11),
    }
    comparison = next(touch for touch in found if touch.kind == "comparison")
    assert (comparison.changed, comparison.gone, comparison.come) == (("ferry-2001#timetable",), (), ())


def test_a_clause_that_is_renamed_is_lost_unless_an_alias_keeps_its_id(collection: Collection) -> None:
    lost = touched(collection, (D1, CLAUSE, CLAUSE.replace("timetable", "hours")))
    assert "address ferry-2001#timetable: lost to ferry-2001#hours" in said(lost)
    assert "link ferry-2001#timetable: lost to ferry-2001#hours" in said(lost)
    moved = touched(collection, (D1, "{ #hours }", '{ #hours aliases="timetable" }'))
    assert without_links(moved) == {
        "address ferry-2001#hours: moved to ferry-2001#hours",
        "comparison compare(ferry-2001, ferry-2004, ferry-2007): changed",
        "comparison thread(hours): changed",
    }
    assert next(touch for touch in moved if touch.thing.name == "thread(hours)").gone == ("ferry-2001#timetable",)


def test_an_alias_that_is_taken_out_is_lost(collection: Collection) -> None:
    found = touched(collection, (D7, ' aliases="hours"', ""))
    assert without_links(found) == {"address ferry-2007#hours: lost"}
    assert rows(found) == {
        "row /comparisons/2001-2004/#row-hours: lost",
        "row /comparisons/ferry-2004/ferry-2007/#row-hours: lost",
    }
    assert """braces of its heading, `aliases="hours"`""" in reported(found)


def test_a_row_keeps_the_addresses_of_a_clause_that_is_renamed(collection: Collection) -> None:
    renamed = [(path, "{ #fares }", "{ #tariff }") for path in (D1, D4, D7)]
    page = "/comparisons/2001-2004/"
    lost = touched(collection, *renamed)
    assert {f"row {page}#row-fares: lost", f"row {page}#row-tariff: new"} <= rows(lost)
    assert "Lost: 3 addresses and 3 rows.**" in reported(lost)
    kept = touched(collection, *((path, "{ #tariff }", '{ #tariff aliases="fares" }') for path in (D1, D4, D7)))
    assert {touch.state for touch in kept if touch.kind == "row"} == {"moved"}
    assert f"- row `{page}#row-tariff` in `{kept[0].thing.position.path}" in reported(kept).replace("2007", "2001")
    assert f": at `{page}#row-fares` before, which still leads here" in reported(kept)


def test_a_page_that_the_edition_makes_is_an_address(collection: Collection) -> None:
    between = (COLLECTION / D4).read_text("utf-8").replace("2004", "2006")
    after = collection({"declarations/ferry-2006.md": between})
    found = [touch for touch in touches(load(COLLECTION), after) if touch.state != "exact"]
    assert "address /comparisons/ferry-2004/ferry-2007/: lost" in said(found)
    assert "address /comparisons/ferry-2006/ferry-2007/: new" in said(found)


def test_a_page_that_moves_is_lost_unless_its_former_address_leads_on(collection: Collection, tmp_path: Path) -> None:
    before = collection({"old-name.md": "# A page\n"}, folder=tmp_path / "before")
    for front, state in (("", "lost"), ("---\nformerly: [old-name/]\n---\n\n", "moved")):
        after = collection({"new-name.md": f"{front}# A page\n"}, folder=tmp_path / state)
        (touch,) = [one for one in touches(before, after) if one.before and one.before.name == "/old-name/"]
        assert touch.state == state


def test_what_is_new_in_a_clause_is_part_of_its_words(collection: Collection, tmp_path: Path) -> None:
    before = collection(folder=tmp_path / "before")
    after = collection(
        {}, {"declarations/ferry-2001.md": ("{ #fares }", '{ #fares arc="set by both" }')}, tmp_path / "after"
    )
    (touch,) = [one for one in touches(before, after) if one.before and one.before.name == "ferry-2001#fares"]
    assert touch.state == "changed"


def test_a_clause_that_stands_in_another_order_is_not_reworded(collection: Collection) -> None:
    text = (COLLECTION / D1).read_text("utf-8")
    start, end = text.index("## Fares"), text.index("## Repair")
    after = collection({D1: text[:start] + text[end:] + "\n" + text[start:end].rstrip() + "\n"})
    found = [touch for touch in touches(load(COLLECTION), after) if touch.state != "exact"]
    assert {(touch.kind, touch.state) for touch in found} == {("comparison", "changed")}
    report = reported(found)
    assert "eworded" not in report
    assert "Read differently: 1 comparison." in report
    assert ":8`: stands in another order: `ferry-2001#piers`" in report


def test_a_clause_that_is_renamed_and_reworded_keeps_its_alias(collection: Collection) -> None:
    new = CLAUSE.replace("{ #timetable }", '{ #hours aliases="timetable" }').replace("When", "How often")
    found = touched(collection, (D1, CLAUSE, new))
    assert "address ferry-2001#hours: changed" in said(found)
    (touch,) = (touch for touch in found if touch.kind == "address")
    assert touch.before
    assert touch.before.name == "ferry-2001#timetable"


def test_paragraphs_that_are_numbered_anew_have_moved(collection: Collection) -> None:
    found = touched(collection, (C, "{ .unnumbered }\n", "{ .unnumbered }\n\nA paragraph before the others.\n"))
    assert without_links(found) == {
        "address all-hours#p2: moved to all-hours#p2",
        "address all-hours#p3: moved to all-hours#p3",
        "address all-hours#p1: new",
    }
    assert "link all-hours#p1: moved to all-hours#p2" in said(found)


def test_a_note_is_reworded_renamed_or_no_longer_published(collection: Collection) -> None:
    assert without_links(touched(collection, (N, "No accident is", "No accident was"))) == {
        "note all-hours#note-safe: changed"
    }
    other_source = touched(collection, (N, '{{ cite("chronicle", "p. 3") }}', '{{ cite("chronicle", "p. 4") }}'))
    assert "note all-hours#note-safe: changed" in without_links(other_source)
    call = '{% call note("safe") %}safe{% endcall %}'
    assert "note all-hours#note-safe: lost" in said(touched(collection, (C, call, "safe")))


def test_a_note_is_found_under_its_old_id_where_an_alias_keeps_it(collection: Collection) -> None:
    lost = touched(collection, (N, "{ #safe .context }", "{ #calm .context }"), (C, 'note("safe")', 'note("calm")'))
    assert said(lost) == {"note all-hours#note-safe: lost to all-hours#note-calm"}
    kept = touched(collection, (N, "{ #calm .context }", '{ #calm .context aliases="safe" }'))
    assert said(kept) == {"note all-hours#note-calm: moved to all-hours#note-calm"}


def test_a_note_that_another_page_publishes_has_moved(collection: Collection) -> None:
    call = '{% call note("safe") %}safe{% endcall %}'
    found = touched(
        collection,
        (C, call, "safe"),
        (D7, "The ferry runs day and night.", 'The ferry runs {{ note("all-hours#note-safe") }} day and night.'),
    )
    (touch,) = (touch for touch in found if touch.kind == "note")
    assert touch.before
    assert touch.after
    assert (touch.state, touch.before.home, touch.after.home) == ("moved", C, D7)


def test_quotations(collection: Collection) -> None:
    quotation = '{% call quote("ferry-2004#timetable") %}a second boat ... at the north pier,{% endcall %}'
    to_2001 = touched(collection, (C, quotation, quotation.replace("2004", "2001")))
    assert {f"{touch.kind} {touch.state}" for touch in to_2001} == {"quotation moved"}
    shorter = touched(collection, (C, "a second boat ... at the north pier,{%", "a second boat ... at the north{%"))
    assert ("quotation", "changed") in {(touch.kind, touch.state) for touch in shorter}
    gone = touched(collection, (C, quotation.replace("2004", "2001").replace("north pier,", "north"), "a boat"))
    assert "quotation ferry-2004#timetable: lost" in said(gone)


def test_a_quotation_whose_proof_changes_is_touched(collection: Collection) -> None:
    found = touched(collection, (D7, "for every [inhabitant]", "for each [inhabitant]"))
    (touch,) = (touch for touch in found if touch.kind == "quotation")
    assert touch.before
    assert touch.after
    assert (touch.state, touch.before.proof, touch.after.proof) == ("unproved", "as quoted, with a variant", "")
    report = reported(found, 1)
    assert "Nothing is lost. **No longer proved: 1 quotation.**" in report
    assert "> This change has 1 problem, which the check names: what it hides counts as lost." in report
    head, _, item = report.partition("### No longer proved: 1 quotation\n\n")
    assert "<details>" not in head
    assert re.match(r"- quotation of `ferry-2007#timetable` in `\S+/all-hours.md:20`: `“for every inhabitant", item)
    assert "for [-each-] {+every+} inhabitant" in item.partition("\n")[0]
    mended = touched(collection, (D7, "for each [inhabitant]", "for every [inhabitant]"))
    assert [touch for touch in mended if touch.kind == "quotation"] == []


def test_a_quotation_that_is_altered_until_it_is_not_proved_shows_the_word(collection: Collection) -> None:
    found = touched(
        collection, (C, "a second boat ... at the north pier,{%", "a second boat ... at the far north pier,{%")
    )
    (touch,) = (touch for touch in found if touch.kind == "quotation")
    assert touch.state == "unproved"
    assert "\n  + “a second boat ... at the far north pier,”\n" in reported(found)


def test_a_quotation_that_is_proved_otherwise_says_so(collection: Collection) -> None:
    one = Thing("quotation", "a#b", "“words”", Position("docs/x.md", 3), "x.md", ("a#b",), proof="as quoted")
    link = Thing("link", "a#b", "it", Position("docs/y.md", 7), "y.md", ("a#b",))
    report = reported([Touch("changed", one, replace(one, proof="verified")), Touch("changed", link, link)])
    assert "- quotation of `a#b` in `docs/x.md:3`: verified now, as quoted before\n" in report
    assert "\n  The passage is linked or cited in `docs/y.md:7`.\n" in report


def test_comparisons(collection: Collection) -> None:
    page = "comparisons/2001-2004.md"
    more = COMPARE.replace('"minato-2004"', '"minato-2004", "ferry-2004"')
    (larger,) = (touch for touch in touched(collection, (page, COMPARE, more)) if touch.kind != "row")
    assert (larger.kind, larger.state) == ("comparison", "changed")
    elsewhere = touched(
        collection, (page, more, ""), ("people.md", "{{ people() }}", f"{COMPARE}\n\n{{{{ people() }}}}")
    )
    assert ("comparison", "moved") in {(touch.kind, touch.state) for touch in elsewhere}
    assert "row /comparisons/2001-2004/#row-unko: lost" in rows(elsewhere)
    assert without_links(touched(collection, ("people.md", COMPARE, ""))) >= {
        "comparison compare(minato-2001, minato-2004): lost"
    }


def test_pages_and_headings(collection: Collection, tmp_path: Path) -> None:
    heading = touched(collection, ("glossary.md", "## Pier { #pier }", "## Quay"))
    assert said(heading) == {"address /glossary/#pier: lost", "address /glossary/#quay: new"}
    kept = touched(collection, ("glossary.md", "## Quay", "## Quay { #pier }"))
    assert said(kept) == {"address /glossary/#pier: changed"}
    (tmp_path / "docs" / "people.md").unlink()
    found = touches(load(COLLECTION), load(tmp_path / "docs"))
    assert "address /people/: lost" in said(list(found))


def test_a_link_that_follows_what_it_leads_to_has_moved(collection: Collection) -> None:
    found = touched(
        collection,
        (D1, CLAUSE, CLAUSE.replace("{ #timetable }", '{ #hours aliases="timetable" }')),
        (T, "ferry-2001.md#timetable", "ferry-2001.md#hours"),
    )
    assert {touch.state for touch in found if touch.kind == "link"} == {"moved"}


def test_the_pages_that_change_are_their_own_text_and_what_they_print(collection: Collection) -> None:
    before = load(COLLECTION)
    after = collection(
        changes={N: ("No accident is", "No accident was"), D1: ("Calls the ferry", "It calls the ferry")}
    )
    pages = changed_pages(before, after, touches(before, after))
    assert pages == ("commentary/all-hours/", "comparisons/2001-2004/", "declarations/ferry-2001/")
    listed = collection(changes={"bibliography.bib": ("{2010}", "{2011}")})
    assert "" in changed_pages(after, listed, ())  # the page at the root lists the bibliography


TOPICS = ("comparison", "document", "file", "front-matter", "pair", "quotation", "reference", "thread", "witness")


@pytest.mark.long
def test_no_fault_of_a_text_makes_a_traceback(collection: Collection, tmp_path: Path) -> None:
    """Each case of what a change is told of is compared with the sound collection, in both directions."""
    sound = load(COLLECTION)
    for number, name in enumerate(name for name in NAMES if name.partition("/")[0] in TOPICS):
        folder = tmp_path / str(number)
        files, changes, _ = parts((CASES / f"{name}.md").read_text("utf-8").partition(MENDED)[0])
        faulty = collection(files, changes, folder=folder)
        for before, after in ((sound, faulty), (faulty, sound)):
            as_markdown(Report(touches(before, after), (), 1, 1))


HOSTILE = (
    "@everyone see #1, https://example.org, www.example.org and a@example.org ![x](https://example.org/x.png) "
    "<img src=x onerror=alert(1)> </details><script>alert(1)</script> ``` `` ` ~~~ | \u202etxet\u202c \u200b [x](y)"
)


def test_a_difference_shows_each_word_that_differs_and_little_else() -> None:
    def shown(before: str, after: str) -> list[str]:
        one, other = (Thing("note", "a#n", words, Position("docs/x.md", 3), "x.md") for words in (before, after))
        return re.findall(r"^  [-+] .*", reported([Touch("changed", one, other)]), re.MULTILINE)

    many = " ".join(f"w{number}" for number in range(400))
    removed, added = shown(f"{many} old {many} end", f"{many} new {many} fin")
    assert removed.startswith("  - … w392 w393 w394 w395 w396 w397 w398 w399 old w0")
    assert removed.endswith("w399 end")
    assert added.count("…") == 2
    assert added.endswith("w399 fin")
    assert shown("船は毎日" * 50 + "夜" + "船は毎日" * 200, "船は毎日" * 50 + "昼" + "船は毎日" * 200) == [
        "  - …船は毎日船は毎日夜船は毎日船は毎日 …",
        "  + …船は毎日船は毎日昼船は毎日船は毎日 …",
    ]
    huge = shown("same " + "a " * 9_000, "same " + "b " * 9_000)  # a text made to keep the comparison busy
    assert [line[:13] for line in huge] == ["  - same a a ", "  + same b b "]


def test_a_hostile_text_stays_in_code(collection: Collection) -> None:
    before = load(COLLECTION)
    after = collection(changes={N: ("No accident is recorded.", HOSTILE), D1: ("Calls the ferry the", HOSTILE)})
    report = as_markdown(Report(touches(before, after), (HOSTILE,), 0, 0))
    outside, fence = [], ""
    for line in report.split("\n"):
        bare = line.strip()
        if fence:
            fence = "" if bare == fence else fence
        elif match := re.match(r"(`{3,})diff$", bare):
            fence = match[1]
        else:
            outside.append(re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", line))
    assert fence == ""
    text = "\n".join(outside)
    for sign in ("@", "http", "www", "![", "<img", "<script", "onerror", "\u202e", "\u200b"):
        assert sign not in text, text
    assert text.count("</details>") == text.count("<details>")
    assert "\u202e" not in report
    assert "@everyone" in report


def test_a_code_span_holds_whatever_stands_in_it() -> None:
    assert code("a") == "`a`"
    assert code("a `b` ``c``") == "``` a `b` ``c`` ```"
    assert code("a\nb\u202ec") == "`a b c`"


def test_the_report_has_a_bounded_length(collection: Collection) -> None:
    long = "\n\n".join(
        f'## Note {n} {{ #note{n} .change between="ferry-2001#link ferry-2004#link" }}\n\n{"word " * 300}'
        for n in range(400)
    )
    after = collection({"notes/changes.md": long})
    report = as_markdown(Report(touches(load(COLLECTION), after), [f"page-{n}/" for n in range(1000)], 0, 0))
    assert len(report) < LONGEST + 5_000
    assert re.search(r"… and \d+ more\.", report)


# Git


@pytest.fixture
def repository(tmp_path: Path, collection: Collection, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a clone with the invented collection as its first commit, a renamed clause as its second."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (("GLOBAL", os.devnull), ("SYSTEM", os.devnull)):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    collection()
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, "first")
    collection(changes={D1: (CLAUSE, CLAUSE.replace("timetable", "hours"))})
    commit(tmp_path, "second")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    names = [f"-c{key}" for key in ("user.name=A", "user.email=a@example.org", "commit.gpgsign=false")]
    configured = [part for name in names for part in ("-c", name.removeprefix("-c"))]
    subprocess.run(["git", *configured, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def test_two_revisions_are_compared_and_what_is_lost_fails(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["impact", "HEAD~1..HEAD"]) == 1
    report = capsys.readouterr().out
    assert "**Lost: 1 address and 1 note.**" in report
    assert (
        "- `ferry-2001#timetable` in `docs/declarations/ferry-2001.md:23`: its words stand at `ferry-2001#hours` now"
        in report
    )
    assert '`aliases="timetable"`' in report
    assert "> This change has 1 problem, which the check names: what it hides counts as lost." in report
    assert "<summary>Pages whose own text changes: 3</summary>\n\nWith their notes" in report
    assert "backlinks that follow by themselves are not named" in report
    assert main(["impact", "HEAD..HEAD"]) == 0
    assert "This change touches no address, row, note, quotation, comparison or link." in capsys.readouterr().out


def test_one_revision_is_compared_with_the_working_tree(
    repository: Path, collection: Collection, capsys: pytest.CaptureFixture[str]
) -> None:
    collection(changes={D1: ("{ #hours }", '{ #hours aliases="timetable" }')})
    assert main(["impact", "HEAD~1"]) == 0
    assert "Nothing is lost." in capsys.readouterr().out


def test_three_dots_begin_where_the_two_parted(
    repository: Path, collection: Collection, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "checkout", "--quiet", "-b", "side", "HEAD~1")
    collection(changes={N: ("No accident is", "No accident was")})
    commit(repository, "side")
    assert main(["impact", "main...side", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["lost"] == []
    assert found["pages"] == ["commentary/all-hours/"]
    assert found["counts"]["note"] == {"lost": 0, "unproved": 0, "changed": 1, "moved": 0, "new": 0, "exact": 2}
    assert found["problems"] == {"before": 0, "after": 0}
    assert main(["impact", "main..side", "--format", "json"]) == 1  # what main has and this branch has not
    assert json.loads(capsys.readouterr().out)["lost"] == [
        "ferry-2001#hours",
        "/comparisons/ferry-2001/ferry-2004/#row-hours",
    ]


def test_a_base_with_problems_is_compared_and_said_to_have_them(
    repository: Path, collection: Collection, capsys: pytest.CaptureFixture[str]
) -> None:
    collection({"people.md": "---\ntitle: [\n---\n", "notes/all-hours.md": b"\xff"})
    commit(repository, "faulty")
    assert main(["impact", "HEAD..HEAD~1"]) == 0
    assert re.search(r"> The revision before has \d+ problems", capsys.readouterr().out)


def test_a_base_without_texts_makes_everything_new(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "empty")
    git(repository, "rm", "--quiet", "-r", "--cached", ".")
    (repository / "readme").write_text("Nothing.\n", "utf-8")
    git(repository, "add", "readme")
    git(repository, "commit", "--quiet", "--message", "empty")
    assert main(["impact", "empty..main"]) == 0
    assert "The revision before holds no texts, so everything is new." in capsys.readouterr().out


def test_links_in_the_tree_are_not_followed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = repository / "secret.md"
    secret.write_text("# Secret\n\n## What nobody may read\n", "utf-8")
    (repository / "docs" / "leak.md").symlink_to(secret)
    commit(repository, "link")
    main(["impact", "HEAD~1..HEAD", "--format", "markdown"])
    assert "ecret" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("revisions", "sentence"),
    [
        ("nowhere", "There is no revision 'nowhere' here: fetch it first"),
        ("HEAD..nowhere", "There is no revision 'nowhere' here"),
        ("--upload-pack=x", "There is no revision '--upload-pack=x' here"),
        ("HEAD...nowhere", "There is no revision 'nowhere' here"),
    ],
)
def test_a_revision_that_is_unknown_is_said(
    revisions: str, sentence: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["impact", "--", revisions]) == 2
    assert sentence in capsys.readouterr().err


def test_a_fault_of_the_program_is_no_loss(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("macros.commands.impact.command.touches", lambda before, after: 1 / 0)
    assert main(["impact", "HEAD~1..HEAD"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Traceback")
    assert said.err.endswith(
        "This is a fault of the program, not of the texts, and nothing is known to be lost: report it.\n"
    )


def test_a_shallow_clone_is_said_to_be_one(
    repository: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    git(repository, "clone", "--quiet", "--depth", "1", f"file://{repository}", str(shallow))
    monkeypatch.chdir(shallow)
    assert main(["impact", "HEAD~1..HEAD"]) == 2
    assert "this is a shallow clone, so fetch the rest with `git fetch --unshallow`" in capsys.readouterr().err


def test_a_folder_outside_git_is_said_to_be_one(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    collection()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    assert main(["impact", "HEAD"]) == 2
    assert "'docs' is in no Git repository: run this in a clone of the project" in capsys.readouterr().err


def test_git_that_is_missing_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["impact", "HEAD"]) == 2
    assert "Git is not installed" in capsys.readouterr().err
