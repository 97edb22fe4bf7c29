"""Publish on the branch that GitHub Pages serves: the site at its root, previews of pull requests in `previews/`.

    python3 .github/pages.py site FOLDER   puts a built site at the root; previews stay as they are
    python3 .github/pages.py examine       finds the pull request that a run has built, and who must agree
    python3 .github/pages.py preview       publishes what that run has built, and writes the comment that says so
    python3 .github/pages.py sweep         takes away the previews of pull requests that are no longer open

This runs with a token that may write to the repository, so it needs nothing but Python, `git`, `gh` and one module of
the engine, the default branch's, which says what a picture may be.  It never runs what it publishes: what a pull
request has built is data from a stranger, read within the limits below.
Files go into the branch without ever being checked out, and the branch is always one commit without a past:
the site can be built again at any time, and what is withdrawn is gone.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import secrets
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # beside it, as in the checkout, stands macros/text

from macros.text import picture

BRANCH = "refs/heads/gh-pages"
ARTIFACT = "preview"
MARK = "<!-- preview -->"
"""How the comment on a pull request begins, so that the next one replaces it."""

MOST_BYTES = 50_000_000  # of one preview, unpacked
MOST_IN_ALL = 500_000_000  # of all previews together: GitHub Pages serves a gigabyte
MOST_FILES = 50_000
# No name begins with a dot; nothing in a name means anything to a shell, to Git, to Markdown or to an address.
NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}/){0,9}[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
# What pages are made of.  A preview is no place for downloads.
SUFFIXES = set(
    ".html .css .js .json .txt .bib .ris .svg .png .jpg .jpeg .gif .webp .avif .ico .woff .woff2 .idx".split()
)
# For crawlers and for debuggers: a preview is to be found by neither.
LEFT_OUT = {".xml", ".gz", ".map"}
HEADERS = "_headers"
"""What a host would send with pages, where it takes that from a file; this one does not, and a preview says its own."""

# Stands before all that a stranger wrote, so that nothing there can undo it.  No search engine keeps the page; what it
# loads, sends and starts comes from this site and goes to it.  That is a hedge, no wall: links lead anywhere, and a
# script may reach into a page of the site that has no such policy.  No worker may be started, so that none that
# outlives the preview is left behind by the page itself; search does without.  A browser reads on after it as if it
# were the page's own head.
HEAD = (
    b'<!doctype html><meta charset="utf-8"><meta name="robots" content="noindex, nofollow">'
    b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self' 'unsafe-inline' data: blob:; "
    b"script-src 'self' 'unsafe-inline'; worker-src 'none'; object-src 'none'; base-uri 'self'; "
    b"form-action 'self'\">\n"
)

FOR_OURS, FOR_OTHERS = "preview", "preview-reviewed"
"""The environments in which previews are published: of branches of this repository, and of all others."""

UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, RuntimeError, OSError, ValueError, OverflowError,
)  # fmt: skip
"""What the standard library raises over an archive that is none, or is damaged, or lies."""

AUTHOR = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (
        ("NAME", "github-actions[bot]"),
        ("EMAIL", "41898282+github-actions[bot]@users.noreply.github.com"),
    )
}


class RefusalError(Exception):
    """What was built cannot be published; the message says why."""


@dataclass(frozen=True)
class Received:
    """What a run says of itself.  The number is a claim until the pull request is asked."""

    number: int
    impact: str


def unpack(archive: Path, folder: Path) -> Received:
    """Write the pages of an artifact into a folder, marked as a preview; raise RefusalError for what may not be."""
    texts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(archive) as zipped:
            members = [member for member in zipped.infolist() if not member.is_dir()]
            if len(members) > MOST_FILES:
                raise RefusalError(f"The artifact has more than {MOST_FILES} files.")
            room = MOST_BYTES
            for member in members:
                path = member.filename
                if not NAME.fullmatch(path):
                    raise RefusalError(f"The artifact has a file with an unfit name: {path[:200]!r}.")
                if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise RefusalError(f"The artifact packs {path!r} in a way that GitHub does not.")
                with zipped.open(member) as stream:
                    content = stream.read(room + 1)  # the size a member declares proves nothing
                room -= len(content)
                if room < 0:
                    raise RefusalError(f"The artifact has more than {MOST_BYTES} bytes.")
                if path in {"number", "impact.md"}:
                    texts[path] = content
                elif not path.startswith("site/"):
                    raise RefusalError(f"The artifact has a file that belongs nowhere: {path!r}.")
                else:
                    _write(folder, path.removeprefix("site/"), content)
    except UNREADABLE as error:
        raise RefusalError(f"The artifact cannot be read: {error}.") from error
    if not re.fullmatch(rb"[1-9][0-9]{0,8}\n?", texts.get("number", b"")):
        raise RefusalError("The artifact does not say which pull request it is for.")
    if not (folder / "index.html").is_file():
        raise RefusalError("The artifact has no site.")
    return Received(int(texts["number"]), texts.get("impact.md", b"").decode("utf-8", "replace"))


def _write(folder: Path, path: str, content: bytes) -> None:
    suffix = Path(path).suffix
    if suffix in LEFT_OUT or path == HEADERS:
        return
    if suffix not in SUFFIXES:
        raise RefusalError(f"A preview may not have files like {path!r}.")
    if suffix in picture.BEGINNINGS and (why := picture.fault(suffix, content)):
        raise RefusalError(f"A preview may not have pictures like {path!r}: {why}.")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(HEAD + content if suffix == ".html" else content)


def refusal(pull: dict[str, Any], run: dict[str, Any]) -> str:
    """Say why a run cannot have built a pull request as it stands, or nothing."""
    head = pull["head"]
    if pull["state"] != "open":
        return "The pull request is no longer open."
    if head["sha"] != run["head_sha"]:
        return "The pull request has moved on, or is another one."
    if (
        not head["repo"]
        or head["repo"]["id"] != (run["head_repository"] or {}).get("id")
        or head["ref"] != run["head_branch"]
    ):
        return "The run belongs to another branch than the pull request."
    return ""


def environment(pull: dict[str, Any], environments: Sequence[dict[str, Any]]) -> str:
    """Return the environment in which a preview is published; raise RefusalError where that of others has no guard.

    What counts is whose the repository is that the commit was pushed to.  Into a branch of this one only those push who
    may write here.  Into any other its owner lets whom he likes, whoever has opened the pull request: a preview is any
    page and any script on the site's origin, so that each push from there waits for consent.

    GitHub makes an environment that does not exist, open to all, so it has to be looked at first.
    """
    if pull["head"]["repo"]["id"] == pull["base"]["repo"]["id"]:
        return FOR_OURS
    guarded = {
        each["name"]
        for each in environments
        if any(rule["type"] == "required_reviewers" for rule in each.get("protection_rules", []))
    }
    if FOR_OTHERS not in guarded:
        raise RefusalError(
            f"This pull request comes from another repository, and no environment '{FOR_OTHERS}' has required "
            "reviewers who could agree to a preview: see 'Publish' in the README."
        )
    return FOR_OTHERS


def article(page: bytes) -> bytes:
    """Return what a page says, without the navigation around it."""
    begin, end = page.find(b"<article"), page.rfind(b"</article>")
    return page[begin:end] if 0 <= begin < end else page


def changed(folder: Path, published: Callable[[str], bytes | None]) -> list[str]:
    """Return the pages below a folder that say something else than the published ones, as paths from the root."""
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return [page for page in pages if article((folder / page).read_bytes()) != article(published(page) or b"")]


def comment(site: str, received: Received, sha: str, pages: Sequence[str]) -> str:
    """Return the comment on a pull request: where its preview is, and which pages it changes."""
    root = f"{site.rstrip('/')}/previews/pr-{received.number}/"
    shown = [page.removesuffix("index.html") for page in pages][:50]
    lines = [MARK, f"**[Preview of this pull request]({root})**, as of {sha[:7]}.", ""]
    lines += ["It changes these pages:" if shown else "No page reads differently from the published site.", ""]
    lines += [f"- [`{page or 'Home'}`]({root}{page})" for page in shown]
    if len(pages) > len(shown):
        lines.append(f"- and {len(pages) - len(shown)} more")
    if impact := printable(received.impact):
        # Quoted, not rendered: a stranger's text is not to link, to address anyone or to show pictures here.
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", impact)), default=0))
        lines += ["", "<details><summary>What the change touches</summary>", ""]
        lines += [f"{fence}markdown", impact, fence, "", "</details>"]
    lines += ["", "It may take a minute or two to appear, and goes when the pull request is closed."]
    return "\n".join(lines) + "\n"


def printable(text: str) -> str:
    """Return a text cut to what a comment can hold, without characters that only steer."""
    return "".join(c for c in text[:20_000] if c in "\n\t" or unicodedata.category(c)[0] != "C").strip()


class Branch:
    """The branch that is served, in a repository of its own beside the one that is checked out."""

    def __init__(self, remote: str, scratch: Path) -> None:
        self.remote = remote
        self.places = {"GIT_DIR": str(scratch / "git"), "GIT_WORK_TREE": str(scratch)}
        self.git("init", "--quiet")

    def git(self, *arguments: str, **variables: str) -> str:
        """Run Git and return what it prints."""
        return self.raw(*arguments, **variables).decode().strip()

    def raw(self, *arguments: str, **variables: str) -> bytes:
        """Run Git and return its bytes; it asks `gh` for the token, and obeys no file of attributes."""
        settings = ["-c", "credential.helper=!gh auth git-credential", "-c", f"core.attributesFile={os.devnull}"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        places = {**kept, **AUTHOR, **self.places, **variables}
        return subprocess.run(["git", *settings, *arguments], check=True, capture_output=True, env=places).stdout

    def newest(self) -> str:
        """Fetch the branch and return its commit, or nothing if there is none yet."""
        if not self.git("ls-remote", self.remote, BRANCH):
            return ""
        self.git("fetch", "--quiet", "--depth=1", self.remote, f"+{BRANCH}:{BRANCH}")
        return self.git("rev-parse", BRANCH)

    def entries(self, treeish: str) -> list[str]:
        """Return the names that stand in a folder of a commit."""
        return self.git("ls-tree", "--name-only", treeish).splitlines()

    def size(self, treeish: str, place: str) -> int:
        """Return the bytes of all files below a place of a commit or tree."""
        sizes = self.git("ls-tree", "-r", "-z", "--format=%(objectsize)", treeish, place).split("\0")
        return sum(int(size) for size in sizes if size)

    def page(self, commit: str, path: str) -> bytes | None:
        """Return a file of a commit, or None where it has none."""
        try:
            return self.raw("cat-file", "blob", f"{commit}:{path}")
        except subprocess.CalledProcessError:
            return None

    def tree(self, folder: Path) -> str:
        """Store a folder's files and return their tree."""
        own = {"GIT_WORK_TREE": str(folder.resolve()), "GIT_INDEX_FILE": f"{self.places['GIT_DIR']}/index.folder"}
        self.git("read-tree", "--empty", **own)
        self.git("add", "--all", "--force", ".", **own)
        return self.git("write-tree", **own)

    def commit(self, message: str, stage: Callable[[str], None]) -> None:
        """Make what `stage` puts into the index the branch's one commit; begin again where another came first."""
        for attempt in range(5):
            old = self.newest()
            self.git("read-tree", *([old] if old else ["--empty"]))
            before = self.git("write-tree")
            stage(old)
            tree = self.git("write-tree")
            if tree == before:
                return
            new = self.git("commit-tree", tree, "-m", message)
            try:
                self.git("push", "--quiet", f"--force-with-lease={BRANCH}:{old}", self.remote, f"{new}:{BRANCH}")
            except subprocess.CalledProcessError:
                if attempt == 4:
                    raise
            else:
                return


