"""Fetching: a page or file from its address, politely, again after a fault, and from where it broke off."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from ... import __version__

USER_AGENT = f"annotated-edition/{__version__} (imports official texts, one page at a time)"
LARGEST = 20_000_000  # bytes: an official text has some hundred thousand
TIMEOUTS = (10.0, 30.0)  # seconds to connect, and between two pieces
ATTEMPTS = 4
# Where nothing answers at all, `requests` lets the error of the library below it through.
_BROKEN = (
    requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError, HTTPError
)  # fmt: skip
_LABEL = ".label"  # of the file that says which state of a page the bytes beside it belong to

Progress = Callable[[int, int | None], None]
"""Called with the bytes so far and the bytes in all, as far as that is known."""


class FetchError(Exception):
    """A page could not be had; the message is one sentence for the contributor."""


@dataclass(frozen=True)
class Fetched:
    """What was got: the bytes, the address that they came from in the end, and the encoding that the server names."""

    content: bytes
    address: str
    charset: str = ""

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF, by its own first bytes and not by what a server says."""
        return self.content[:1024].lstrip().startswith(b"%PDF-")


def fetch(source: str, cache: Path, progress: Progress = lambda done, total: None, *, pause: float = 1.0) -> Fetched:
    """Get an address or a local file; what came before a break is kept in `cache` and taken up again.

    `pause` is the number of seconds before the second attempt; it doubles with each. Raises `FetchError`.
    """
    if not source.lower().startswith(("http:", "https:")):
        return _read(Path(source))
    part = cache / f"{hashlib.sha256(source.encode()).hexdigest()[:24]}.part"
    cache.mkdir(parents=True, exist_ok=True)
    with _session(pause) as session:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                fetched = _get(session, source, part, progress)
            except _BROKEN as error:
                if attempt == ATTEMPTS:
                    held = part.stat().st_size if part.exists() else 0
                    kept = f"; the first {held:,} bytes are kept and taken up the next time" if held else ""
                    raise FetchError(
                        f"{source} did not answer in full after {ATTEMPTS} attempts ({_reason(error)}){kept}"
                    ) from None
                time.sleep(pause * 2 ** (attempt - 1))
            except (requests.RequestException, ValueError) as error:
                raise FetchError(f"{source} could not be fetched: {_reason(error)}") from None
            else:
                part.unlink(missing_ok=True)
                part.with_suffix(_LABEL).unlink(missing_ok=True)
                return fetched
    raise AssertionError("the last attempt returns or raises")


def _read(path: Path) -> Fetched:
    if path.exists() and not path.is_file() and not path.is_dir():  # a pipe may never end
        raise FetchError(f"{path} is no file: give one with --from")
    try:
        return Fetched(path.read_bytes(), path.name)
    except OSError as error:
        raise FetchError(f"the file {path} cannot be read: {error.strerror}") from None


def _session(pause: float) -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    # For answers that ask for patience only; a connection that breaks is taken up where it broke off, by `fetch`.
    retry = Retry(
        total=ATTEMPTS - 1,
        connect=False,
        read=False,
        backoff_factor=pause / 2,
        status_forcelist=(429, 500, 502, 503, 504),
        raise_on_status=False,
    )
    session.mount("http://", HTTPAdapter(max_retries=retry))
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session


def _get(session: requests.Session, source: str, part: Path, progress: Progress) -> Fetched:
    held = part.stat().st_size if part.exists() else 0
    headers = {"Accept": "text/html, application/pdf, text/plain, text/markdown", "Accept-Encoding": "identity"}
    label = part.with_suffix(_LABEL)
    known = label.read_text("utf-8") if label.exists() else ""  # one that was cut off fits nothing
    if held and known:
        headers |= {"Range": f"bytes={held}-", "If-Range": known}
    with session.get(source, headers=headers, stream=True, timeout=TIMEOUTS) as response:
        if response.status_code not in (200, 206):
            raise FetchError(
                f"{source} answers {response.status_code} {response.reason}: look at the address in a browser"
            )
        is_rest = response.status_code == 206
        if not is_rest:
            part.unlink(missing_ok=True)  # first: no bytes ever stand beside the label of others
        validator = response.headers.get("ETag") or response.headers.get("Last-Modified")
        if validator and not validator.startswith("W/"):
            label.write_text(validator, "utf-8")
        else:
            label.unlink(missing_ok=True)
        done = held if is_rest else 0
        length, said = response.headers.get("Content-Length", ""), response.headers.get("Content-Type", "").lower()
        total = done + int(length) if length.isdigit() else None
        with part.open("ab" if is_rest else "wb") as file:
            for piece in response.iter_content(16_384):
                file.write(piece)
                done += len(piece)
                if done > LARGEST:
                    raise FetchError(f"{source} has more than {LARGEST:,} bytes: this is not one document")
                progress(done, total)
        charset = requests.utils.get_encoding_from_headers(response.headers) if "charset" in said else ""
        return Fetched(part.read_bytes(), response.url, charset or "")


def _reason(error: Exception) -> str:
    if isinstance(error, requests.Timeout):
        return "it took too long"
    if isinstance(error, requests.TooManyRedirects):
        return "it redirects in a circle"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "it broke off"
    is_broken = isinstance(error, requests.ConnectionError | HTTPError)
    return "there is no connection" if is_broken else str(error)
