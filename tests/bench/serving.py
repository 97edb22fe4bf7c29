"""Serving: a server, or a built site, on this machine, compressed as a host does it, with a record of all that was sent."""

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

LEVEL = 6  # of compression, as hosts have it
_COMPRESSED = ("text/", "image/svg", "application/javascript", "application/json", "application/xml")
_POLL = 0.01  # seconds until a server notices that it is to end; half a second by default, of every test that has one
_KEPT = "max-age=600"  # seconds, as GitHub Pages says


@dataclass(frozen=True)
class Served:
    """A site that is served: its address, and path and bytes of every answer, headers left out."""

    address: str
    sent: list[tuple[str, int]] = field(default_factory=list)


@contextmanager
def running(server: HTTPServer) -> Iterator[str]:
    """Run a server of this machine beside what else is done, and give its address."""
    thread = threading.Thread(target=server.serve_forever, args=(_POLL,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving(site: Path) -> Iterator[Served]:
    """Serve the files of a folder."""

    @cache
    def content(path: Path) -> tuple[bytes, str, bool]:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        is_compressed = kind.startswith(_COMPRESSED)
        return gzip.compress(path.read_bytes(), LEVEL) if is_compressed else path.read_bytes(), kind, is_compressed

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet for headers and body, where they fit

        def do_GET(self) -> None:
            place = unquote(urlsplit(self.path).path).lstrip("/")
            path = site / place / "index.html" if (site / place).is_dir() else site / place
            is_there = path.is_file() and site.resolve() in path.resolve().parents
            body, kind, is_compressed = content(path if is_there else site / "404.html")
            self.send_response(200 if is_there else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", _KEPT)
            if is_compressed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)
            served.sent.append((place, len(body)))

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with running(server) as address:
        served = Served(address)
        yield served
