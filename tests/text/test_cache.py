"""The cache gives back what was put there, whole, or nothing; and it is bounded."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from macros.text.cache import Cache, digest, engine


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.get(digest([b"a"])) is None
    cache.put(digest([b"a"]), b"")
    cache.put(digest([b"b"]), b"two\n\x00")
    assert (cache.get(digest([b"a"])), Cache(tmp_path).get(digest([b"b"]))) == (b"", b"two\n\x00")


@given(st.binary(max_size=40), st.data())
def test_what_is_not_whole_is_not_found(entry: bytes, data: st.DataObject) -> None:
    """An entry that is cut short, longer, altered in one byte, or another's, is none."""
    with TemporaryDirectory() as folder:
        cache, key = Cache(Path(folder)), digest([entry])
        cache.put(key, entry)
        (path,) = entries(Path(folder))
        content = path.read_bytes()
        at = data.draw(st.integers(0, len(content) - 1))
        cache.put(digest([b"other", entry]), entry)
        other = next(one.read_bytes() for one in entries(Path(folder)) if one != path)
        spoilt = [content[:at], content + b"x", content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :], other]
        path.write_bytes(data.draw(st.sampled_from(spoilt)))
        assert cache.get(key) is None


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("abcd", b"entry")
    (tmp_path / "ab" / "cd").unlink()
    os.mkfifo(tmp_path / "ab" / "cd")
    assert cache.get("abcd") is None


def test_the_parts_of_a_key_are_told_apart() -> None:
    assert len({digest([b"ab", b"c"]), digest([b"a", b"bc"]), digest([b"abc"]), digest([b"abc", b""])}) == 4
    assert engine(["markdown"]) == engine(["markdown"]) != engine(["markdown", "jinja2"]) != engine(["none-of-these"])


def test_what_was_not_asked_for_the_longest_is_deleted(tmp_path: Path) -> None:
    """What a killed run has left half written goes with the rest."""
    cache, keys = Cache(tmp_path, most=4 * 132), [digest([bytes([at])]) for at in range(6)]
    for at, key in enumerate(keys):
        cache.put(key, bytes(100))
        os.utime(cache._path(key), (at, at))
    (tmp_path / keys[0][:2] / "left-123").write_bytes(bytes(100))
    os.utime(tmp_path / keys[0][:2] / "left-123", (0, 0))
    assert cache.get(keys[0])
    cache.trim()
    assert [cache.get(key) is not None for key in keys] == [True, False, False, True, True, True]
    assert len(entries(tmp_path)) == 4


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    cache = Cache(tmp_path / "file" / "below")
    cache.put(digest([b"a"]), b"a")
    cache.trim()
    assert cache.get(digest([b"a"])) is None
