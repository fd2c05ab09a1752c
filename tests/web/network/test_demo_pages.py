"""Every page of the network answers with the demo: for the office, people who speak, everybody."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress.cli.demo import load_demo
from congress.cli.demo_network import load_network
from congress.cli.demo_year import load_year
from congress.extensions import db
from congress.models import ContactPerson, OutboxMessage
from congress.services import contributor_links
from tests.web.network.own import entered, own_address
from tests.web.organisers import an_organiser, logged_in

ADDRESS = re.compile(r'<(?:a|form)\b[^>]*?\b(?:href|action)="([^"#]+)')
ELSEWHERE = {302, 303, 308, 405}  # another page, or the address of a form alone
AT_MOST = 3  # of pages that differ by a number or a name alone
OFFICE, PUBLIC, OWN, TRAINER = 60, 10, 15, 1  # pages of each at least


def load(app: Flask) -> None:
    now = datetime.now(UTC)
    with app.app_context():
        load_demo(now=now)
        load_network(today=now.date(), now=now)
        load_year(today=now.date())


def shape(path: str) -> str:
    """Return an address without what tells one of many from the others."""
    return re.sub(r"/[^/]*\d[^/]*", "/*", path)


def walk(client: FlaskClient, start: str, below: str) -> list[str]:
    """Follow the links of pages below an address, some of each shape; return the pages."""
    seen, waiting, of_shape = {start}, [start], dict[str, int]()
    pages = []
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        status = answer.status_code
        text = answer.text if answer.mimetype == "text/html" else ""
        answer.close()
        if status in ELSEWHERE:
            continue
        assert status == 200, (address, status)
        pages.append(address)
        for found in map(unescape, ADDRESS.findall(text)):
            path = urlsplit(found).path
            if found.startswith(below) and path not in seen:
                seen.add(path)
                number = of_shape[shape(path)] = of_shape.get(shape(path), 0) + 1
                if number <= AT_MOST:
                    waiting.append(found)
    return pages


def test_every_page_answers_with_the_demo(app):
    load(app)
    an_organiser(app, "office@example.org", is_administrator=True)
    office = logged_in(app, "office@example.org")
    pages = walk(office, "/organiser/network", "/organiser/network")
    assert len(pages) >= OFFICE, len(pages)
    anybody = app.test_client()
    pages = walk(anybody, "/network", "/network")
    assert len(pages) >= PUBLIC, pages
    for slug in ("netzwerktreffen-2016", "entwicklungswerkstatt-2015", "marktplatz-2016"):
        below = f"/organiser/{slug}"
        assert len(walk(office, below, below)) >= OFFICE
        assert walk(anybody, f"/{slug}", f"/{slug}")
    for email in ("essen@example.org", "kommune-8@example.org"):
        with app.app_context():
            person = db.session.scalars(
                select(ContactPerson).where(ContactPerson.email == email)
            ).one_or_none()
            own = own_address(person) if person else ""
        if own:
            pages = walk(entered(app, own), own, own)
            assert len(pages) >= OWN, pages
    with app.app_context():
        mails = select(OutboxMessage).where(OutboxMessage.recipient == "leitung-1@example.org")
        mail = db.session.scalars(mails).first()
        link = contributor_links.link_for(mail.facts, mail.recipient)
    start = link[link.index("/contribution/") :]
    assert walk(anybody, start, start)
