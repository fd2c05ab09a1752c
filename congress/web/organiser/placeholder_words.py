"""What is said of placeholders in the words of organisers."""

from collections.abc import Iterable

from congress.web.languages import ngettext


def braced(names: Iterable[str]) -> str:
    """Return placeholders as they are typed."""
    return ", ".join(f"{{{name}}}" for name in names)


def within_a_sentence(names: Iterable[str]) -> str:
    """Return what is wrong with placeholders of lists that stand among other words."""
    found = list(names)
    return ngettext(
        "%(names)s is a list: please put it in a paragraph of its own, with an empty "
        "line before and after it.",
        "%(names)s are lists: please put each in a paragraph of its own, with an empty "
        "line before and after it.",
        len(found),
        names=braced(found),
    )


def unknown(names: Iterable[str]) -> str:
    """Return what is wrong with placeholders that stand for nothing."""
    found = list(names)
    return ngettext(
        "%(names)s stands for nothing here. Please take a placeholder from the list, or leave out "
        "the braces.",
        "%(names)s stand for nothing here. Please take placeholders from the list, or leave out "
        "the braces.",
        len(found),
        names=braced(found),
    )
