"""What editors are given: schemas that accept what the engine accepts, snippets that it reads, tasks that see problems."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from macros.checks.navigation import read_navigation
from macros.checks.run import check
from macros.commands.cli import main
from macros.commands.schema import MODELS, WHOLE, schemas
from macros.commands.snippets import snippets
from macros.model.edition import Edition
from macros.model.entry import read_bibliography
from macros.model.front import validate
from macros.model.loading import load
from macros.model.macro import bind, discover
from macros.model.note import read_notes
from macros.text.reading import parse
from tests import ROOT
from tests.invented import Collection
from tests.sites import COLLECTION, TOWNS

EDITOR = ROOT / ".vscode"
SCHEMAS = schemas()
SNIPPETS = snippets(discover(), SCHEMAS)


def read(name: str) -> Any:
    """Return a file of the editor's, which may hold comments on lines of their own."""
    text = (EDITOR / name).read_text("utf-8")
    return json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))


def faults(schema: Mapping[str, Any], front: Mapping[str, Any]) -> list[str]:
    return [error.message for error in Draft7Validator(schema).iter_errors(dict(front))]


@pytest.mark.parametrize(
    ("what", "folder"), [("schema", ".vscode/schemas"), ("snippets", ".vscode"), ("letters", "overrides/assets/search")]
)
def test_what_is_committed_is_what_the_engine_gives(what: str, folder: str, tmp_path: Path) -> None:
    assert main(["export", what, "--output", str(tmp_path)]) == 0
    for path in sorted(tmp_path.iterdir()):
        assert path.read_text("utf-8") == (ROOT / folder / path.name).read_text("utf-8"), "run make update"


def test_without_a_folder_it_is_written_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "schema"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {*MODELS, WHOLE}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_describes_every_key(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])
    described = [SCHEMAS[name], *SCHEMAS[name].get("$defs", {}).values()]
    for schema in described:
        assert schema["description"]
        assert [key for key, value in schema["properties"].items() if not value.get("description")] == []


@pytest.mark.parametrize("docs", [COLLECTION, TOWNS.parent / "docs"], ids=["small", "rich"])
def test_the_schema_accepts_every_page(docs: Path) -> None:
    for uri, page in load(docs).pages.items():
        assert faults(SCHEMAS[WHOLE], page.front) == [], uri
        assert faults(SCHEMAS[page.front.get("kind", "page")], page.front) == [], uri


@pytest.mark.parametrize(
    ("uri", "old", "new"),
    [
        ("declarations/ferry-2001.md", "place: Northpier", "plaice: Northpier"),
        ("declarations/ferry-2001.md", "date: 2001-05-04", "date: 4 May 2001"),
        ("declarations/ferry-2001.md", "office: Mayor, party: Northpier", "offise: Mayor, party: Northpier"),
        ("declarations/ferry-2001.md", "kind: declaration", "kind: treaty"),
        ("commentary/all-hours.md", "authors: [A. Rower]", "authors: A. Rower"),
        ("commentary/all-hours.md", "publisher: The Northpier Post\n", ""),
        ("threads/hours.md", "summary: From daylight to all hours.", "summary: ''"),
        ("chronology.md", "place: Southpier", "palce: Southpier"),
    ],
)
def test_the_schema_refuses_what_the_check_refuses(uri: str, old: str, new: str, collection: Collection) -> None:
    edition = collection(changes={uri: (old, new)})
    assert any(problem.rule == "front-matter-is-valid" for problem in check(edition))
    assert faults(SCHEMAS[WHOLE], edition.pages[uri].front)


def filled(snippet: Mapping[str, Any], *, with_optional: bool = True) -> str:
    """Return what a snippet writes if every place keeps its default, or those that may be left out are."""
    text = "\n".join(snippet["body"])
    if not with_optional:
        text = re.sub(r"\$\{\d+:, (?:[^{}]|\$\{[^{}]*\})*\}", "", text)
    while re.search(r"\$\{\d", text):
        text = re.sub(r"\$\{\d+(?::([^{}]*)|\|([^,|]*)[^}]*)\}", lambda match: match[1] or match[2] or "", text)
    return text


def test_every_macro_has_a_snippet_that_is_a_call_of_it() -> None:
    macros = discover()
    called = set()
    for snippet in SNIPPETS.values():
        for with_optional in (True, False):
            source, problems = parse(filled(snippet, with_optional=with_optional), "x.md", "x.md")
            assert problems == ()
            for call in source.calls:
                assert bind(macros[call.name], call)
                called.add((call.name, call.close is not None))
    for name, macro in macros.items():
        forms = {True: {True}, False: {False}, None: {True, False}}[macro.has_body]
        assert {(name, form) for form in forms} <= called


@pytest.mark.parametrize("kind", [kind for kind in MODELS if kind != "page"])
def test_every_kind_has_front_matter_that_is_valid(kind: str) -> None:
    source, problems = parse(filled(SNIPPETS[f"front matter of a {kind}"]), "x.md", "x.md")
    front, faulty = validate(source, MODELS[kind], kind=kind)  # type: ignore[type-var]
    assert (problems, faulty) == ((), ())
    assert front


def test_every_kind_of_source_has_an_entry_that_is_complete() -> None:
    found = [snippet for name, snippet in SNIPPETS.items() if name.startswith("source: ")]
    for snippet in found:
        entries, problems = read_bibliography(filled(snippet), "x.bib")
        assert problems == ()
        assert len(entries) == 1


def test_the_headings_are_a_note_and_a_clause(collection: Collection) -> None:
    source, _ = parse(filled(SNIPPETS["heading of a note"]), "x.md", "notes/x.md")
    assert [note.kind for note in read_notes(source)[0]] == ["source"]
    edition: Edition = collection(
        {
            "notes/changes.md": filled(SNIPPETS["heading of a note on a change"]).replace(
                "one#clause other#clause", "ferry-2001#link ferry-2004#link"
            )
        },
        {
            "declarations/ferry-2004.md": (
                "## Fares { #fares }",
                filled(SNIPPETS["heading of a clause"]) + "\n\n## Fares { #fares }",
            )
        },
    )
    assert {problem.rule for problem in check(edition)} <= {"source-is-used"}


def test_the_tasks_see_problems_as_they_are_written(collection: Collection) -> None:
    (problem,) = check(collection({"case.md": '# Case\n\nA [word]: {{ cite("chronical") }}\n'}))
    checking, serving = (task["problemMatcher"]["pattern"] for task in read("tasks.json")["tasks"])
    for pattern, line in ((checking, str(problem)), (serving, f"WARNING -  edition: {problem}")):
        match = re.match(pattern["regexp"], line)
        assert match
        place = problem.position
        found = [match[pattern[name]] for name in ("file", "line", "message", "code")]
        assert found == [place.path, str(place.line), problem.message, problem.rule]
    (problem,) = read_navigation("nav\n - case.md\n", "mkdocs.yml")[1]
    assert re.fullmatch(checking["regexp"], str(problem))


def test_the_settings_name_files_that_are_there() -> None:
    for schema in read("settings.json")["yaml.schemas"]:
        assert (ROOT / schema).is_file()
    assert read("extensions.json")["recommendations"]
