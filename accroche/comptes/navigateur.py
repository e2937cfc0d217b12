"""What a browser says it is, in words a person recognises: « Firefox sur Windows ».

Browsers no longer tell more (their version is frozen, their system rounded): a dozen words say all there is.
Looked for as plain words in a bounded text, so that no header costs more than its length.
"""

from __future__ import annotations

#: What is read of the header; browsers send 150 characters.
READ = 400

#: The word each browser alone sends, those that also claim to be another one first.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def label_of(user_agent: str) -> str:
    """Name a browser and its system; what it does not tell is not guessed."""
    read = user_agent[:READ]
    browser = next((name for word, name in _BROWSERS if word in read), "Navigateur inconnu")
    system = next((name for word, name in _SYSTEMS if word in read), "")
    return f"{browser} sur {system}" if system else browser
