"""A connected system on loopback: takes messages, checks their signature, and fails as often as it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from gongbao.firesafety.services.outbox import signature


@dataclass
class System:
    """secret: shared with the sender; fails: so many times it answers 500 (or `status`) before it takes anything."""

    secret: str = ""
    fails: int = 0
    status: int = 500
    url: str = ""
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: int = 0


@contextmanager
def running() -> Iterator[System]:
    system = System()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            system.seen += 1
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            signed = signature(system.secret, self.headers["Gongbao-Moment"], body)
            if system.fails:
                system.fails -= 1
                self.send_response(system.status)
            elif signed != self.headers["Gongbao-Signature"]:
                self.send_response(401)
            else:
                system.taken[self.headers["Gongbao-Message"]] = json.loads(body)
                self.send_response(204)
            self.send_header("Content-Length", "0")
            if system.status == 302:
                self.send_header("Location", f"{system.url}elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    system.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield system
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
