import re

import pytest

pytestmark = pytest.mark.sqlite_only


def test_a_choice_is_remembered_because_the_visitor_asked(client):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/language").text)

    answer = client.post("/language", data={"language": "en", "csrf_token": token.group(1)})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("language=en;")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert '<html lang="en">' in client.get("/imprint").text


def test_a_language_we_do_not_speak_is_refused(client):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/language").text)

    answer = client.post("/language", data={"language": "tlh", "csrf_token": token.group(1)})

    assert answer.status_code == 400
