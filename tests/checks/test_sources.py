"""Sources: a bibliography is missed where something stands in it, and nowhere else."""

from pathlib import Path

import pytest

from macros.checks.run import check
from macros.model.loading import load


@pytest.mark.parametrize(
    ("cited", "rules"),
    [("ferry-2001", []), ("ferry-2001#fares", []), ("chronicle", ["bibliography-is-readable"])],
)
def test_a_bibliography_is_missed_only_where_a_source_is_cited(cited: str, rules: list[str], tmp_path: Path) -> None:
    record = "---\nkind: declaration\ntitle: Ferry\ndate: 2001-05-11\nrights: Free.\n---\n\n# Ferry\n\n## Fares { #fares }\n\nOurs.\n"
    (tmp_path / "declarations").mkdir()
    (tmp_path / "declarations" / "ferry-2001.md").write_text(record, "utf-8")
    (tmp_path / "index.md").write_text(f'# Home\n\nSaid there.{{{{ cite("{cited}") }}}}\n', "utf-8")
    assert [problem.rule for problem in check(load(tmp_path))] == rules
