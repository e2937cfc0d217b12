"""What a browser is called: the words of real headers."""

from __future__ import annotations

import pytest

from accroche.comptes.navigateur import READ, label_of

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0"


@pytest.mark.parametrize(
    ("header", "label"),
    [
        (f"{WINDOWS}; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox sur Windows"),
        (f"{WINDOWS}) {CHROME} Safari/537.36", "Chrome sur Windows"),
        (f"{WINDOWS}) {CHROME} Safari/537.36 Edg/128.0.0.0", "Edge sur Windows"),
        (f"{WINDOWS}) {CHROME} Safari/537.36 OPR/114.0.0.0", "Opera sur Windows"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36", "Chrome sur Android"),
        (
            f"Mozilla/5.0 (Linux; Android 10; K) SamsungBrowser/26.0 {CHROME} Mobile Safari/537.36",
            "Samsung Internet sur Android",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {APPLE} Mobile/15E148 Safari/604.1",
            "Safari sur iPhone",
        ),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Safari/605.1.15", "Safari sur Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox sur Linux"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME} Safari/537.36", "Chrome sur ChromeOS"),
        ("", "Navigateur inconnu"),
        ("<script>alert(1)</script>", "Navigateur inconnu"),
        (" " * READ + "Firefox", "Navigateur inconnu"),
    ],
)
def test_a_browser_is_named_in_words_a_person_recognises(header: str, label: str) -> None:
    assert label_of(header) == label
