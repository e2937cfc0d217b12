"""Which links are videos, and which player shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.actions.videos import video_of


@pytest.mark.parametrize(
    ("url", "service", "player"),
    [
        (
            "https://www.youtube.com/watch?v=abc-DEF_123&t=4",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/abc-DEF_123",
        ),
        (
            "https://youtu.be/abc-DEF_123?si=x",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/abc-DEF_123",
        ),
        ("https://m.youtube.com/shorts/abc", "YouTube", "https://www.youtube-nocookie.com/embed/abc"),
        ("http://vimeo.com/12345", "Vimeo", "https://player.vimeo.com/video/12345?dnt=1"),
        ("https://vimeo.com/channels/ecole/12345", "Vimeo", "https://player.vimeo.com/video/12345?dnt=1"),
        (
            "https://www.dailymotion.com/video/x2abc_un-titre",
            "Dailymotion",
            "https://geo.dailymotion.com/player.html?video=x2abc",
        ),
        ("https://dai.ly/x2abc", "Dailymotion", "https://geo.dailymotion.com/player.html?video=x2abc"),
        (
            "https://tube-sciences-technologies.apps.education.fr/w/9c9de5e8-0a1e-484a",
            "tube-sciences-technologies.apps.education.fr",
            "https://tube-sciences-technologies.apps.education.fr/videos/embed/9c9de5e8-0a1e-484a",
        ),
        (
            "https://podeduc.apps.education.fr/video/1234-la-semaine/",
            "PodEduc",
            "https://podeduc.apps.education.fr/video/1234-la-semaine/?is_iframe=true",
        ),
    ],
)
def test_a_video_and_its_player(url: str, service: str, player: str) -> None:
    found = video_of(url)
    assert found
    assert (found.service, found.player) == (service, player)
    assert found.player.startswith(f"{found.origin}/")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.lumni.fr/video/une-emission",
        "https://example.fr/watch?v=abc",
        "https://youtube.com.evil.example/watch?v=abc",
        "https://tube-x.apps.education.fr.evil.example/w/abc",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/@lycee",
        'https://youtu.be/"><script>',
        "https://youtu.be/a;frame-src",
        "https://tube-x.apps.education.fr/w/a/..;x",
        "javascript:alert(1)//youtu.be/abc",
        "https://[youtu.be/abc",
    ],
)
def test_any_other_link_stays_a_link(url: str) -> None:
    assert video_of(url) is None


@given(st.one_of(st.text(max_size=80), st.text(max_size=60).map(lambda tail: f"https://youtu.be/{tail}")))
def test_nothing_a_visitor_writes_gets_into_the_policy(url: str) -> None:
    found = video_of(url)
    if found:
        assert found.origin == "https://www.youtube-nocookie.com"
        assert not set(found.player) & set(" ;,'\"<>")
