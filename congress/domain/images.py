"""Images by their first bytes: what they are, and how large."""

PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
Size = tuple[int, int]  # width and height in pixels

_MARKER = 0xFF  # of JPEG
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the markers that say the size
_WEBP_HEAD = 30  # bytes


def image_type(content: bytes) -> str | None:
    """Return the media type that the bytes themselves show, whatever the file is called."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return None


def image_size(content: bytes) -> Size | None:
    """Return width and height, by which a page keeps room; None where they are not to be had."""
    read = {PNG: _of_png, JPEG: _of_jpeg, WEBP: _of_webp}.get(image_type(content) or "")
    size = read(content) if read else None
    return size if size and min(size) > 0 else None


def _of_png(content: bytes) -> Size | None:
    width, height = content[16:20], content[20:24]
    return (_number(width), _number(height)) if content[12:16] == b"IHDR" and height else None


def _of_jpeg(content: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(content) and content[at] == _MARKER:
        marker = content[at + 1]
        if marker in _FRAMES:
            return _number(content[at + 7 : at + 9]), _number(content[at + 5 : at + 7])
        at += 2 + _number(content[at + 2 : at + 4])
    return None


def _of_webp(content: bytes) -> Size | None:
    kind, data = content[12:16], content[20:_WEBP_HEAD]
    if len(content) < _WEBP_HEAD:
        return None
    if kind == b"VP8X":
        return 1 + _small(data[4:7]), 1 + _small(data[7:10])
    if kind == b"VP8 ":
        return _small(data[6:8]) & 0x3FFF, _small(data[8:10]) & 0x3FFF
    if kind == b"VP8L":
        bits = _small(data[1:5])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return None


def _number(content: bytes) -> int:
    return int.from_bytes(content, "big")


def _small(content: bytes) -> int:
    return int.from_bytes(content, "little")
