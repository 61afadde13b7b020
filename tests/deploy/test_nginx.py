"""deploy/nginx.conf in a real nginx, before a server that answers with what reached it: headers, limits, closed doors."""

import http.client
import json
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.nginx import SITE, Proxy, find, proxied, trusting, write_site


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers of the request, and with two headers a server should not give away."""

    def do_GET(self) -> None:
        body = json.dumps({"jalan": self.path} | {name.lower(): value for name, value in self.headers.items()}).encode()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Set-Cookie", "contoh=1; Path=/; SameSite=Lax")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_GET

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def perantara(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx before the echo."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with proxied(tmp_path_factory.mktemp("nginx"), server.server_port) as proxy:
        yield proxy
    server.shutdown()


def ask(proxy: Proxy, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPSConnection("localhost", proxy.https, timeout=20, context=trusting())
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, sent)
    return connection.getresponse()


def test_nginx_takes_the_file(tmp_path: Path) -> None:
    main, *_ = write_site(tmp_path, 8501)
    command = [find("nginx"), "-t", "-p", str(tmp_path), "-c", str(main), "-e", str(tmp_path / "galat.log")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_what_a_visitor_says_of_himself_does_not_reach_the_dashboard(perantara: Proxy) -> None:
    claimed = {"X_Forwarded_For": "127.0.0.1", "X_Real_IP": "10.0.0.1", "X_Forwarded_Host": "jahat.test"}
    answer = ask(perantara, "/gizi?x=1", Forwarded="for=127.0.0.1", **claimed)
    seen = json.loads(answer.read())
    assert seen["x-forwarded-for"] == seen["x-real-ip"] == "127.0.0.1"  # the address nginx saw, once
    assert seen["x-forwarded-proto"] == "https" and seen["host"] == f"localhost:{perantara.https}"
    assert "forwarded" not in seen and "x-forwarded-host" not in seen and seen["jalan"] == "/gizi?x=1"


def test_answers_carry_hsts_and_secure_cookies_and_no_versions(perantara: Proxy) -> None:
    answer = ask(perantara, "/")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert answer.headers["Server"] == "nginx"
    assert "secure" in answer.headers["Set-Cookie"].lower().split("; ")


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore//metrics", "/%5Fstcore/metrics", "/x/../_stcore/metrics", "/_stcore/agent/mcp"],
)
def test_the_inner_addresses_are_closed(perantara: Proxy, path: str) -> None:
    assert ask(perantara, path).status == 404


def test_plain_http_leads_to_https(perantara: Proxy) -> None:
    connection = http.client.HTTPConnection("localhost", perantara.http, timeout=20)
    connection.request("GET", "/peta?tingkat=desa")
    answer = connection.getresponse()
    assert answer.status == 301 and answer.headers["Location"] == "https://localhost/peta?tingkat=desa"


def test_another_name_is_not_answered(perantara: Proxy) -> None:
    connection = http.client.HTTPConnection("localhost", perantara.http, timeout=20)
    with pytest.raises(http.client.RemoteDisconnected):
        connection.request("GET", "/", headers={"Host": "jahat.test"})
        connection.getresponse()
    secure = http.client.HTTPSConnection("127.0.0.1", perantara.https, timeout=20, context=trusting())
    with pytest.raises(OSError, match=r"(?i)unrecognized|handshake|alert"):
        secure.request("GET", "/")


def test_a_file_over_the_limit_is_refused_before_the_dashboard(perantara: Proxy) -> None:
    kept = ask(perantara, "/_stcore/upload_file/s/f", "PUT", bytes(25 * 1024 * 1024))
    assert kept.status == 200
    with_size = http.client.HTTPSConnection("localhost", perantara.https, timeout=20, context=trusting())
    with_size.putrequest("PUT", "/_stcore/upload_file/s/f")
    with_size.putheader("Content-Length", str(27 * 1024 * 1024))
    with_size.endheaders()
    assert with_size.getresponse().status == 413


@pytest.mark.parametrize("path", ["/masuk", "/auth/login"])
def test_many_tries_to_enter_are_slowed_down(perantara: Proxy, path: str) -> None:
    answers = [ask(perantara, path).status for _ in range(50)]
    assert answers.count(429) >= 5 and ask(perantara, "/").status == 200


def test_the_log_keeps_no_question_and_no_token(perantara: Proxy) -> None:
    ask(perantara, "/oauth2callback?code=RAHASIA1&state=x")
    ask(perantara, "/unduh/RAHASIA2").read()
    log = perantara.folder / "akses.log"
    lines = log.read_text(encoding="utf-8")
    assert "/oauth2callback" in lines and "/unduh/" in lines and "RAHASIA" not in lines


def test_the_file_names_what_to_change() -> None:
    assert SITE.read_text(encoding="utf-8").count("GANTI") >= 4
