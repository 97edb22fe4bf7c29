"""A pack gives back the folder that it was made of, and writes nothing outside of the one that it is given."""

from pathlib import Path

import pytest

from macros.site.packing import packed, unpack


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_comes_back_as_it_was(tmp_path: Path) -> None:
    files = {"a": b"", "b/c.d": b"\n[]\n", "b/e/ü": bytes(range(256)), "z": b"z"}
    unpack(packed(files), tmp_path / "two" / "below")
    assert contents(tmp_path / "two" / "below") == files


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/x"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        unpack(f'[["{name}", 1]]\nx'.encode(), tmp_path / "two")
    assert list(tmp_path.iterdir()) == []
