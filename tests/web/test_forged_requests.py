"""SEC-14: what another site sends in a visitor's name is refused, and nothing is stored."""

import re

import pytest

pytestmark = pytest.mark.sqlite_only


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found.group(1)


def choose(client, token, headers=None):
    return client.post("/language", data={"language": "en", "csrf_token": token}, headers=headers)


def test_a_form_with_its_token_is_accepted(client):
    token = token_of(client.get("/language").text)

    assert choose(client, token).status_code == 303


def test_a_form_without_a_token_is_refused_with_advice(client):
    answer = client.post("/language", data={"language": "en"})

    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers
    assert "<h1>" in answer.text


def test_the_token_of_another_session_is_refused(app, client):
    foreign = token_of(app.test_client().get("/language").text)
    client.get("/language")

    assert choose(client, foreign).status_code == 400


def test_a_request_from_another_site_is_refused_although_it_has_the_token(client):
    token = token_of(client.get("/language").text)

    assert choose(client, token, {"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert choose(client, token, {"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_a_part_of_a_form_without_a_name_is_refused(client):
    """SEC-31: the check of the token looks at every name."""
    nameless = b"--x\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--x--\r\n"

    answer = client.post("/language", data=nameless, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 400
