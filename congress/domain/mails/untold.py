"""What is news to whom, where a change follows while many are still being told of the one before.

People are told in the order of their registrations. So how far that came when something changed
again says of each of them what they knew last.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from congress.domain.mails.news import NO_NEWS, News
from congress.domain.standing import Standing

BEYOND = sys.maxsize  # all marks


@dataclass(frozen=True)
class Untold:
    """What people have not heard of, by the numbers of their registrations."""

    news: News = NO_NEWS  # to whoever is beyond all marks
    up_to: tuple[tuple[int, News], ...] = ()  # to those up to a number, the smallest first

    @property
    def whole(self) -> News:
        """All that somebody has not heard of."""
        whole = self.news
        for _mark, news in self.up_to:
            whole = whole.after(news)
        return whole

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows any more what was before, or nothing was."""
        return self.whole.is_unknown

    def to(self, number: int) -> News:
        """Return what is news to whoever has this registration."""
        return next((news for mark, news in self.up_to if number <= mark), self.news)

    def after(self, older: "Untold", *, told_up_to: int = 0, there_up_to: int = BEYOND) -> "Untold":
        """Return this with what was older, for those who have not heard of that.

        Up to `told_up_to` they have; who is beyond `there_up_to` registered when it held already.
        """

        def to(number: int) -> News:
            newer = self.to(number)
            return newer.after(older.to(number)) if told_up_to < number <= there_up_to else newer

        found = {told_up_to, there_up_to, *(mark for mark, _ in (*self.up_to, *older.up_to))}
        return Untold(to(BEYOND), tuple((mark, to(mark)) for mark in sorted(found - {0, BEYOND})))

    def each(self, change: Callable[[News], News]) -> "Untold":
        """Return this with all of its news changed in one way."""
        return Untold(change(self.news), tuple((mark, change(news)) for mark, news in self.up_to))

    def among(self, people: Sequence[Standing]) -> list[tuple[News, list[Standing]]]:
        """Return people by what is news to them, those up to the smallest mark first."""
        rest, found = list(people), []
        for mark, news in self.up_to:
            found.append((news, [each for each in rest if each.id <= mark]))
            rest = [each for each in rest if each.id > mark]
        return [(news, some) for news, some in (*found, (self.news, rest)) if some]


NOTHING = Untold()
