"""Clean input about the attachments of a sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accroche.actions.formats import ACCEPT, LIGHTER, MAX_BYTES
from accroche.actions.models import PieceJointe
from accroche.actions.regles import Consentement, TypePiece

#: What ``fichiers.js`` tells before anything is sent.
LIMIT = {"class": "fr-upload", "data-octets-au-plus": MAX_BYTES, "data-trop-gros": LIGHTER}


class PlusieursFichiers(forms.FileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class FichiersField(forms.FileField):
    """Several files; each is looked at by the operation, which says of each whether it is kept."""

    widget = PlusieursFichiers

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the list of what was sent."""
        sent = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        for one in sent:
            super().clean(one, initial)
        return sent


class AjoutForm(forms.Form):
    """Files to attach: chosen, or taken with the camera of a phone."""

    fichiers = FichiersField(
        label="Images et documents",
        required=False,
        # an empty file is told by its own name, with the others
        allow_empty_file=True,
        max_length=None,
        widget=PlusieursFichiers(attrs=LIMIT | {"accept": ACCEPT}),
        help_text=(
            "Plusieurs à la fois si vous voulez : JPEG, PNG, WebP ou GIF, PDF, documents bureautiques. "
            "10 Mo par fichier, 12 fichiers par fiche."
        ),
    )
    photo = FichiersField(
        label="Ou prendre une photo",
        required=False,
        allow_empty_file=True,
        widget=PlusieursFichiers(attrs=LIMIT | {"accept": "image/jpeg", "capture": "environment"}),
    )

    def clean(self) -> dict[str, Any]:
        """Put what both fields hold together."""
        data: dict[str, Any] = super().clean() or {}
        data["envoi"] = [*data.get("fichiers", []), *data.get("photo", [])]
        if not data["envoi"] and not self.errors:
            self.add_error("fichiers", "Choisissez au moins un fichier.")
        return data

    @property
    def sent(self) -> list[UploadedFile[Any]]:
        """The files, once the form is valid."""
        found: list[UploadedFile[Any]] = self.cleaned_data["envoi"]
        return found


class PieceForm(forms.Form):
    """What an attachment shows, and what the people on it agreed to."""

    caption = forms.CharField(
        label="Ce que montre l’image",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "fr-input"}),
        help_text=(
            "Une phrase pour les personnes qui ne la voient pas, sans nom d’élève. "
            "Exemple : « Quatre élèves tiennent la banderole de la semaine »."
        ),
    )
    consent = forms.ChoiceField(
        label="Les personnes visibles ont-elles donné leur accord ?",
        choices=[
            (c.value, c.label) for c in (Consentement.RECORDED, Consentement.NOBODY, Consentement.PENDING)
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, piece: PieceJointe) -> None:
        """Start from what is known; a document is only named."""
        initial = {"caption": piece.caption, "consent": piece.consent}
        super().__init__(data, initial=initial, auto_id=f"id_{piece.pk}_%s")
        self.piece = piece
        if piece.kind == TypePiece.DOCUMENT:
            del self.fields["consent"]
            caption = self.fields["caption"]
            caption.label = "Titre du document"
            caption.help_text = "Ce que liront les visiteurs à la place du nom du fichier."

    @property
    def answer(self) -> Consentement:
        """What was answered about consent; pending where nothing is asked."""
        return Consentement(self.cleaned_data.get("consent", Consentement.PENDING))
