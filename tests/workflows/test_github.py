"""What GitHub runs and shows: the laws that neither zizmor nor a schema knows."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import pages
from macros.model.finding import SINCE, VERDICTS
from tests import ROOT
from tests.sites import COLLECTION, TOWNS

GITHUB = ROOT / ".github"
WORKFLOWS = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in sorted(GITHUB.glob("workflows/*.yml"))}
FORMS = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in sorted(GITHUB.glob("ISSUE_TEMPLATE/*.yml"))}
JOBS = [(f"{file}:{name}", job) for file, workflow in WORKFLOWS.items() for name, job in workflow["jobs"].items()]
LOST = {step["name"]: step for step in WORKFLOWS["pull-request.yml"]["jobs"]["lost"]["steps"] if "name" in step}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)) | {".venv/.ready"}


def triggers(workflow: dict[Any, Any]) -> dict[str, Any]:
    given: dict[str, Any] = workflow[True]  # YAML 1.1 reads `on` as a truth value
    return given


def runs(job: dict[str, Any]) -> Iterator[str]:
    return (step["run"] for step in job["steps"] if "run" in step)


def may_write(job: dict[str, Any]) -> bool:
    return "write" in job.get("permissions", {}).values()


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_do_nothing_but_read_unless_a_job_says_so(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert set(workflow["permissions"].values()) <= {"read"}
    assert "pull_request_target" not in triggers(workflow)
    if "pull_request" in triggers(workflow):
        assert [job for job in workflow["jobs"].values() if may_write(job)] == []
        assert "secrets." not in (GITHUB / "workflows" / name).read_text("utf-8")


@pytest.mark.parametrize(("name", "job"), JOBS, ids=[name for name, _ in JOBS])
def test_no_expression_is_pasted_into_a_script(name: str, job: dict[str, Any]) -> None:
    assert [script for script in runs(job) if "${{" in script] == []


PRIVILEGED = [(name, job) for name, job in JOBS if may_write(job) or name.startswith("preview.yml")]


@pytest.mark.parametrize(("name", "job"), PRIVILEGED, ids=[name for name, _ in PRIVILEGED])
def test_who_may_write_runs_nothing_that_others_wrote(name: str, job: dict[str, Any]) -> None:
    for step in job["steps"]:
        if "uses" in step:
            assert step["uses"].startswith("actions/checkout@")
            # No `ref` and no `repository`: the commit that the workflow itself comes from.
            assert step["with"] == {"sparse-checkout": ".github\nmacros/text\n", "persist-credentials": False}
    commands = {line.split()[0] for script in runs(job) for line in script.splitlines() if line.strip()}
    assert commands & {"make", "pip", "bash", "sh", "source"} == set()
    started = re.findall(r"python\S* .*", "\n".join(runs(job)))
    assert [each for each in started if not each.startswith("python3 .github/pages.py ")] == []
    assert ".venv" not in "\n".join(runs(job))


@pytest.mark.parametrize(("name", "job"), JOBS, ids=[name for name, _ in JOBS])
def test_nothing_is_published_without_permission(name: str, job: dict[str, Any]) -> None:
    if job.get("permissions", {}).get("contents") == "write":
        before = WORKFLOWS[name.partition(":")[0]]["jobs"].get(job.get("needs"), {})
        assert "vars.PUBLISH == 'permitted'" in job.get("if", "") + before.get("if", "")


def test_a_preview_is_built_as_the_site_is() -> None:
    built = [job["env"] for _, job in JOBS if "SITE_URL" in job.get("env", {})]
    assert len(built) == 2
    assert built[0] == built[1]
    assert set(built[0]) == set(re.findall(r"!ENV \[(\w+_UR[LI])", TOWNS.read_text("utf-8")))
    given = [step["env"] for step in WORKFLOWS["preview.yml"]["jobs"]["publish"]["steps"] if "env" in step]
    assert given[0]["SITE_URL"] == built[0]["SITE_URL"]


def test_what_one_workflow_calls_a_thing_the_next_calls_it_too() -> None:
    source, preview = WORKFLOWS["pull-request.yml"], WORKFLOWS["preview.yml"]
    assert triggers(preview)["workflow_run"]["workflows"] == [source["name"]]
    uploads = [step["with"]["name"] for step in source["jobs"]["site"]["steps"] if "upload-artifact" in str(step)]
    assert uploads == [pages.ARTIFACT]
    assert f'startswith("{pages.MARK}")' in "".join(runs(preview["jobs"]["comment"]))
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"`{pages.FOR_OTHERS}`" in readme
    assert "`PUBLISH`" in readme
    assert "`permitted`" in readme


def ran(script: str, folder: Path, commands: dict[str, str], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner does, with commands that a test stands in for."""
    for name, content in commands.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{content}\n")
        path.chmod(0o755)
    environment = {"PATH": f"{folder}:/usr/bin:/bin", **variables}
    return subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("status", "agreed", "code", "said"),
    [
        ("0", "false", 0, "Nothing is lost."),
        ("1", "true", 0, "::warning title=Something is lost, and that is agreed::"),
        ("1", "false", 1, "::error title=Something is lost::"),
        ("1", "", 1, "::error title=Something is lost::"),
        ("2", "true", 1, "::error title=What the change touches is not known::"),
        ("3", "true", 1, "::error title=What the change touches is not known::"),
        ("", "true", 1, "::error title=What the change touches is not known::"),
    ],
)
def test_only_what_is_lost_is_called_so_and_only_a_label_lets_it_go(
    status: str, agreed: str, code: int, said: str, tmp_path: Path
) -> None:
    step = LOST["Judge"]
    label = step["env"]["LABEL"]
    assert f"`{label}`" in (ROOT / "README.md").read_text("utf-8")
    done = ran(step["run"], tmp_path, {"gh": f"echo '{agreed}'"}, STATUS=status, NUMBER="7", LABEL=label)
    assert done.returncode == code
    assert done.stdout.startswith(said)


