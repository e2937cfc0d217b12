"""Which links are videos that a page can show, and who would learn that somebody watches."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Video:
    """A video: the ``service`` whose player would learn the visitor's address, and the player itself."""

    service: str
    player: str

    @property
    def origin(self) -> str:
        """What a page's policy has to let in."""
        parts = urlsplit(self.player)
        return f"{parts.scheme}://{parts.netloc}"


_TOKEN = re.compile(r"[\w-]{1,64}")


def _token(text: str) -> str:
    """``text`` when it can be a video's name, nothing otherwise: it is written in an address."""
    return text if _TOKEN.fullmatch(text) else ""


def _youtube(path: list[str], query: dict[str, list[str]]) -> str:
    if path[0] == "watch":
        name = query.get("v", [""])[0]
    elif path[0] in {"embed", "shorts", "live", "v"}:
        name = path[1] if len(path) > 1 else ""
    else:
        name = ""
    return f"https://www.youtube-nocookie.com/embed/{name}" if _token(name) else ""


def _youtu_be(path: list[str], _query: dict[str, list[str]]) -> str:
    return f"https://www.youtube-nocookie.com/embed/{path[0]}" if _token(path[0]) else ""


def _vimeo(path: list[str], _query: dict[str, list[str]]) -> str:
    numbers = [part for part in path if part.isascii() and part.isdigit()]
    return f"https://player.vimeo.com/video/{numbers[-1]}?dnt=1" if numbers else ""


def _dailymotion(path: list[str], _query: dict[str, list[str]]) -> str:
    name = path[-1].split("_")[0] if path[0] in {"video", "embed"} and len(path) > 1 else ""
    return f"https://geo.dailymotion.com/player.html?video={name}" if _token(name) else ""


def _dai_ly(path: list[str], _query: dict[str, list[str]]) -> str:
    return f"https://geo.dailymotion.com/player.html?video={path[0]}" if _token(path[0]) else ""


_Reader = Callable[[list[str], dict[str, list[str]]], str]
_SERVICES: dict[str, tuple[str, _Reader]] = {
    "youtube.com": ("YouTube", _youtube),
    "youtube-nocookie.com": ("YouTube", _youtube),
    "youtu.be": ("YouTube", _youtu_be),
    "vimeo.com": ("Vimeo", _vimeo),
    "player.vimeo.com": ("Vimeo", _vimeo),
    "dailymotion.com": ("Dailymotion", _dailymotion),
    "dai.ly": ("Dailymotion", _dai_ly),
}
#: The PeerTube and PodEduc of Éducation nationale, the only instances known to be public services.
_TUBE = re.compile(r"tube(?:-[a-z0-9-]+)?\.(?:apps|beta)\.education\.fr")
_POD = re.compile(r"pod(?:educ)?\.(?:apps\.)?education\.fr")


def video_of(url: str) -> Video | None:
    """Return the video a link leads to, None for any other link; never fails."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    path = [part for part in parts.path.split("/") if part]
    if parts.scheme not in {"http", "https"} or not path:
        return None
    if host in _SERVICES:
        service, read = _SERVICES[host]
        player = read(path, parse_qs(parts.query))
    elif _TUBE.fullmatch(host):
        service, player = host, _peertube(host, path)
    elif _POD.fullmatch(host):
        slug = path[1] if path[0] == "video" and len(path) > 1 else ""
        service = "PodEduc"
        player = f"https://{host}/video/{slug}/?is_iframe=true" if _POD_SLUG.fullmatch(slug) else ""
    else:
        return None
    return Video(service, player) if player else None


_POD_SLUG = re.compile(r"\d{1,8}-[\w-]{1,200}")


def _peertube(host: str, path: list[str]) -> str:
    if path[0] == "w" or path[:2] in (["videos", "watch"], ["videos", "embed"]):
        return f"https://{host}/videos/embed/{path[-1]}" if _token(path[-1]) else ""
    return ""
