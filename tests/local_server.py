"""A real HTTP server on this machine that answers as a test wants it, honestly or not."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.outbound.reach import Reach, read_reach


class Call(BaseHTTPRequestHandler):
    """One request; ``answer`` is the usual way to reply, ``raw`` any other."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Find the path's answer."""
        path = self.path.partition("?")[0]
        with self.server.lock:
            self.server.asked[path] += 1
            self.server.calls.append((self.path, dict(self.headers), self.client_address[1]))
        found = self.server.routes.get(path)
        if found is None:
            self.answer(404)
        else:
            found(self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole response; underscores in names of headers stand for hyphens."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        """These bytes as they are; the connection is closed afterwards."""
        self.close_connection = True
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, *args: Any) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    """The server: *routes* by path, *asked* how often, *calls* with headers and the port they came from."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), Call)
        self.host = host
        self.routes: dict[str, Callable[[Call], None]] = {}
        self.asked: Counter[str] = Counter()
        self.calls: list[tuple[str, Mapping[str, str], int]] = []
        self.lock = threading.Lock()
        self.closing = threading.Event()  # what hangs waits for it

    def url(self, path: str, host: str = "") -> str:
        """The address of a path here."""
        return f"http://{host or self.host}:{self.server_port}{path}"

    @property
    def reach(self) -> Reach:
        """A reach that knows this server and nothing else inside."""
        return read_reach(f"{self.host}:{self.server_port}")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no fault of the server's."""


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Server]:
    """A server in a thread for the length of the block."""
    server = Server(host)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
