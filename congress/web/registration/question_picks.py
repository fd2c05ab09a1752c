"""Answers that can be chosen in a form, and how many are left of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from congress.domain.congresses import Congress
from congress.domain.own_questions import Given, Option, OwnQuestion, is_used_up
from congress.queries import own_answers
from congress.web.languages import gettext as _
from congress.web.languages import ngettext


class Limits:
    """How many chose what is limited, read once for all forms of a page and only if it says it.

    What is `given_up` by the form, as somebody comes instead of another one, is free for it.
    """

    def __init__(self, congress: Congress, given_up: Given | None = None) -> None:
        self._congress_id, self._given_up = congress.id, given_up or {}
        self._questions = [
            each
            for each in congress.questions
            if not each.is_retired and any(one.most is not None for one in each.offered)
        ]

    @cached_property
    def taken(self) -> Mapping[tuple[str, str], int]:
        """How many chose each option of the questions where any is limited."""
        found = own_answers.taken(self._congress_id, self._questions)
        return {
            (question, key): many - (key in self._given_up.get(question, ()))
            for (question, key), many in found.items()
        }


@dataclass
class Pick:
    """One answer that can be chosen: a button of several of one name, or a box of its own."""

    name: str
    label: str
    lang: str
    is_chosen: bool
    question: OwnQuestion
    option: Option  # without a key where it says that there is no answer
    limits: Limits
    was_chosen: bool = False  # before this form was opened

    @property
    def key(self) -> str:
        return self.option.key

    @property
    def id(self) -> str:
        return f"{self.name}--{self.key or 'none'}"

    @property
    def is_closed(self) -> bool:
        """Whether nobody can choose it who has not chosen it before."""
        if self.was_chosen or self.option.most is None:
            return False
        return is_used_up(self.question, self.option, self.limits.taken)

    @property
    def left(self) -> str:
        """How often it can still be chosen, where that is limited."""
        if self.option.is_retired:
            return _("No longer offered; you can keep it.")
        if self.option.most is None:
            return ""
        left = self.option.most - self.limits.taken.get((self.question.key, self.key), 0)
        if left <= 0:
            return "" if self.was_chosen else _("None left")
        return ngettext("%(num)d left", "%(num)d left", left)
