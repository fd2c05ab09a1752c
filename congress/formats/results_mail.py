"""How an info mail begins that tells those who were there where the results are."""

from congress.domain.texts import Texts, in_language, shortened
from congress.formats.catalogue import catalogue

LANGUAGES = ("de", "en")
LONGEST_TITLE = 70  # characters: a subject has 100
NO_PLACEHOLDERS = str.maketrans("{}", "()")


def subjects(title: Texts) -> dict[str, str]:
    """Return the subject in each language."""
    return {
        each: catalogue(each).gettext("Results: %(title)s")
        % {"title": shortened(plain(title, each), LONGEST_TITLE)}
        for each in LANGUAGES
    }


def texts(title: Texts, link: str) -> dict[str, str]:
    """Return the text in each language, for organisers to go on with."""
    return {each: _text(plain(title, each), link, each) for each in LANGUAGES}


def _text(title: str, link: str, language: str) -> str:
    _ = catalogue(language).gettext
    lines = (
        _("you were there: “%(title)s”. What came of it can now be read here:"),
        "%(link)s",
        _("Thank you for taking part!"),
    )
    return "\n\n".join(lines) % {"title": title, "link": link}


def plain(title: Texts, language: str) -> str:
    """Return a title in which nothing stands for a placeholder."""
    return in_language(title, language).translate(NO_PLACEHOLDERS)
