"""Laws of how a received text is written."""

from hypothesis import given
from hypothesis import strategies as st

from macros.text.notation import known

EMPHASISED = st.lists(st.sampled_from(["*", "**", "a", "b1", "é", " ", ".", "_", "\\*", "\n"]), max_size=16)


@given(EMPHASISED.map("".join))
def test_emphasis_is_known_by_itself_as_it_is_beside_a_link(text: str) -> None:
    assert (known(f"a {text}") is None) == (known(f"[x](y) {text}") is None)
