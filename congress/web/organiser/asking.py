"""The page that asks before something goes that cannot be brought back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from congress.domain.planning.portraits import Portrait
from congress.web.organiser import frame


@dataclass(frozen=True)
class Question:
    """What is asked, what it comes to, and the words of the button."""

    asks: str
    means: str
    act: str
    hidden: Mapping[str, str] = field(default_factory=dict)  # sent along: what was seen


def ask(
    question: Question,
    action: str,
    *,
    current: str,
    back: str,
    above: str,
    photos: Sequence[Portrait] = (),
) -> str:
    """Render the page; `action` and `back`, called `above`, follow the address of the congress."""
    return frame.page(
        "ask_removal.html",
        current=current,
        question=question,
        action=action,
        back=back,
        above=above,
        photos=photos,
    )
