"""The other half of the corpus: what attackers, or accidents, send."""

from __future__ import annotations

from tests.imports.recensement import nasty
from tests.imports.recensement.corpus import Case
from tests.imports.recensement.nasty import ods, raw

LETTER = "Bonjour,\n\nvoici la liste, comme convenu, des actions de l’année.\n\nBien à vous,\nCamille\n"
MACROS = (
    b'<Types><Override PartName="/xl/workbook.xml" '
    b'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
)
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
NOTHING = "aucune ligne remplie"

#: What attackers, or accidents, send.
HOSTILE: tuple[Case, ...] = (
    Case("an empty file", raw(b""), refused="vide"),
    Case("an image named xlsx", raw(b"\x89PNG\r\n\x1a\n" + b"\0" * 500), refused="une image"),
    Case("a pdf", raw(b"%PDF-1.7\n"), refused="un PDF"),
    Case("a web page", raw(b"<html><table><tr><td>Titre</td></tr></table></html>"), refused="page web"),
    Case("a program", raw(b"\x7fELF" + b"\0" * 200), refused="un programme"),
    Case("random bytes", raw(bytes(range(256)) * 40), refused="pas un tableau"),
    Case("a word document", nasty.zipped({"word/document.xml": b"<w/>"}), refused="document"),
    Case("any archive", nasty.zipped({"a.txt": b"a"}), refused="archive"),
    Case("a numbers table", nasty.zipped({"Index/Document.iwa": b"x"}), refused="Numbers"),
    Case("a photo of a telephone", raw(b"\0\0\0\x18ftypheic" + b"\0" * 200), refused="une photo"),
    Case("a drawing", raw(b"<svg xmlns='http://www.w3.org/2000/svg'><rect/></svg>"), refused="un XML"),
    Case("a letter", raw(LETTER.encode()), refused="est un texte, pas un tableau"),
    Case("a letter in windows-1252", raw(LETTER.encode("cp1252")), refused="est un texte, pas un tableau"),
    Case("a single column", raw(b"titre\nForum\nSalon\n"), refused="n’a pas de colonnes"),
    Case("data of a program", raw(b'{\n  "titre": "Forum",\n  "uai": null\n}\n'), refused="est un texte"),
    Case("a password", nasty.encrypted, refused="mot de passe"),
    Case("a password told at the end", nasty.late_password, refused="mot de passe"),
    Case("an old excel", raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), refused="ancien format"),
    Case("macros", nasty.changed({"xl/vbaProject.bin": b"\0" * 100}), refused="macros"),
    Case("macros under another name", nasty.changed({"[Content_Types].xml": MACROS}), refused="macros"),
    Case(
        "external links",
        nasty.changed({"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        refused="autres fichiers",
    ),
    Case(
        "billion laughs",
        nasty.with_sheet("", '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>'),
        refused="instructions",
    ),
    Case(
        "entities in shared strings",
        nasty.changed(
            {
                "xl/sharedStrings.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            }
        ),
        refused="instructions",
    ),
    Case(
        "entities in an ods",
        nasty.changed({"content.xml": LAUGHS + b"<x>&b;</x>"}, ods()),
        refused="instructions",
    ),
    Case(
        "entities after a long comment",
        nasty.with_sheet(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>',
            f"<!--{'x' * 100_000}-->{LAUGHS.decode()}",
        ),
        refused="ne se lit pas",
    ),
    Case("a truncated workbook", nasty.truncated(0.6), refused="abîmé"),
    Case(
        "a workbook without its sheet",
        nasty.changed({"xl/worksheets/sheet1.xml": None}),
        refused="ne se lit pas",
    ),
    Case(
        "broken xml",
        nasty.changed({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r='1'><c"}),
        titles=(),
    ),
    Case(
        "300 000 rows of styled cells",
        nasty.many_rows('<c r="A#" s="0"/><c r="B#" s="0"/>'),
        refused=NOTHING,
    ),
    Case(
        "a million ods rows of nothing",
        nasty.ods_ending(nasty.repeated("<table:table-cell/>"), rows=()),
        refused=NOTHING,
    ),
    Case("300 000 csv rows of nothing", nasty.many_lines(b";;;;\n"), refused=NOTHING),
    Case("300 000 csv rows of spaces", nasty.many_lines(b" ;\xc2\xa0; ;;\n"), refused=NOTHING),
    Case(
        "a million ods rows of one word",
        nasty.ods_ending(
            nasty.repeated(
                '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
            )
        ),
        refused="250000 lignes remplies",
    ),
    Case("a zip bomb", nasty.bomb, refused="anormalement"),
    Case("a zip bomb that lies", nasty.lying_bomb, refused=""),
    Case("1 GB", nasty.huge, refused="1024 Mo"),
    Case(
        "cells at the two ends of the sheet",
        nasty.with_sheet(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
        ),
        refused="trop lourd",
    ),
    Case("ten thousand nested elements", nasty.with_sheet("<row>" * 10_000), refused=""),
    Case(
        "an encrypted ods",
        nasty.changed({"META-INF/manifest.xml": b"<manifest:encryption-data/>"}, ods()),
        refused="mot de passe",
    ),
    Case("an ods with macros", nasty.changed({"Basic/Standard/a.xml": b"<a/>"}, ods()), refused="macros"),
)