def publish_site(branch: Branch, folder: Path) -> None:
    """Put a built site at the root; the previews stay, and so does the domain that the settings have written there."""
    if (folder / "previews").exists():
        raise RefusalError("The site has a folder 'previews', which is kept for previews of pull requests.")
    (folder / ".nojekyll").touch()
    tree = branch.tree(folder)

    def stage(old: str) -> None:
        names = branch.entries(old) if old else []
        branch.git("read-tree", tree)
        if "previews" in names:
            branch.git("read-tree", "--prefix=previews/", f"{old}:previews")
        if "CNAME" in names and not (folder / "CNAME").exists():
            blob = branch.git("rev-parse", f"{old}:CNAME")
            branch.git("update-index", "--add", "--cacheinfo", f"100644,{blob},CNAME")

    branch.commit("Publish the site", stage)


def publish_preview(branch: Branch, folder: Path, number: int) -> None:
    """Put a preview into its folder, in place of the one before; raise RefusalError where all take too much room."""
    tree, place = branch.tree(folder), f"previews/pr-{number}/"

    def stage(old: str) -> None:
        branch.git("rm", "-r", "--cached", "--quiet", "--force", "--ignore-unmatch", place)
        branch.git("read-tree", f"--prefix={place}", tree)
        if branch.size(branch.git("write-tree"), "previews/") > MOST_IN_ALL:
            raise RefusalError(
                f"All previews together would have more than {MOST_IN_ALL} bytes: close pull requests that nobody "
                "works on, and run this again."
            )

    branch.commit(f"Preview pull request {number}", stage)


