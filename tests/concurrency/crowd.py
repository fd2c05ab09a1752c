"""A crowd of browsers that send their forms in the same instant."""

import http.client
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

TIMEOUT = 120
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass(frozen=True)
class Answer:
    """What a browser got: the status, where it was sent, the page."""

    status: int
    location: str
    body: str


class Browser:
    """One visitor with cookies, without scripts."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self.hidden: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Open a page and remember the hidden fields of its forms."""
        answer = self._send("GET", path, None)
        self.hidden = dict(HIDDEN.findall(answer.body))
        return answer

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form with its hidden fields."""
        return self._send("POST", path, urlencode(self.hidden | dict(fields)))

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            page = response.read().decode()
            for cookie in response.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.partition(";")[0].partition("=")
                self._cookies[name] = value
            return Answer(response.status, response.headers.get("Location", ""), page)
        finally:
            connection.close()


def at_once(acts: list[Callable[[], Answer]]) -> list[Answer | Exception]:
    """Carry out all acts in the same instant, each in a thread of its own."""
    barrier = threading.Barrier(len(acts))
    answers: list[Answer | Exception] = [RuntimeError("never ran")] * len(acts)

    def run(number: int) -> None:
        barrier.wait()
        try:
            answers[number] = acts[number]()
        except OSError as fault:
            answers[number] = fault

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
