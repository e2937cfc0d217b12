"""Which telling of an edition is read, and as what document."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.queries import public_address
from accroche.actions.regles import Temporalite
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.models import Edition, Semaine
from accroche.commun.memoire import remembered
from accroche.dossier import instantane as dossier_json
from accroche.dossier.comparaison import Difference, differences
from accroche.dossier.dossier import TEXTES, EditionDossier, without_texts
from accroche.dossier.queries.abrege import public_abrege
from accroche.dossier.queries.comptage import public_dossier
from accroche.lib.adresses import is_public
from accroche.lib.dates import format_window, school_year
from accroche.lib.texte import capitale, liste
from accroche.publications.documents import synthese
from accroche.publications.documents.kinds import AFFICHE, SYNTHESE, Kind
from accroche.publications.fiches import FicheAffichee, FicheCitee, FichesAcademie, PorteurCite
from accroche.publications.models import Synthese
from accroche.publications.outline import Document
from accroche.publications.versions import Changes, Imprint, Version

#: Communes named on a poster; more would be a list nobody reads on a wall.
MOST_COMMUNES = 4


class UnknownVersionError(LookupError):
    """The edition has no such frozen version; the message says which it has."""


def waiting_actions(edition: Edition) -> int:
    """How many actions wait for moderation, and so are in no document."""
    return Action.objects.waiting().filter(semaine__edition=edition).count()


def get_version(edition: Edition, number: int) -> Synthese:
    """Return a frozen version. Raises :class:`UnknownVersionError`."""
    version = Synthese.objects.filter(edition=edition, number=number).first()
    if version is None:
        known = ", ".join(
            str(n) for n in edition.syntheses.order_by("number").values_list("number", flat=True)
        )
        raise UnknownVersionError(
            f"L’édition {edition} n’a pas de version {number} (versions arrêtées : {known or 'aucune'})."
        )
    return version


def latest_version(edition: Edition) -> Synthese | None:
    """Return the last frozen version, published or not; None when nothing was frozen yet."""
    return Synthese.objects.filter(edition=edition).order_by("-number").first()


def public_versions(edition: Edition) -> list[Synthese]:
    """Return the versions the public reads, the last first, without their content.

    The page of a synthesis shows the first of them; while there is none, what :func:`public_document` gives.
    """
    return list(Synthese.objects.published().filter(edition=edition).light().order_by("-number"))


def withdrawn_version(edition: Edition, number: int) -> Synthese | None:
    """Return a version that the public read once, and why it no longer does; None for any other."""
    rows = Synthese.objects.filter(edition=edition, number=number, withdrawn_at__isnull=False)
    return rows.light().first()


def follows_withdrawn(version: Synthese) -> bool:
    """Whether one before it was taken back, which files built until then may quote."""
    before = Synthese.objects.filter(edition=version.edition_id, number__lt=version.number)
    return before.filter(withdrawn_at__isnull=False).exists()


def read_before(edition: Edition, number: int | None = None) -> Synthese | None:
    """Return what the public reads before version ``number`` (None: one that is not frozen yet).

    Documents say what changed since then; what nobody may read, or no more, is quoted in none of them.
    """
    found = Synthese.objects.published().filter(edition=edition)
    if number is not None:
        found = found.filter(number__lt=number)
    return found.order_by("-number").first()


def public_document(edition: Edition, shown: Synthese | None) -> Document:
    """Return what the public reads: the version that is ``shown``, else the edition as it is now.

    Of an edition declared here the bureau is still writing: its texts are read once a version is published.
    """
    return frozen_document(shown) if shown else _as_it_is_now(edition.pk)


@remembered
def _as_it_is_now(number: int) -> Document:
    """The same of an edition with no version to read: of its sheets, those alone that may be shown."""
    edition = Edition.objects.get(pk=number)
    if not edition.is_counted:
        return _build(SYNTHESE, public_dossier(edition), None, None)
    abrege = public_abrege(edition)
    return synthese.build(abrege.dossier, imprint(), abrege.ventilation)


def public_texts(edition: Edition, dossier: EditionDossier) -> EditionDossier:
    """Return ``dossier`` with what the public reads of the bureau's texts.

    Of an edition declared here they are those of the last published version: what is being written is nobody
    else's. Of one that a report told, they are as they are.
    """
    if not edition.is_counted:
        return dossier
    found = Synthese.objects.published().filter(edition=edition).order_by("-number")
    names = ("shape", *TEXTES)
    # its sheets are many, and not asked for
    row = found.values_list(*(f"snapshot__{name}" for name in names)).first()
    if row is None:
        return without_texts(dossier)
    told = {name: value for name, value in zip(names, row, strict=True) if value is not None}
    frozen = dossier_json.load({"edition": edition.year, **told})
    texts: dict[str, Any] = {name: getattr(frozen, name) for name in TEXTES}
    return replace(dossier, **texts)


def frozen_document(synthese: Synthese, kind: Kind = SYNTHESE) -> Document:
    """Return the document of a frozen version, from its snapshot alone; says what it changed."""
    return document_of_version(synthese, read_before(synthese.edition, synthese.number), kind)


def document_of_version(synthese: Synthese, before: Synthese | None, kind: Kind = SYNTHESE) -> Document:
    """Return the same; says what it changed since ``before``."""
    return _build(kind, dossier_json.load(synthese.snapshot), version_of(synthese), before)


def working_document(edition: Edition, kind: Kind = SYNTHESE) -> Document:
    """Return the document of the edition as it is now; says what changed since what the public reads."""
    return document_of(public_dossier(edition), read_before(edition), kind)


def document_of(dossier: EditionDossier, before: Synthese | None, kind: Kind = SYNTHESE) -> Document:
    """Return the working document of an edition that was read; says what changed since ``before``."""
    return _build(kind, dossier, None, before)


def imprint(version: Version | None = None, changes: Changes | None = None) -> Imprint:
    """Return who publishes and where; an address that leads nobody here is printed nowhere."""
    site = settings.SITE_URL if is_public(settings.SITE_URL) else ""
    return Imprint(settings.ORGANISATION, site, version, changes)


def academie_document(kind: Kind, semaine: Semaine, *, day: dt.date) -> Document:
    """Return a document about one académie in an edition, as of ``day``; in few queries, however many."""
    return kind.build(_fiches(semaine, day), imprint())


def _fiches(semaine: Semaine, day: dt.date) -> FichesAcademie:
    rows = (
        Action.objects.filter(semaine=semaine)
        .exclude(etat=Etat.DRAFT)
        .order_by("position", "pk")
        .prefetch_related("portages__porteur__etablissement__departement")
    )
    return FichesAcademie(
        edition=semaine.edition.year,
        academie=semaine.academie.name,
        day=day,
        fiches=tuple(
            FicheCitee(
                number=row.pk,
                title=row.title,
                etat=Etat(row.etat),
                porteurs=tuple(_porteur(portage.porteur) for portage in row.portages.all()),
                levels=row.levels,
                days=row.days,
                temporality=Temporalite(row.temporality),
                place=row.place,
            )
            for row in rows
        ),
    )


def _porteur(porteur: Porteur) -> PorteurCite:
    school = porteur.school
    return PorteurCite(
        name=porteur.name,
        commune=porteur.commune,
        uai=porteur.uai or "",
        departement=school.departement.name if school else "",
        is_school=TypePorteur(porteur.kind).level is not None,
    )


def poster_document(action: Action) -> Document:
    """Return the poster of a public sheet; reads its carriers, its semaine, académie and edition."""
    return AFFICHE.build(_affichee(action), imprint())


def _affichee(action: Action) -> FicheAffichee:
    semaine = action.semaine
    porteurs = [portage.porteur for portage in action.portages.all()]
    communes = dict.fromkeys(porteur.commune for porteur in porteurs if porteur.commune)
    first, _ = school_year(semaine.edition.year)
    written = action.updated_at or semaine.edition.published_at
    when = capitale(format_window(action.days)) if action.days else Temporalite(action.temporality).label
    return FicheAffichee(
        title=action.title,
        porteurs=tuple(porteur.name for porteur in porteurs),
        academie=semaine.academie.name,
        edition=semaine.edition.year,
        address=public_address(action),
        day=timezone.localdate(written) if written else first,
        account=action.description,
        when=when,
        place=action.place or (liste(communes) if len(communes) <= MOST_COMMUNES else ""),
        public=capitale(liste(level.label.lower() for level in action.levels)),
    )


def changes_since(synthese: Synthese, dossier: EditionDossier) -> tuple[Difference, ...]:
    """Return what ``dossier`` tells otherwise than a frozen version, prose included."""
    return differences(dossier_json.load(synthese.snapshot), dossier, prose=True)


def version_of(synthese: Synthese) -> Version:
    """Return the version as documents print it, dated in local time."""
    return Version(synthese.number, timezone.localdate(synthese.settled_at), synthese.digest)


def _build(kind: Kind, dossier: EditionDossier, version: Version | None, before: Synthese | None) -> Document:
    changes = Changes(version_of(before), changes_since(before, dossier)) if before else None
    return kind.build(dossier, imprint(version, changes))
