import pytest

from congress.domain.slugs import RESERVED

pytestmark = pytest.mark.sqlite_only


def test_every_first_part_of_an_address_is_reserved(app):
    first = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}

    assert {part for part in first if part and "<" not in part and "." not in part} <= RESERVED


@pytest.mark.parametrize(
    "path",
    [
        "/ab",  # a slug has three characters
        f"/{'a' * 61}",
        "/Fachkongress",
        "/fachkongress/programme/a_b",
        "/registration/short",
        f"/registration/{'a' * 100}",
        "/organiser/fachkongress/attendees/99999999999999999999",
    ],
)
def test_what_no_address_can_be_is_unknown_before_any_query(client, path):
    assert client.get(path).status_code == 404
