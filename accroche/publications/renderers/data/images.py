"""The pictures of a document as open data: a row each, which names it; the bytes are in the other formats."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from accroche.publications.outline import DataField, DataTable, Image

if TYPE_CHECKING:
    from accroche.publications.outline import Document

_FIELDS = (
    DataField("section", "string", "Titre de la partie où se trouve l’image"),
    DataField("legende", "string", "Légende"),
    DataField("texte_alternatif", "string", "Ce que montre l’image, en mots"),
    DataField("credit", "string", "Qui l’a faite"),
    DataField("licence", "string", "À quelles conditions"),
    DataField("format", "string", "Type de média"),
    DataField("largeur", "integer", "Largeur en pixels"),
    DataField("hauteur", "integer", "Hauteur en pixels"),
    DataField("sha256", "string", "Empreinte du fichier"),
)


def with_images(document: Document) -> Document:
    """Return ``document`` with a table of its pictures after its own tables; the same when it has none."""
    rows = tuple(
        (
            section.title,
            block.caption,
            block.alt,
            block.credit,
            block.licence,
            block.picture.media_type,
            block.picture.width,
            block.picture.height,
            hashlib.sha256(block.content).hexdigest(),
        )
        for _, section in document.walk()
        for block in section.blocks
        if isinstance(block, Image)
    )
    if not rows:
        return document
    return replace(document, data=(*document.data, DataTable("images", "Images du document", _FIELDS, rows)))
