"""The process that draws images: bounded, few at once, told apart when it fails, and without our secrets."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import threading
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from accroche.integrations import images
from accroche.integrations.images import dessin, lecteur, lecture

if TYPE_CHECKING:
    from pathlib import Path


def sent(folder: Path, content: bytes) -> Path:
    path = folder / "sent"
    path.write_bytes(content)
    return path


def encoded(kind: str, sides: tuple[int, int] = (60, 40)) -> bytes:
    out = BytesIO()
    Image.new("RGB", sides, "teal").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
def test_an_image_is_drawn_into_a_file_of_our_own(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    got = images.drawn(sent(tmp_path, encoded(kind)), kind, out, slots=tmp_path)
    assert (got.format, got.width, got.height) == ("jpeg", 60, 40)
    with Image.open(out) as back:
        assert back.size == (60, 40)
    assert out.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_drawn_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(images.BrokenImageError):
        images.drawn(sent(tmp_path, encoded("png")[:60]), "png", out, slots=tmp_path)
    with pytest.raises(images.TooManyPixelsError, match="60 × 40"):
        images.drawn(sent(tmp_path, encoded("png")), "png", out, slots=tmp_path, most=2399)
    assert not out.exists()


def test_a_webp_is_bounded_by_what_its_library_takes(tmp_path: Path) -> None:
    sides = (5001, 5000)
    assert sides[0] * sides[1] > dessin.MAX_WEBP
    with pytest.raises(images.TooManyPixelsError):
        images.drawn(sent(tmp_path, encoded("webp", sides)), "webp", tmp_path / "out", slots=tmp_path)


def test_memory_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it ends, the image is refused, and the program that serves pages goes on."""

    def ends(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(lecteur, "reencode", ends)
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["lecteur", "png", str(sent(tmp_path, b"x")), "out", "1"])
    assert lecteur.main() == lecture.Status.TOO_HEAVY
    assert capsys.readouterr().out == ""


def test_who_takes_too_long_is_told_apart_from_who_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one limit for both, the system would say that somebody killed it: it would be drawn for ever."""
    set_to: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", set_to.__setitem__)
    monkeypatch.setattr(lecteur, "reencode", lambda *_, **__: (_ for _ in ()).throw(MemoryError))
    monkeypatch.setattr(sys, "argv", ["lecteur", "png", str(sent(tmp_path, b"x")), "out", "1"])
    lecteur.main()
    warned, killed = set_to[resource.RLIMIT_CPU]
    assert warned < killed


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (lecture.Status.BROKEN, images.BrokenImageError),
        (-signal.SIGSEGV, images.BrokenImageError),
        (lecture.Status.TOO_HEAVY, images.TooHeavyError),
        (-signal.SIGXCPU, images.TooHeavyError),
        (lecture.Status.NO_ROOM, OSError),
        (-signal.SIGTERM, InterruptedError),
        (-signal.SIGKILL, InterruptedError),
        (1, RuntimeError),
    ],
)
def test_each_way_to_fail_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, error: type[Exception]
) -> None:
    def ends(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        (tmp_path / "out").write_bytes(b"half")
        return subprocess.CompletedProcess([], int(status), "", "why")

    monkeypatch.setattr(subprocess, "run", ends)
    with pytest.raises(error):
        images.drawn(sent(tmp_path, b"x"), "png", tmp_path / "out", slots=tmp_path)
    assert not (tmp_path / "out").exists()


def test_the_program_gets_none_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCROCHE_SECRET_KEY", "secret")
    seen: dict[str, dict[str, str]] = {}

    def note(*_: object, env: dict[str, str], **__: object) -> subprocess.CompletedProcess[str]:
        seen["env"] = env
        told = {"format": "jpeg", "width": 1, "height": 1}
        return subprocess.CompletedProcess([], 0, json.dumps(told), "")

    monkeypatch.setattr(subprocess, "run", note)
    images.drawn(sent(tmp_path, b"x"), "png", tmp_path / "out", slots=tmp_path)
    assert set(seen["env"]) <= {"LANG", "PATH", "PYTHONPATH"}


def test_few_are_drawn_at_once_on_a_machine(tmp_path: Path) -> None:
    path, out = sent(tmp_path, encoded("png")), tmp_path / "out"
    waiting = threading.Event()

    def draw() -> None:
        waiting.set()
        images.drawn(path, "png", out, slots=tmp_path)

    thread = threading.Thread(target=draw)
    with lecture._slot(tmp_path, waits=False), lecture._slot(tmp_path, waits=False):
        with pytest.raises(images.NoSlotError):
            images.drawn(path, "png", tmp_path / "other", slots=tmp_path, waits=False)
        thread.start()
        assert waiting.wait(60)
        assert not out.exists()
    thread.join()
    assert out.exists()
