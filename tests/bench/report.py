"""Reports: what was measured, as tables, and how it stands to its budget."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What was measured against a budget: at most `limit`, or at least it; no value where nothing was measured."""

    what: str
    limit: float
    unit: str
    value: float | None
    is_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether the budget is kept, and how far from it the value is."""
        if self.value is None:
            return "not measured"
        is_kept = self.value >= self.limit if self.is_least else self.value <= self.limit
        by = abs(self.value - self.limit) / (self.limit or 1)
        side = "above" if self.value > self.limit else "below"
        return f"{'kept' if is_kept else 'NOT KEPT'}, {by:.0%} {side} it" if by else "kept, just"


@dataclass(frozen=True)
class Part:
    """What one part of the benchmark found: tables with a heading each, findings, sentences beside them."""

    tables: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]] = ()
    findings: Sequence[Finding] = ()
    remarks: Sequence[str] = ()


def say(text: str) -> None:
    """Tell, beside the report, how far the benchmark is."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def written(parts: Sequence[Part]) -> str:
    """Return the report: the tables of all parts, then every budget with its verdict."""
    lines: list[str] = []
    for part in parts:
        for heading, heads, rows in part.tables:
            lines += [f"## {heading}", "", *table(heads, rows), ""]
        lines += [line for remark in part.remarks for line in (remark, "")]
    rows = [
        (
            finding.what,
            f"{'at least' if finding.is_least else 'at most'} {finding.limit:,g}{finding.unit}",
            "" if finding.value is None else f"{finding.value:,.4g}{finding.unit}",
            finding.verdict,
        )
        for part in parts
        for finding in part.findings
    ]
    return "\n".join([*lines, "## Budgets", "", *table(("what", "budget", "measured", "verdict"), rows)]) + "\n"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table that reads well as it stands, and as Markdown; all columns but the first are right."""
    widths = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        first, *others = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join((first, *others))} |"

    yield line(heads)
    yield f"| {' | '.join('-' * width if not at else '-' * (width - 1) + ':' for at, width in enumerate(widths))} |"
    yield from map(line, rows)
