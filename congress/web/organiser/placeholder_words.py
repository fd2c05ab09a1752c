"""What is said of placeholders in the words of organisers."""

from collections.abc import Iterable

from congress.web.languages import gettext as _


def braced(names: Iterable[str]) -> str:
    """Return placeholders as they are typed."""
    return ", ".join(f"{{{name}}}" for name in names)


def unknown(names: Iterable[str]) -> str:
    """Return what is wrong with placeholders that stand for nothing."""
    return _(
        "%(names)s stands for nothing here. Please take a placeholder from the list, or leave out "
        "the braces.",
        names=braced(names),
    )
