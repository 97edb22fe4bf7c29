"""Page quality: what Lighthouse says of the real site's pages.

Lighthouse is a package of the npm registry, run by Node.js; it is installed into `.bench/`, which Git passes over,
at the one version below, so that scores can be compared.  It measures as on a middling telephone; what it makes of
speed depends on what else the machine does, which its own index of the machine tells.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests import ROOT
from tests.bench.browser import CHROMIUM, FLAGS
from tests.bench.process import MeasuringError
from tests.bench.report import Finding, Part, say
from tests.bench.serving import serving

VERSION = "12.8.2"
CATEGORIES: Mapping[str, str] = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}
LEAST = 98.0  # of 100, in each category
SLOW = 1000.0  # of Lighthouse's index of the machine: below it, speeds are not to be believed

_CACHE = ROOT / ".bench"
_PASSED = 0.9  # of an audit's score, where Lighthouse draws it in green
_SPEEDS: Mapping[str, str] = {
    "largest-contentful-paint": "LCP, s",
    "total-blocking-time": "TBT, ms",
    "cumulative-layout-shift": "CLS",
}


@dataclass(frozen=True)
class Audit:
    """What one run of Lighthouse says of a page."""

    scores: Mapping[str, float]
    speeds: Mapping[str, float]
    machine: float
    failed: Sequence[str]


def read(report: Mapping[str, object]) -> Audit:
    """Return what a report of Lighthouse says; a category's failed audits are those that count for its score."""
    categories: Mapping[str, dict] = report["categories"]  # type: ignore[assignment,type-arg]
    audits: Mapping[str, dict] = report["audits"]  # type: ignore[assignment,type-arg]
    environment: Mapping[str, float] = report["environment"]  # type: ignore[assignment]
    failed = [
        f"{name}: {audits[reference['id']]['title']} ({reference['id']})"
        for category, name in CATEGORIES.items()
        for reference in categories[category]["auditRefs"]
        if reference["weight"] and (audits[reference["id"]]["score"] or 0) < _PASSED
        and audits[reference["id"]]["scoreDisplayMode"] in ("binary", "numeric")
    ]  # fmt: skip
    return Audit(
        {category: (categories[category]["score"] or 0) * 100 for category in CATEGORIES},
        {audit: audits[audit]["numericValue"] for audit in _SPEEDS},
        environment["benchmarkIndex"],
        failed,
    )


def missing() -> str:
    """Say what Lighthouse needs and is not here, or nothing."""
    if not CHROMIUM:
        return "Lighthouse was left out: it needs Chromium; install it with your system's packages."
    absent = [name for name in ("node", "npm") if not shutil.which(name)]
    return f"Lighthouse was left out: it needs {' and '.join(absent)} (Node.js 18 or later)." if absent else ""


def install() -> Path:
    """Return Lighthouse's command, installed where it is not yet; raises `MeasuringError` if that fails."""
    package = _CACHE / "node_modules" / "lighthouse"
    manifest = package / "package.json"
    if not manifest.is_file() or json.loads(manifest.read_text("utf-8"))["version"] != VERSION:
        say(f"installing Lighthouse {VERSION} into {_CACHE.name}/ …")
        _CACHE.mkdir(exist_ok=True)
        command = [
            "npm",
            "install",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            f"lighthouse@{VERSION}",
        ]
        _run([*command, "--prefix", str(_CACHE)])
    return package / "cli" / "index.js"


def audit(command: Path, address: str) -> Audit:
    """Run Lighthouse on a page."""
    with TemporaryDirectory(prefix="bench-") as temporary:
        report = Path(temporary) / "report.json"
        _run(
            [
                "node", str(command), address, "--quiet", "--output=json", f"--output-path={report}",
                f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
            ]
        )  # fmt: skip
        return read(json.loads(report.read_text("utf-8")))


def _run(command: Sequence[str]) -> None:
    found = subprocess.run(command, capture_output=True, env={**os.environ, "CHROME_PATH": CHROMIUM}, check=False)
    if found.returncode:
        raise MeasuringError(f"{' '.join(command)}:\n{(found.stderr or found.stdout).decode(errors='replace')[-2000:]}")


def part(site: Path, pages: Mapping[str, str], runs: int) -> Part:
    """Return what Lighthouse says of the pages of a site, in the median of runs."""
    if reason := missing():
        return Part(findings=findings({}), remarks=[reason])
    command = install()
    found: dict[str, list[Audit]] = {kind: [] for kind in pages}
    with serving(site) as served:
        for number in range(1, runs + 1):
            for kind, address in pages.items():
                say(f"Lighthouse: {kind}, {number} of {runs} …")
                found[kind].append(audit(command, served.address + address))
    heads = ("page", *CATEGORIES.values(), *_SPEEDS.values())
    rows = [[kind, *_row(audits)] for kind, audits in found.items()]
    failed = sorted({f"- {kind}: {each}" for kind, audits in found.items() for each in audits[-1].failed})
    machine = median(audit.machine for audits in found.values() for audit in audits)
    remarks = ["\n".join(["What fails, in the last run:", *failed])] * bool(failed)
    if machine < SLOW:
        remarks.append(
            f"Lighthouse's index of this machine was {machine:.0f}: below {SLOW:.0f} it is slow or busy, and the "
            "scores for performance are lower than those of the pages."
        )
    return Part([(f"Lighthouse {VERSION}, median of {runs}", heads, rows)], findings(found), remarks)


def _row(audits: Sequence[Audit]) -> list[str]:
    speeds = {name: median(audit.speeds[name] for audit in audits) for name in _SPEEDS}
    return [
        *(f"{median(audit.scores[category] for audit in audits):.0f}" for category in CATEGORIES),
        f"{speeds['largest-contentful-paint'] / 1000:.1f}",
        f"{speeds['total-blocking-time']:.0f}",
        f"{speeds['cumulative-layout-shift']:.3f}",
    ]


def findings(found: Mapping[str, Sequence[Audit]]) -> list[Finding]:
    """Return, for each category, the score of the page that has the lowest."""
    return [
        Finding(
            f"Lighthouse, {name}, the lowest of the pages",
            LEAST,
            "",
            min((median(audit.scores[category] for audit in audits) for audits in found.values()), default=None),
            is_least=True,
        )
        for category, name in CATEGORIES.items()
    ]
