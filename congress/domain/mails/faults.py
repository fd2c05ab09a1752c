"""Why a mail could not be put into words, and so was never handed over."""

from enum import StrEnum


class Fault(StrEnum):
    """What has to be mended before the mail can go out."""

    FILE_GONE = "file_gone"  # an attachment is not stored any more
    UNWRITTEN = "unwritten"  # its facts and a template, whoever wrote that, do not go together
