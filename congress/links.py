"""Absolute addresses for mails and calendars, from BASE_URL and never from a request."""

from urllib.parse import quote

from congress import extensions


def absolute(path: str) -> str:
    """Return the absolute address of a path that begins with a slash."""
    return extensions.settings().base_url.rstrip("/") + path


def congress(slug: str) -> str:
    """The public page of a congress."""
    return absolute(f"/{quote(slug)}")


def programme_item(slug: str, code: str) -> str:
    """The public page of one programme item."""
    return absolute(f"/{quote(slug)}/programme/{quote(code)}")


def own_page(token: str) -> str:
    """The page of one registration, for whoever holds its link."""
    return absolute(f"/registration/{token}")


def new_address(token: str) -> str:
    """The page on which a new address of a registration is confirmed."""
    return absolute(f"/confirm/{token}")


def confirmation(token: str) -> str:
    """The page on which a registration is confirmed from its mailbox."""
    return absolute(f"/confirm-registration/{token}")


def group(token: str) -> str:
    """The page on which the contact of a group sees and changes it."""
    return absolute(f"/group/{token}")


def substitute(token: str) -> str:
    """The page on which a named colleague takes a place over."""
    return absolute(f"/substitute/{token}")


def contribution(token: str) -> str:
    """The page of somebody in the programme of a congress, for whoever holds its link."""
    return absolute(f"/contribution/{token}")


def proposal(token: str) -> str:
    """The page of what somebody proposed for a programme, for whoever holds its link."""
    return absolute(f"/proposal/{token}")


def invited(token: str) -> str:
    """The page on which somebody who is invited answers."""
    return absolute(f"/invited/{token}")


def course_application(token: str) -> str:
    """The page of an application for a course, for whoever holds its link."""
    return absolute(f"/course-application/{token}")


def named_for_course(token: str) -> str:
    """The page on which somebody who was named for a course says no."""
    return absolute(f"/named/{token}")


def application(token: str) -> str:
    """The page of an application for membership of the network."""
    return absolute(f"/application/{token}")


def municipality(token: str) -> str:
    """The page on which a contact person sees what concerns their organisation."""
    return absolute(f"/municipality/{token}")


def newsletter(token: str) -> str:
    """The page of whoever asked for a newsletter."""
    return absolute(f"/newsletter/{token}")


def leave_newsletter(token: str) -> str:
    """Where a mail program unsubscribes by one POST (RFC 8058)."""
    return absolute(f"/newsletter/{token}/leave")


def opening(token: str) -> str:
    """The page of whoever wants to know when registration opens."""
    return absolute(f"/opening/{token}")


def leave_opening(token: str) -> str:
    """Where a mail program ends that by one POST (RFC 8058)."""
    return absolute(f"/opening/{token}/leave")


def personal_feed(token: str) -> str:
    """The calendar feed of one registration."""
    return absolute(f"/feed/{token}.ics")


def webcal(address: str) -> str:
    """The same address for programs that subscribe to calendars."""
    return "webcal" + address[address.index(":") :]


def feedback(token: str) -> str:
    """The page on which somebody who was there says what they think of it."""
    return absolute(f"/feedback/{token}")


def certificate(slug: str, code: str) -> str:
    """The page on which a certificate of attendance is checked."""
    return absolute(f"/{quote(slug)}/certificates/{quote(code)}")
