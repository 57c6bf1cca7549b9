"""An editor at the desk of a running server: signs in, opens the form of a claim, types, saves, as a browser would."""

import http.client
from typing import Any
from urllib.parse import urlencode

from lxml import html

from benchmarks.serving import Server

HOST = {"Host": "127.0.0.1"}


class Desk:
    """A session of one account; what it posts goes through the server, its middleware and its form like anybody's."""

    def __init__(self, made: Server, account: Any) -> None:
        from django.test import Client

        self.made = made
        # The password is nobody's here: the session is written as a sign-in writes it.
        client = Client()
        client.force_login(account)
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def save(self, uid: str, scope: str) -> int:
        """Open the form of a claim, say another scope, save; the status of the answer: 302 saved, 409 stale."""
        path = f"/admin/profiles/claim/{uid}/change/"
        status, body = self._ask("GET", path)
        if status != 200:
            raise AssertionError(f"{path} answers {status}")
        form = next(one for one in html.fromstring(body.decode()).forms if "scope" in one.fields)
        # HTML takes the first line break of a textarea for none.
        texts = {box.name: (box.value or "").removeprefix("\n") for box in form.xpath(".//textarea")}
        typed = {**texts, "scope": scope, "reason": "load"}
        fields = [(name, value) for name, value in form.form_values() if name not in typed]
        fields += [*typed.items(), ("_save", "Save")]
        status, body = self._ask("POST", path, urlencode(fields))
        if status == 200:
            told = html.fromstring(body.decode()).xpath("//*[contains(@class, 'errorlist')]//text()")
            raise AssertionError(f"{path} was not saved: {' '.join(told)[:300]}")
        return status

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.made.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**HOST, "Cookie": cookies}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read()
        finally:
            connection.close()
