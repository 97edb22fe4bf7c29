"""A run of pages in the navigation is rendered once, and reads as if each had been."""

from types import SimpleNamespace as Item
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.site.navigation import below, folded, leads_to, opened_in, renumbered, unfolded

THEME = jinja2.Environment().from_string(
    "{% macro show(item) %}<li {{ 'active' if item.active }}>"
    "<a href='{{ item.url }}'>\n  {{ item.title }} {{ item.meta.icon }}</a>"
    "{% for one in item.children or [] %}  {{ show(one) }}\n{% endfor %}</li>{% endmacro %}"
    "{% for item in items %}{{ show(item) }}{% endfor %} {{ after }}"
)


PRUNED = jinja2.Environment().from_string(
    "{% macro show(item) %}<li>{% if item.children and not item.active %}{% set first = item.children[0] %}"
    "<a href='{{ first.children[0].url if first.children else first.url }}'>{{ item.title }}</a><span></span>{% else %}"
    "<a href='{{ item.url }}'>{{ item.title }}</a>{% for one in item.children or [] %}{{ show(one) }}{% endfor %}"
    "{% endif %}</li>{% endmacro %}{% for item in items %}{{ show(item) }}"
    '{% if item.active %}<b id="__nav_{{ loop.index }}" for="__nav_{{ loop.index }}_1"></b>{% endif %}{% endfor %}'
)
"""A theme that prints of a section that is not open no more than where it leads, and counts the open one's place."""


def page(name: str, *, active: bool = False, icon: str = "", is_index: bool = False) -> Item:
    meta = {"icon": icon} if icon else {}
    return Item(title=name, url=f"{name}/", is_page=True, is_section=False, is_index=is_index, active=active,
                children=None, meta=meta)  # fmt: skip


def section(*children: Item, title: str = "S") -> Item:
    active = any(item.active for item in children)
    return Item(title=title, url="", is_page=False, is_section=True, active=active, children=list(children), meta={})


def link(title: str, url: str) -> Item:
    return Item(title=title, url=url, is_page=False, is_section=False, active=False, children=None, meta={})


def closed(title: str, url: str) -> Item:
    return section(link(title, url), title=title)


def rows(runs: list[list[Any]]) -> list[list[tuple[str, str]]]:
    return [[(leads_to(item), item.title) for item in run] for run in runs]


@given(
    st.lists(st.sampled_from(["", "", "", "", "icon", "index", "link", "section"]), max_size=14),
    st.integers(0, 13),
    st.sampled_from(["beside", "within another"]),
)
def test_what_is_folded_is_unfolded(kinds: list[str], opened: int, where: str) -> None:
    """The list is that of a theme which is given all pages, wherever the one that is shown stands among them."""
    made = [
        link("L", "all/") if kind == "link"
        else section(page("deep"), page("deeper")) if kind == "section"
        else page(f"p{at}", active=at == opened, icon=kind if kind == "icon" else "", is_index=kind == "index")
        for at, kind in enumerate(kinds)
    ]  # fmt: skip
    items = [page("home"), section(*made), section(page("other"))]
    items = [section(page("first"), *items)] if where == "within another" else items
    shown, runs = folded(items, link)
    assert unfolded(THEME.render(items=shown), rows(runs)) == THEME.render(items=items)
    assert bool(runs) == (len(list(below(shown))) < len(list(below(items))))


def test_a_long_section_is_folded() -> None:
    """Of a hundred pages beside the one that is shown, the theme is given three and twice the ends of a run."""
    items = [section(*(page(f"p{at}", active=at == 50) for at in range(100)))]
    shown, runs = folded(items, link)
    assert [len(run) for run in runs] == [49, 49]
    assert len(list(below(shown))) == 1 + 1 + 2 + 1 + 2


@given(
    st.lists(st.sampled_from(["section", "section", "section", "deep", "empty", "page"]), max_size=14),
    st.integers(0, 9),
)
def test_sections_that_are_not_open_are_folded_where_they_are_listed_by_where_they_lead(
    kinds: list[str], opened: int
) -> None:
    items = [
        section(*(page(f"s{at}p{n}", active=at == opened and n == 5) for n in range(9)), title=f"S{at}")
        if kind == "section"
        else section(section(page(f"d{at}")), page("next"), title=f"D{at}") if kind == "deep"
        else section(title=f"E{at}") if kind == "empty"
        else page(f"p{at}")
        for at, kind in enumerate(kinds)
    ]  # fmt: skip
    within = [page("home"), section(page("first"), *items, title="All"), section(page("other"), title="Other")]
    for all_items in (items, within):
        shown, runs = folded(all_items, link, closed)
        assert unfolded(PRUNED.render(items=shown), rows(runs)) == PRUNED.render(items=all_items)
        shown, runs = folded(all_items, link, closed, with_those_before=True)
        html = renumbered(
            unfolded(PRUNED.render(items=shown), rows(runs)) or "", opened_in(shown), opened_in(all_items)
        )
        assert html == PRUNED.render(items=all_items)


def test_of_very_many_sections_few_are_given_to_the_theme() -> None:
    items = [section(page(f"s{at}", active=at == 40), title=f"S{at}") for at in range(100)]
    shown, runs = folded(items, link, closed)
    assert ([len(run) for run in runs], len(shown)) == ([59], 43)
    shown, runs = folded(items, link, closed, with_those_before=True)
    assert ([len(run) for run in runs], len(shown)) == ([59, 40], 5)


@pytest.mark.parametrize("after", ["row-0:\x02address\x03", "", "row-0:\x02title\x03"])
@pytest.mark.parametrize("is_odd", [True, False])
def test_a_theme_that_makes_more_of_a_page_is_noticed(after: str, *, is_odd: bool) -> None:
    """Where two of a run are not alike, or a mark stands elsewhere too, nothing is put in their place."""
    items = [section(*(page(f"p{at}", active=not at) for at in range(9)))]
    shown, runs = folded(items, link)
    html = THEME.render(items=shown, after=after)
    if is_odd:
        html = html.replace("<a ", "<a class='odd' ", 3)
    is_alike = not is_odd and "address" not in after
    assert (unfolded(html, rows(runs)) is not None) == is_alike
