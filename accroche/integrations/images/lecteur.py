"""Run as a program: draws one image anew into a file, in bounded memory, time and disk.

``python -m accroche.integrations.images.lecteur KIND SOURCE OUT MOST``. What was drawn, or the sides of what
is too large, is told on standard output as JSON; what became of it, by the exit status.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import sys
from pathlib import Path

from accroche.integrations.images.dessin import reencode
from accroche.integrations.images.lecture import (
    CPU_SECONDS,
    MEGABYTE,
    MEMORY,
    BrokenImageError,
    Status,
    TooManyPixelsError,
)

#: Bytes of what is drawn: ten times what 2 000 × 2 000 pixels of noise take.
DISK = 64 * MEGABYTE


def main() -> Status:
    """Draw, and tell."""
    kind, source, out, most = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # the first limit says SIGXCPU; were both the same, the system would only say SIGKILL
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (DISK, DISK))
    try:
        image = reencode(source.read_bytes(), kind, most=most)
    except BrokenImageError:
        return Status.BROKEN
    except TooManyPixelsError as error:
        sys.stdout.write(json.dumps({"sides": str(error)}))
        return Status.TOO_LARGE
    except MemoryError:
        return Status.TOO_HEAVY
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(image.content)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return Status.NO_ROOM
        raise
    told = {"format": image.format, "width": image.width, "height": image.height}
    sys.stdout.write(json.dumps(told))
    return Status.DONE


if __name__ == "__main__":
    sys.exit(main())