@pytest.mark.parametrize(
    ("python", "status"),
    [
        ("echo '# Impact'", "0"),
        ("echo '# Impact'; exit 1", "1"),
        ("exit 1", "3"),  # Python that could not begin
        ("exit 2", "2"),
        ("exit 3", "3"),
    ],
)
def test_a_fault_is_told_from_a_loss(python: str, status: str, tmp_path: Path) -> None:
    summary, output = tmp_path / "summary", tmp_path / "output"
    variables = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output), "MERGED": "abc"}
    done = ran(LOST["Say what the change touches"]["run"], tmp_path, {".venv/bin/python": python}, **variables)
    assert done.returncode == 0
    assert output.read_text() == f"status={status}\n"
    assert summary.read_text() == (tmp_path / "impact.md").read_text()


def test_the_judge_is_of_the_default_branch_and_takes_nothing_from_the_pull_request_but_its_texts() -> None:
    job = WORKFLOWS["pull-request.yml"]["jobs"]["lost"]
    assert "needs" not in job
    checkout, python = (step for step in job["steps"] if "uses" in step)
    assert checkout["with"] == {"ref": "${{ github.event.repository.default_branch }}", "persist-credentials": False}
    assert "cache" not in python["with"]
    assert [step for step in job["steps"] if "git checkout" in step.get("run", "")] == []
    assert LOST["Judge"]["env"]["STATUS"] == "${{ steps.impact.outputs.status }}"
    assert LOST["Say what the change touches"]["id"] == "impact"


def git(folder: Path, *arguments: str) -> str:
    author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    done = subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.mark.long
