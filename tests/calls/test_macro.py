"""Discovery and the safety of what pages can reach."""

import inspect
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from macros.calls.base import PACKAGE, Context
from macros.checks.run import check
from macros.model.edition import Edition
from macros.model.macro import Footnote, Fragment, Macro, discover
from macros.page.template import TemplateError, Templates
from macros.text.problem import RefusalError
from tests.invented import Collection, render

HOSTILE = [
    '{{ cycler.__init__.__globals__.os.system("touch TRACE") }}',
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    '{{ cite.__globals__["__builtins__"].open("TRACE", "w") }}',
    '{% for x in ().__class__.__base__.__subclasses__() %}{{ x("touch TRACE", shell=1) }}{% endfor %}',
    '{{ cite("chronicle"|attr("__class__")) }}',
    "{{ self._TemplateReference__context }}",
    '{{ open("TRACE", "w") }}',
    '{% import "os" as os %}',
    '{% include "/etc/passwd" %}',
    "{{ cite(namespace=().__class__) }}",
    "{{ 9 ** 9 ** 9 }}",
    '{{ "a" * 999999999 }}',
    "{{ range(999999999) }}",
]


def test_every_macro_is_found_and_described() -> None:
    macros = discover()
    wanted = {
        "note",
        "cite",
        "quote",
        "variant",
        "emend",
        "compare",
        "catalogue",
        "apparatus",
        "verification",
        "bibliography",
    }
    assert wanted <= set(macros)
    for found in macros.values():
        described = found.function.__doc__ or ""
        assert described
        unnamed = [name for name in found.signature.parameters if f"`{name}`" not in described and name != "locator"]
        assert unnamed == [], f"the docstring of '{found.name}' does not name `{'`, `'.join(unnamed)}` in backticks"


@pytest.mark.parametrize("text", HOSTILE)
def test_an_expression_that_reaches_for_more_is_refused_and_nothing_runs(
    text: str, collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    edition = collection({"case.md": f"# Case\n\n{text}\n"})
    found = [problem for problem in check(edition) if problem.position.path == "docs/case.md"]
    assert found
    assert {problem.position.line for problem in found} == {3}
    html, _ = render(edition, "case.md")
    assert "Problem" in html
    assert not list(tmp_path.rglob("*TRACE*"))


def test_templates_are_sandboxed(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{{ ''.__class__.__mro__ }}")
    with pytest.raises(SecurityError):
        Templates(tmp_path).elements("x.html", {})


def test_a_template_escapes_what_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text('<p title="{{ a }}">{{ a }}</p>')
    element = Templates(tmp_path).elements("x.html", {"a": '<b onclick="x">&"'})
    assert element[0].text == element[0].get("title") == '<b onclick="x">&"'


def test_a_template_that_is_not_well_formed_fails_by_name(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<p>")
    with pytest.raises(TemplateError, match=r"x\.html: its HTML is not well-formed \(mismatched tag\)"):
        Templates(tmp_path).elements("x.html", {})


def with_macro(edition: Edition, function: Callable[..., Fragment | Footnote]) -> Edition:
    """Return an edition with one more macro."""
    made = Macro("broken", function, inspect.signature(lambda: None), {}, has_body=False)
    return replace(edition, macros={**edition.macros, "broken": made})


def test_a_macro_that_fails_is_told_at_its_call(collection: Collection) -> None:
    def broken(context: Context) -> Fragment:
        raise ValueError("nothing is there")

    edition = with_macro(collection({"case.md": "# Case\n\n{{ broken() }}\n"}), broken)
    (problem,) = check(edition)
    assert (problem.position.path, problem.position.line, problem.rule) == ("docs/case.md", 3, "macro-works")
    assert "the macro 'broken' fails here: " in problem.message
    assert "ValueError: nothing is there. This is no fault of the page: mend the macro" in problem.message
    assert "nothing is there" in render(edition, "case.md", [problem])[0]


def test_a_template_or_a_rule_that_is_none_is_told_at_the_call_before_anything_is_rendered(
    collection: Collection,
) -> None:
    def misled(context: Context) -> Fragment:
        raise RefusalError("note-resolve", "there is no such note")

    def unshown(context: Context) -> Footnote:
        return Footnote("x", Fragment("citation.html"), mark=Fragment("citatoin.html", is_inline=True))

    for function, said in (
        (misled, "breaks a rule that there is not, 'note-resolve'; did you mean 'note-resolves'?"),
        (unshown, "is shown by a template that there is not, 'citatoin.html'"),
    ):
        edition = with_macro(collection({"case.md": "# Case\n\n{{ broken() }}\n"}), function)
        (problem,) = check(edition)
        assert (problem.position.line, problem.rule) == (3, "macro-works")
        assert said in problem.message
        assert render(edition, "case.md", [problem])[1] == ()


WithTemplate = Callable[[str | None, dict[str, str] | None], Edition]


@pytest.fixture
def with_template(collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WithTemplate:
    """Return a function that gives an edition with a page that calls a macro with that template and data."""

    def make(template: str | None, data: dict[str, str] | None) -> Edition:
        shutil.copytree(PACKAGE / "templates", tmp_path / "templates")
        if template is not None:
            (tmp_path / "templates" / "broken.html").write_text(template, "utf-8")
        monkeypatch.setattr("tests.invented.TEMPLATES", Templates(tmp_path / "templates"))
        monkeypatch.setattr("macros.calls.base.PACKAGE", tmp_path)

        def broken(context: Context) -> Fragment:
            return Fragment("broken.html", lambda: data if data is not None else {"title": str(1 // 0)})

        return with_macro(collection({"case.md": "# A style\n\n{{ broken() }}\n\nMore.\n"}), broken)

    return make


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('<p style="color: red">x</p>', "the attribute 'style' is not allowed here"),
        ("<div>x<video/></div>", "the HTML element <video> is not allowed here"),
    ],
)
def test_what_a_template_may_not_make_is_told_at_its_call(
    template: str, said: str, with_template: WithTemplate
) -> None:
    html, (problem,) = render(with_template(template, {}), "case.md")
    assert (problem.position.path, problem.position.line, problem.rule) == ("docs/case.md", 3, "macro-works")
    assert f"the template broken.html, which is called here, is at fault: {said}" in problem.message
    assert "style=" not in html
    assert "<video" not in html


@pytest.mark.parametrize(
    ("template", "data", "said"),
    [
        ("<p>{{ tilte }}</p>", {"title": "x"}, "broken.html:1: UndefinedError: 'tilte' is undefined"),
        ("<p>{{ title }}", {"title": "x"}, "its HTML is not well-formed (mismatched tag) in the line `"),
        ("<p>{{ title }}</p>", {"title": "a\0b"}, "(not well-formed (invalid token)) in the line `<p>a\ufffdb</p>`"),
        ("<p>{{ title }}</p>", None, "ZeroDivisionError"),
    ],
)
def test_a_template_that_fails_is_told_at_its_call_and_the_page_goes_on(
    template: str | None, data: dict[str, str] | None, said: str, with_template: WithTemplate
) -> None:
    html, (problem,) = render(with_template(template, data), "case.md")
    assert (problem.position.path, problem.position.line, problem.rule) == ("docs/case.md", 3, "macro-works")
    assert said in problem.message
    assert "Problem" in html
    assert "<p>More.</p>" in html
