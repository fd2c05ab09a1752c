"""Who counts as the same person, and what is a usable name or address.

The same person is the same address and the same name: small town halls share one mailbox,
so the address alone says nothing.
"""

import unicodedata


def fold_email(address: str) -> str:
    """Return the form under which addresses are compared: trimmed and without case."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def fold_name(*names: str) -> str:
    """Return the form under which names are compared: no case, accents or spaces."""
    return fold_for_search(*names).replace(" ", "")


def fold_for_search(*texts: str) -> str:
    """Return the text that the attendee list searches in: no case or accents, single spaces.

    Databases differ in what their lower() knows of umlauts, so the form is made here.
    """
    decomposed = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(letters.split())
