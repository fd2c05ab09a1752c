"""Who counts as the same person, and what is a usable name or address.

The same person is the same address and the same name: small town halls share one mailbox,
so the address alone says nothing.
"""

import re
import unicodedata
from functools import lru_cache

from congress.domain.folding import fold_for_order, fold_in_turn, fold_sought, with_letters

# Folded, before a name; "h. c." and not "c.", which may be the initial of one.
_TITLES = re.compile(
    r"(?:(?:(?:univ|prof|priv|doz|dr|mag|dipl)\.|(?:prof|dr|pd)(?= ))"
    r"(?: ?(?:ing|med|dent|vet|phil|jur|iur|theol|paed|rer|nat|pol|oec|soc|agr|habil|mult"
    r"|h\. ?c|e\. ?h)\.)* ?)+"
)


@lru_cache(maxsize=2_000)  # as names, `fold_for_order`
def fold_email(address: str) -> str:
    """Return the form under which addresses are compared: trimmed, without case or Punycode.

    No letter stands for another: straße.de and strasse.de may have two owners (RFC 5891).
    """
    local, at, domain = unicodedata.normalize("NFKC", address).strip().rpartition("@")
    # One by one: a capital sigma at the end of a word would become another letter than elsewhere.
    return "".join(map(str.lower, f"{local}{at}{with_letters(domain)}"))


def fold_name(*names: str) -> str:
    """Return the form under which names are compared: as for order, and without spaces."""
    return fold_for_order(*names).replace(" ", "")


def fold_name_alike(*names: str) -> str:
    """Return the same with ä, ö, ü written out or not: "Groesser" and "Größer" are alike."""
    return fold_sought(fold_name(*names))


def name_order(family_name: str, given_name: str) -> str:
    """Return what people are put in order by: the family name first, then the given name.

    Academic titles do not count; "von" does, where somebody has typed it with the family name.
    """
    return fold_in_turn(*map(_without_titles, (family_name, given_name)))


def likeness(given_name: str, family_name: str) -> str:
    """Return what two spellings of one name have in common: the names in the order of the alphabet.

    Without titles, and with ae, oe, ue as ä, ö, ü: "Dr. Müller, Eva" and "Eva Mueller" are alike.
    """
    names = (fold_sought(_without_titles(each)) for each in (given_name, family_name))
    return " ".join(sorted(" ".join(names).split()))


def _without_titles(name: str) -> str:
    folded = fold_for_order(name)
    titles = _TITLES.match(folded)
    return folded[titles.end() :] or folded if titles else folded
