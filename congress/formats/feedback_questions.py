"""Questions that most organisers ask afterwards, in both languages, to begin a survey with."""

from collections.abc import Callable

from congress.domain.feedback.survey import Option, Part, Question, QuestionKind
from congress.domain.letter_texts import LANGUAGES
from congress.formats.catalogue import catalogue


def ready_made() -> tuple[Question, ...]:
    """Return a short set for the event and one for each workshop."""
    said = {language: _said(catalogue(language).gettext) for language in LANGUAGES}
    return tuple(
        Question(
            key=key,
            kind=kind,
            part=part,
            label={each: words[key][0] for each, words in said.items()},
            options=tuple(
                Option(f"o{at}", {each: words[key][1][at] for each, words in said.items()})
                for at in range(len(said["de"][key][1]))
            ),
        )
        for key, part, kind in SET
    )


EVENT, WORKSHOP = Part.EVENT, Part.WORKSHOP
SCALE, ONE = QuestionKind.SCALE, QuestionKind.ONE
SEVERAL, TEXT = QuestionKind.SEVERAL, QuestionKind.TEXT
SET = (
    ("whole", EVENT, SCALE),
    ("organised", EVENT, SCALE),
    ("gained", EVENT, SEVERAL),
    ("again", EVENT, ONE),
    ("good", EVENT, TEXT),
    ("better", EVENT, TEXT),
    ("workshop", WORKSHOP, SCALE),
    ("useful", WORKSHOP, SCALE),
    ("told", WORKSHOP, TEXT),
)


def _said(_: Callable[[str], str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the words of each question and of its options; of a scale of its ends."""
    rated = (_("very poor"), _("very good"))
    return {
        "whole": (_("How did you like the event as a whole?"), rated),
        "organised": (_("How was the organisation, from registration to the day itself?"), rated),
        "gained": (
            _("What did you take away?"),
            (
                _("New ideas for my work"),
                _("New contacts"),
                _("Practical tools"),
                _("Encouragement"),
                _("Little"),
            ),
        ),
        "again": (
            _("Would you come to an event like this again?"),
            (_("Yes"), _("Perhaps"), _("No")),
        ),
        "good": (_("What did you like best?"), ()),
        "better": (_("What should we do better next time?"), ()),
        "workshop": (_("How did you like the workshop?"), rated),
        "useful": (
            _("How useful is it for your work?"),
            (_("not useful at all"), _("very useful")),
        ),
        "told": (_("What would you like to tell the dialogue partners?"), ()),
    }
