"""How an info mail begins that tells those who were there where their certificate is."""

from congress.domain.mails.mailings import NAMES_OF_VALUES
from congress.domain.texts import Texts, shortened
from congress.formats.catalogue import catalogue
from congress.formats.results_mail import LONGEST_TITLE, plain

PAGE = dict(zip(("de", "en"), NAMES_OF_VALUES["page"], strict=True))  # of one's own, by language


def subjects(title: Texts) -> dict[str, str]:
    """Return the subject in each language."""
    return {
        each: catalogue(each).gettext("Your certificate of attendance: %(title)s")
        % {"title": shortened(plain(title, each), LONGEST_TITLE)}
        for each in PAGE
    }


def texts(title: Texts) -> dict[str, str]:
    """Return the text in each language, for organisers to go on with."""
    return {each: _text(plain(title, each), each) for each in PAGE}


def _text(title: str, language: str) -> str:
    _ = catalogue(language).gettext
    lines = (
        _(
            "you were there: “%(title)s”. Your certificate of attendance is ready on the page of "
            "your registration:"
        )
        % {"title": title},
        f"{{{PAGE[language]}}}",
        _("Thank you for taking part!"),
    )
    return "\n\n".join(lines)
