"""The pages that the law asks for: accessibility, data protection, imprint."""

from flask import render_template


def accessibility() -> str:
    """Say what is not accessible and where to report it (BGG § 12b)."""
    return render_template("public/accessibility.html")


def privacy() -> str:
    """Say who uses which data, why and for how long (Art. 13 GDPR)."""
    return render_template("public/privacy.html")


def imprint() -> str:
    """Say who is responsible for these pages (DDG § 5)."""
    return render_template("public/imprint.html")
