"""Letters in an organiser's own words: what was typed stays text."""

from collections.abc import Mapping
from typing import Any

import pytest

from congress.formats.letters import Wording, compose
from tests.formats.test_mail import INJECTION, Tags
from tests.mail_facts import BASE, TOKEN, a_mail


def words(links: Mapping[str, Any] | None = None, **facts: Any) -> Wording:  # noqa: ANN401 - facts
    mail = a_mail("message", **facts)
    return compose(
        mail.kind,
        mail.language,
        mail.facts,
        links=mail.links if links is None else links,
        zone=mail.zone,
        written_at=mail.created_at,
    )


def test_what_an_organiser_typed_is_text_in_paragraphs_and_lines():
    """Nothing typed becomes an element or a link, nor anything else that is filled in."""
    typed = [[INJECTION, "<script>alert(1)</script>"], ["Siehe https://example.org/bus & mehr"]]

    letter = words(subject=f"<b> {INJECTION}", paragraphs=typed)

    assert "\n".join([*typed[0], "", *typed[1]]) in letter.text
    assert "<p>{manage_url}" in letter.html
    assert "<br>\n&lt;script&gt;alert(1)&lt;/script&gt;</p>" in letter.html
    assert "<p>Siehe https://example.org/bus &amp; mehr</p>" in letter.html
    assert {"script", "b"} & {tag for tag, _ in Tags(letter.html).found} == set()
    assert letter.subject == f"<b> {INJECTION}"


@pytest.mark.parametrize(
    ("with_link", "is_known", "address"),
    [
        (True, True, f"{BASE}/registration/{TOKEN}"),
        (True, False, f"{BASE}/fachkongress-2015"),
        (False, False, None),
    ],
)
def test_a_message_has_the_personal_link_if_that_was_asked_for(with_link, is_known, address):
    """Where its key is known no longer, it leads to where one can ask for a new one."""
    addresses = dict(a_mail("message").links)
    if not is_known:
        del addresses["manage"]

    found = Tags(words(addresses, with_link=with_link).html).found

    buttons = [each["href"] for _, each in found if each.get("class") == "button"]
    assert buttons == ([address] if address else [])
