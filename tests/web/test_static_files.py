import gzip
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from congress.web.static_files import SOURCE, data_url, static

pytestmark = pytest.mark.sqlite_only
TEMPLATES = Path(__file__).parent.parent.parent / "templates"


def test_names_hold_the_hash_of_the_content_and_may_be_kept_for_ever(client):
    address = static("congress.css")
    answer = client.get(address, buffered=True)

    assert re.fullmatch(r"/static/congress\.[0-9a-f]{12}\.css", address)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert "no-store" not in answer.headers["Cache-Control"]


def test_style_sheets_come_zipped_to_whoever_can_unzip(client):
    plain = client.get(static("congress.css"), buffered=True)
    zipped = client.get(static("congress.css"), headers={"Accept-Encoding": "gzip"}, buffered=True)

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data


def test_every_kind_of_note_is_drawn():
    sheet = (SOURCE / "congress.css").read_text()
    said = {
        kind
        for page in TEMPLATES.rglob("*.html")
        for kind in re.findall(r"note--[a-z]+", page.read_text())
    }
    assert "note--ok" in said
    assert [kind for kind in sorted(said) if f".{kind} " not in sheet] == []


def test_fonts_are_found_at_the_address_in_the_style_sheet(client):
    sheet = client.get(static("congress.css"), buffered=True).text
    fonts = re.findall(r'url\("(vendor/[^"]+\.woff2)"\)', sheet)

    assert len(fonts) == 2
    for font in fonts:
        assert client.get(f"/static/{font}", buffered=True).status_code == 200
        assert f"/static/{font}" in {
            static("vendor/FiraSans-Regular.woff2"),
            static("vendor/FiraSans-SemiBold.woff2"),
        }


@pytest.mark.parametrize(
    "path",
    [
        "/static/congress.css",
        "/static/../../config.py",
        "/static/%2e%2e/%2e%2e/config.py",
        "/static//etc/passwd",
        "/static/vendor/vendor.toml",
        "/static/",
    ],
)
def test_nothing_else_is_served(client, path):
    assert client.get(path, buffered=True).status_code == 404


def test_a_page_names_only_files_that_exist(client):
    page = client.get("/imprint").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)

    assert addresses
    assert {client.get(address, buffered=True).status_code for address in addresses} == {200}


def test_a_small_picture_can_stand_in_the_page_itself():
    address = data_url("icon.svg")

    assert address.startswith("data:image/svg+xml,%3Csvg")
    assert unquote(address.partition(",")[2]) == (SOURCE / "icon.svg").read_text().strip()
    assert not set(address) & set(" \"'<>#")
