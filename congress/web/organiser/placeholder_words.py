"""What is said of placeholders in the words of organisers."""

from collections.abc import Iterable

from congress.web.languages import gettext as _


def braced(names: Iterable[str]) -> str:
    """Return placeholders as they are typed."""
    return ", ".join(f"{{{name}}}" for name in names)


def within_a_sentence(names: Iterable[str]) -> str:
    """Return what is wrong with placeholders of lists that stand among other words."""
    return _(
        "%(names)s is a list: please put it in a paragraph of its own, with an empty "
        "line before and after it.",
        names=braced(names),
    )


def unknown(names: Iterable[str]) -> str:
    """Return what is wrong with placeholders that stand for nothing."""
    return _(
        "%(names)s stands for nothing here. Please take a placeholder from the list, or leave out "
        "the braces.",
        names=braced(names),
    )
