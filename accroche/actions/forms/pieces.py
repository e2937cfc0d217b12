"""Clean input about the attachments of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accroche.actions.controle import Remark
from accroche.actions.formats import ACCEPT, LIGHTER, MAX_BYTES
from accroche.actions.models import PieceJointe
from accroche.actions.regles import Consentement, EtatPiece, TypePiece

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


class FichiersForm(forms.Form):
    """Files chosen, or taken with the camera of a phone; none is no error."""

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

    @property
    def sent(self) -> list[UploadedFile[Any]]:
        """The files, once the form is valid."""
        found: list[UploadedFile[Any]] = [*self.cleaned_data["fichiers"], *self.cleaned_data["photo"]]
        return found


class AjoutForm(FichiersForm):
    """The same on a page of its own, where sending nothing is a mistake."""

    def clean(self) -> dict[str, Any]:
        """Ask for a file."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("fichiers") and not data.get("photo") and not self.errors:
            self.add_error("fichiers", "Choisissez au moins un fichier.")
        return data


#: What may be answered about the people an image shows.
ACCORDS: Final = [
    (answer.value, answer.label)
    for answer in (Consentement.RECORDED, Consentement.NOBODY, Consentement.PENDING)
]


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
        label="Les personnes visibles ont-elles donné leur accord\u00a0?",
        choices=ACCORDS,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, piece: PieceJointe, prefix: str | None = None) -> None:
        """Start from what is known; a document is only named, and what is broken asks for no agreement."""
        initial = {"caption": piece.caption, "consent": piece.consent}
        super().__init__(data, initial=initial, auto_id=f"id_{piece.pk}_%s", prefix=prefix)
        self.piece = piece
        if piece.kind == TypePiece.DOCUMENT or piece.state == EtatPiece.BROKEN:
            del self.fields["consent"]
        if piece.kind == TypePiece.DOCUMENT:
            caption = self.fields["caption"]
            caption.label = "Titre du document"
            caption.help_text = "Ce que liront les visiteurs à la place du nom du fichier."

    @property
    def answer(self) -> Consentement:
        """What was answered about consent; what is known where nothing is asked."""
        return Consentement(self.cleaned_data.get("consent", self.piece.consent))


class LigneForm(PieceForm):
    """The same within the form of a sheet, which removes a file too: one button saves all."""

    retirer = forms.BooleanField(label="Retirer ce fichier", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is told of it yet."""
        super().__init__(*args, **kwargs)
        self.remarques: list[Remark] = []
        self.told_of = f"«\N{NO-BREAK SPACE}{self.piece.name}\N{NO-BREAK SPACE}», "


#: What the names of the fields of an attachment begin with, before its number.
PREFIX: Final = "piece-"


class PiecesSaisies:
    """What the form of a sheet says of its attachments; one the page did not show yet says nothing."""

    def __init__(self, data: Mapping[str, Any] | None, pieces: Iterable[PieceJointe]) -> None:
        """Show ``pieces``, as they are or as ``data`` tells them."""
        self.lignes = [
            LigneForm(data if data and f"{prefix}-caption" in data else None, piece=piece, prefix=prefix)
            for piece in pieces
            for prefix in [f"{PREFIX}{piece.pk}"]
        ]

    def is_valid(self) -> bool:
        """Whether all that was sent is right; every mistake is found."""
        return not [ligne for ligne in self.lignes if ligne.is_bound and not ligne.is_valid()]

    def tell(self, remarks: Iterable[Remark]) -> None:
        """Show each remark beside the attachment it is about."""
        for remark in remarks:
            name, number = remark.place
            if name == "pieces" and number <= len(self.lignes):
                self.lignes[number - 1].remarques.append(remark)

    @property
    def told(self) -> list[LigneForm]:
        """Those the page said something of, once it is valid."""
        return [ligne for ligne in self.lignes if ligne.is_bound and ligne.has_changed()]
