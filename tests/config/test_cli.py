"""The console command ends with a word, not a traceback, when it is interrupted."""

from __future__ import annotations

from unittest import mock

import pytest

from config.cli import main


def test_ctrl_c_ends_a_command_with_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    interrupted = mock.patch(
        "django.core.management.execute_from_command_line", side_effect=KeyboardInterrupt
    )
    with interrupted, pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130  # what a shell expects after Ctrl+C
    assert capsys.readouterr().err == "\nInterrompu.\n"
