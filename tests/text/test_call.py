"""Calls are found where they are, accepted only as literal calls, and never run."""

import string
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from macros.text.call import UNPRINTABLE, parse_calls
from macros.text.markup import mask
from macros.text.problem import Position
from macros.text.reading import parse

PARTS = st.lists(
    st.sampled_from(
        [
            "{{ a() }}",
            '{{ b("x", y=2) }}',
            "{% call c() %}",
            "{% endcall %}",
            "{{",
            "}}",
            "{%",
            "%}",
            "words",
            "\n\n",
            "`{{ d() }}`",
            "“",
            '"',
            "'",
            "*",
        ]
    ),
    max_size=12,
).map(" ".join)


def place(offset: int) -> Position:
    return Position("x.md", 1, offset + 1)


@given(PARTS | st.text(alphabet=string.printable, max_size=120))
def test_any_text_parses_to_calls_and_broken_stretches(text: str) -> None:
    calls, broken = parse_calls(text, mask(text), place)
    spans = sorted([span for call in calls for span in call.tags] + [span for item in broken for span in item.tags])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for call in calls:
        assert text[call.start : call.start + 2] in ("{{", "{%")
        assert not call.close or call.end <= call.close[0]


@given(st.text(max_size=30), st.integers(0, 10**6))
def test_arguments_come_back_as_written(text: str, number: int) -> None:
    written = UNPRINTABLE.sub("", text.replace("\\", "").replace('"', "").replace("\r", "").replace("\n", " "))
    source, _ = parse(f'{{{{ name("{written}", key={number}) }}}}', "x.md", "x.md")
    if source.calls:
        assert source.calls[0].arguments == (written.expandtabs(4),) or "\t" in written
        assert source.calls[0].keywords == {"key": number}


def test_lines_and_columns_are_the_files() -> None:
    source, _ = parse('---\ntitle: a\n---\n\nText {{ x("a") }}\n\n{% call y("b") %}c{% endcall %}\n', "x.md", "x.md")
    assert [(call.name, source.place(call.start)) for call in source.calls] == [("x", "x.md:5"), ("y", "x.md:7")]
    assert [source.position(call.start).column for call in source.calls] == [6, 1]


def test_nested_calls_close_each_their_own() -> None:
    body = '{% call a("1") %}x {% call b("2") %}y{% endcall %} z{% endcall %}'
    calls, broken = parse_calls(body, body, place)
    assert [(call.name, body[call.end : call.close[0]] if call.close else "") for call in calls] == [
        ("a", 'x {% call b("2") %}y{% endcall %} z'),
        ("b", "y"),
    ]
    assert broken == ()


ARGUMENTS = st.lists(st.text(alphabet=st.characters(exclude_characters='"\\\r\t'), max_size=20), max_size=3)


@given(ARGUMENTS, st.sampled_from(["{{ name@(%s) }}", "{%% call name@(%s) %%}x{%% endcall %%}", "{%%call not@(%s)%%}"]))
def test_a_plain_call_is_read_as_jinja_reads_it(texts: list[str], form: str) -> None:
    written = form % UNPRINTABLE.sub("", ", ".join(f'"{text}"' for text in texts))
    # A space before the bracket is more than the quick way reads, so that Jinja's parser reads the second one.
    (plain, faults), (slow, more) = (
        parse_calls(body, body, place) for body in (written.replace("@(", "(", 1), written.replace("@(", " (", 1))
    )
    assert [(call.name, call.arguments, call.keywords, call.start) for call in plain] == [
        (call.name, call.arguments, call.keywords, call.start) for call in slow
    ]
    assert [fault.start for fault in faults] == [fault.start for fault in more]
