"""How letters greet, and how they go on: in German a comma would want a small letter after it."""

from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import CONGRESS, ENTRY, MOTOR, NETWORKS, a_mail

NAMELESS = {
    MessageKind.LINK,
    MessageKind.CONFIRM_ADDRESS,
    MessageKind.NEWSLETTER,
    MessageKind.NEWSLETTER_ASKED,
    MessageKind.NETWORK_NEWSLETTER,
    MessageKind.NETWORK_NEWSLETTER_ASKED,
    MessageKind.OPENING_ASKED,
    MessageKind.OPENING_NOTED,
    MessageKind.REGISTRATION_OPENED,
}  # they say nothing of whose mailbox it is
GREETINGS = {
    ("de", False): "Guten Tag Erika Muster!",
    ("de", True): "Guten Tag!",
    ("en", False): "Dear Erika Muster,",
    ("en", True): "Hello,",
}
# What may stand before the first word of a sentence that begins with a name or title.
BEFORE = "„“"
CASES = [
    *[(kind, {}) for kind in MessageKind],
    ("programme_changed", {"before": {"workshops": [NETWORKS | {"title": "Alt"}]}}),
    (
        "programme_changed",
        {
            "before": {"workshops": [NETWORKS | {"number": None, "title": "Alt"}]},
            "confirmed": [NETWORKS | {"number": None}],
        },
    ),
    ("changed", {"before": {"confirmed": [NETWORKS], "waiting": []}, "confirmed": []}),
    (
        "changed",
        {"before": {"confirmed": [], "waiting": []}, "waiting": [MOTOR], "position": 3},
    ),
    (
        "changed",
        {"before": {"confirmed": [NETWORKS], "waiting": []}, "confirmed": [], "by_organiser": True},
    ),
    ("place_gained", {"gained_congress": True}),
    ("held_after_all", {"position": 3}),
    ("corrected", {"by_organiser": True, "entry": ENTRY | {"sequence": 1}}),
    ("organiser_invited", {"name": ""}),
    ("organiser_invited", {"is_administrator": True}),
    ("organiser_invited", {"title": CONGRESS["title"], "roles": ["Lesen (sehen)"]}),
    ("password_reset", {"name": ""}),
]


class Paragraphs(HTMLParser):
    """The paragraphs of a document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "p":
            self.found.append("")
        self._is_open = tag == "p" or (self._is_open and tag in {"a", "br"})

    def handle_endtag(self, tag: str) -> None:
        self._is_open = self._is_open and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.found[-1] += data.replace("\xa0", " ")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("kind", "facts"), CASES)
def test_what_follows_a_greeting_is_written_as_its_mark_wants(kind, facts, language):
    mail = message_from_bytes(render(a_mail(kind, language, **facts)).raw, policy=policy.default)
    text, html = (mail.get_body((subtype,)).get_content() for subtype in ("plain", "html"))
    is_nameless = kind in NAMELESS or facts.get("name") == ""

    for greeting, sentence, *_ in (text.replace("\r", "").split("\n\n"), Paragraphs(html).found):
        assert greeting == GREETINGS[language, is_nameless]
        first = sentence.lstrip(BEFORE)[0]
        assert first.isupper()
