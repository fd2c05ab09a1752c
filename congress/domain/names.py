"""What people are called, and what stands in no name: addresses of pages on the web.

What somebody types who has not shown who they are goes into mails to others; nobody is to
advertise there in our name. Mail programs make links of anything that looks like an address, so
that is refused, whatever it is meant to be.
"""

import re
import unicodedata

# Top-level domains under which links are sent: those of countries, the old and the busy ones,
# and those for documentation (RFC 2606). "di" of "ver.di" is none.
_COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs "
    "bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec "
    "ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy "
    "hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz "
    "la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx "
    "my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re "
    "ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th "
    "tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_OTHERS = (
    "aero app asia bayern berlin best bet bid biz blog business buzz cafe cam casino cat center "
    "chat christmas church click cloud club coach codes cologne com community company consulting "
    "coop country cyou date deals design dev digital direct download edu education email energy "
    "event events example expert fit foundation fun fund fyi games gay global gmbh gov group guru "
    "hamburg haus health help host house icu immo info institute int international invalid job "
    "jobs koeln kim land law life link live loan localhost lol love ltd market media men mil mobi "
    "moda mom money monster museum name net network news ngo nrw one ong online onion org page "
    "party photos pics plus press pro promo property pub quest racing radio rent repair rest "
    "review reviews rip rocks ruhr run saarland sale sbs school science services sex shop show "
    "site social solutions space store stream studio support surf systems team tech technology "
    "tel test tickets tips today tools top town trade training travel tube uno vip voto wang "
    "webcam website wien wiki win work works world wtf xin xxx xyz zip zone"
)
_TLDS = frozenset(f"{_COUNTRIES} {_OTHERS}".split())

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_NUMBERS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?")
_DOTS = str.maketrans("。｡．․", "....")
# "Koordinator.in": a form for all genders, not a page in India; in what nobody is called by.
_FOR_ALL = re.compile(r"\b[A-ZÄÖÜ][\w-]*(?:[elnrt]|ant|ent|ist)\.in(?:nen)?\b(?![./])")


def full_name(given_name: str, family_name: str) -> str:
    """Return how somebody is called; one of the two names is enough."""
    return " ".join(filter(None, (given_name, family_name)))


def says_nothing(name: str) -> bool:
    """Return whether a name is a mere stroke or dot, as typed where there is none."""
    return not any(unicodedata.category(char)[0] not in "PZ" for char in name)


def web_address_in(text: str, *, is_name: bool = False) -> str:
    """Return what looks like the address of a web page, as mail programs see it; "" if nothing.

    Initials and titles pass ("J.R. Müller", "M.Sc."), as do forms for all genders outside of
    names.
    """
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    plain = unicodedata.normalize("NFKC", visible).translate(_DOTS)
    if not is_name:
        plain = _FOR_ALL.sub(" ", plain)
    for pattern in (_SCHEME, _NUMBERS):
        if found := pattern.search(plain):
            return found[0]
    return next((found[0] for found in _HOST.finditer(plain) if _is_host(found[0])), "")


def _is_host(text: str) -> bool:
    host, *_rest = re.split(r"[:/?#]", text, maxsplit=1)
    labels = host.casefold().split(".")
    last = labels[-1]
    if labels[0] == "www":
        return True
    has_more = len(host) < len(text.rstrip(":/?#"))
    is_initial = len(labels[-2]) == 1 and len(labels) == 2 and not has_more  # noqa: PLR2004 - M.Sc
    is_foreign = len(last) > 1 and not last.isascii() and not _is_latin(last)
    return not is_initial and (last in _TLDS or last.startswith("xn--") or is_foreign)


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(char, "") for char in text if char.isalpha())