def sweep(branch: Branch, is_open: Callable[[int], bool]) -> None:
    """Take away every preview whose pull request is no longer open."""
    known: dict[str, bool] = {}

    def stage(old: str) -> None:
        for name in branch.entries(f"{old}:previews") if old and "previews" in branch.entries(old) else []:
            number = name.removeprefix("pr-")
            if name not in known:
                known[name] = number.isdigit() and is_open(int(number))
            if not known[name]:
                branch.git("rm", "-r", "--cached", "--quiet", "--force", f"previews/{name}")

    branch.commit("Remove previews of closed pull requests", stage)


def api(path: str) -> Any:
    """Return what GitHub's API answers about this repository."""
    address = f"repos/{os.environ['GITHUB_REPOSITORY']}/{path}"
    return json.loads(subprocess.run(["gh", "api", address], check=True, capture_output=True).stdout)


def receive(run: dict[str, Any], folder: Path, scratch: Path) -> tuple[Received, dict[str, Any]] | None:
    """Fetch what a run has built and the pull request it is for; None where it has built nothing."""
    found = api(f"actions/runs/{run['id']}/artifacts?name={ARTIFACT}")["artifacts"]
    if not found:
        return None
    if found[0]["expired"] or found[0]["size_in_bytes"] > MOST_BYTES:
        raise RefusalError("The artifact has expired or is too big.")
    archive = scratch / "artifact.zip"
    with archive.open("wb") as stream:
        address = f"repos/{os.environ['GITHUB_REPOSITORY']}/actions/artifacts/{found[0]['id']}/zip"
        subprocess.run(["gh", "api", address], check=True, stdout=stream, stderr=subprocess.PIPE)
    received = unpack(archive, folder)
    pull = api(f"pulls/{received.number}")
    if why := refusal(pull, run):
        raise RefusalError(why)
    return received, pull