def test_a_pull_request_cannot_call_itself_harmless(tmp_path: Path) -> None:
    """The steps of the job, run against a repository that stands in for GitHub's, with the real engine."""
    origin, runner = tmp_path / "origin", tmp_path / "runner"
    shutil.copytree(COLLECTION, origin / "docs")
    shutil.copytree(ROOT / "macros", origin / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    git(origin, "init", "--quiet", "--initial-branch=main")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")  # as GitHub has it
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message=main")
    git(origin, "checkout", "--quiet", "-b", "change")
    (origin / "macros/__main__.py").write_text("print('forged')\n")
    (origin / "sitecustomize.py").write_text("print('forged')\n")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=main", origin.as_uri(), str(runner))
    python = {".venv/bin/python": f'exec {shlex.quote(sys.executable)} "$@"'}
    notes = origin / "docs/notes/all-hours.md"
    for status, id in (("0", "safe"), ("1", "gone")):  # nothing is lost, then a note
        notes.write_text(notes.read_text("utf-8").replace("{ #safe", f"{{ #{id}"), "utf-8")
        git(origin, "add", "--all")
        git(origin, "commit", "--quiet", "--message=change")
        git(origin, "checkout", "--quiet", "main")
        git(origin, "merge", "--quiet", "--no-ff", "--message=trial", "change")
        merged = git(origin, "rev-parse", "HEAD")
        git(origin, "reset", "--quiet", "--hard", "HEAD^1")
        git(origin, "checkout", "--quiet", "change")
        summary, output = tmp_path / f"summary-{id}", tmp_path / f"output-{id}"
        variables = {"MERGED": merged, "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
        for name in ("Fetch the pull request", "Say what the change touches"):
            done = ran(LOST[name]["run"], runner, python, **variables)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert output.read_text() == f"status={status}\n"
        assert "forged" not in summary.read_text()
        assert not (runner / "sitecustomize.py").exists()


def owner(path: str) -> str:
    """Return who owns a file by the lines of CODEOWNERS that wait to be filled in: the last that fits."""
    lines = re.findall(r"^# (\*|/\S+) +(@.*)$", (GITHUB / "CODEOWNERS").read_text("utf-8"), re.MULTILINE)
    found: list[str] = [names for place, names in lines if place == "*" or f"/{path}".startswith(place)]
    return found[-1]


def test_whatever_runs_is_owned_by_who_can_judge_it() -> None:
    files = git(ROOT, "ls-files").splitlines()
    texts = re.compile(r"docs/(?!assets/).*\.(?:md|bib|txt)|[^/]*\.(?:md|cff)|LICENSE|NOTICE|\.gitignore")
    assert {path for path in files if not texts.fullmatch(path) and owner(path) != "@an-engineer"} == set()
    assert owner("docs/notes/x.md") == "@an-editor"
    assert owner("docs/commentary/x.md") == "@an-editor @the-author"


def test_who_is_asked_for_consent_sees_the_commit_and_no_build_cuts_off_a_sweep() -> None:
    preview = WORKFLOWS["preview.yml"]
    for part in ("head_branch", "head_sha"):
        assert f"github.event.workflow_run.{part}" in preview["run-name"]
    assert "'skipped') && 'sweep' ||" in preview["concurrency"]["group"]
    assert "conclusion != 'skipped'" in preview["concurrency"]["cancel-in-progress"]


def test_what_is_made_can_be_made() -> None:
    scripts = [script for _, job in JOBS for script in runs(job)]
    scripts.append((ROOT / ".ci/run").read_text("utf-8"))
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))
    scripts += [container["postCreateCommand"], container["postAttachCommand"]]
    made = {target for script in scripts for call in re.findall(r"make ([\w ./-]+)", script) for target in call.split()}
    assert {"check", "test", "site", "serve", "hooks", "newest"} <= made
    assert made - TARGETS == set()
    (port,) = container["forwardPorts"]
    assert f":{port}\n" in (ROOT / "Makefile").read_text("utf-8")


def test_the_form_has_the_fields_that_the_links_of_the_site_fill_in() -> None:
    fields = [field["id"] for field in FORMS["passage.yml"]["body"] if "id" in field]
    assert fields == ["address", "words", "place", "problem", "source"]


@pytest.mark.parametrize("form", ["note.yml", "verdict.yml"])
def test_the_forms_offer_every_verdict(form: str) -> None:
    fields = {field["id"]: field["attributes"] for field in FORMS[form]["body"] if "id" in field}
    assert fields["verdict"]["options"] == [*(word.capitalize() for word in VERDICTS), "I am not sure"]
    if "since" in fields:
        assert fields["since"]["options"][1:] == [word.capitalize() for word in SINCE]


def test_hooks_run_what_the_project_brings() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    locked = (ROOT / "requirements.txt").read_text("utf-8")
    for repository in config["repos"]:
        assert repository["repo"] == "local", (
            "a hook from elsewhere would be fetched and run on each contributor's machine"
        )
        for hook in repository["hooks"]:
            tool = hook["entry"].split()[0].removeprefix(".venv/bin/")
            assert tool == "python" or f"\n{tool}==" in locked