def put_out(**outputs: str) -> None:
    """Hand values to the next job."""
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as stream:
        for name, value in outputs.items():
            end = secrets.token_hex(16)
            stream.write(f"{name}<<{end}\n{value}\n{end}\n")


def main(arguments: Sequence[str]) -> int:
    """Run a command; return 0 where all is well."""
    with tempfile.TemporaryDirectory() as name:
        try:
            _run(arguments, Path(name))
        except RefusalError as error:
            sys.stdout.write(f"::error title=Nothing was published::{error}\n")
            return 1
        except subprocess.CalledProcessError as error:
            sys.stderr.buffer.write(error.stderr or b"")
            sys.stdout.write(f"::error title=Nothing was published::{error.cmd[0]} failed, see above.\n")
            return 1
    return 0


def _run(arguments: Sequence[str], scratch: Path) -> None:
    remote = f"{os.environ['GITHUB_SERVER_URL']}/{os.environ['GITHUB_REPOSITORY']}.git"
    match arguments:
        case ["site", built]:
            publish_site(Branch(remote, scratch), Path(built))
        case ["sweep"]:
            sweep(Branch(remote, scratch), lambda number: bool(api(f"pulls/{number}")["state"] == "open"))
        case ["examine" | "preview" as command]:
            run = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))["workflow_run"]
            folder = scratch / "site"
            if not (given := receive(run, folder, scratch)):
                sys.stdout.write("The run has built no site, so there is nothing to preview.\n")
                return
            received, pull = given
            if command == "examine":
                environments = api("environments?per_page=100")["environments"]
                put_out(environment=environment(pull, environments))
                return
            branch = Branch(remote, scratch)
            old = branch.newest()
            pages = changed(folder, lambda path: branch.page(old, path) if old else None)
            publish_preview(branch, folder, received.number)
            body = comment(os.environ["SITE_URL"], received, run["head_sha"], pages)
            put_out(number=str(received.number), comment=body)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
