"""Where a figure comes from: the rows behind a total, and the sentences that explain it.

Pure: it reads only figures, and never makes a total firmer than ``accroche.lib.chiffres`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accroche.campagne.regles import Indicateur
from accroche.dossier.comptage import etendue, is_counted
from accroche.lib.chiffres import Chiffre, Total, counted, format_total, total
from accroche.lib.libelles import Libelle
from accroche.lib.texte import NBSP, liste, nombre, pluriel


class Reponse(Libelle):
    """What an académie answered to one question."""

    NOMBRE = "nombre", "Nombre communiqué"
    NC = "nc", "Nombre non communiqué (N.C.)"
    TOUS = "tous", "« Tous », sans nombre"
    INDISPONIBLE = "indisponible", "Données non disponibles"


def reponse_of(figures: Sequence[Chiffre]) -> Reponse:
    """Class one answer exactly as :func:`accroche.lib.chiffres.total` does."""
    one = total([("", figures)])
    if one.counted:
        return Reponse.NOMBRE
    if one.uncounted_all:
        return Reponse.TOUS
    return Reponse.NC if one.missing else Reponse.INDISPONIBLE


@dataclass(frozen=True, slots=True)
class Apport:
    """One académie in the detail of a total; ``counted`` is what it adds, None when nothing."""

    name: str
    slug: str
    figures: tuple[Chiffre, ...]
    reponse: Reponse
    counted: int | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """A printed total and everything behind it."""

    total: Total
    singular: str
    plural: str
    apports: tuple[Apport, ...]

    @property
    def phrase(self) -> str:
        """The total in words, as firm as its parts: « au moins 1 153 actions »."""
        return format_total(self.total, self.singular, self.plural)

    @property
    def etendue(self) -> str:
        """How many of those that answered gave a number."""
        return etendue(self.total)

    @property
    def is_counted(self) -> bool:
        """Whether it adds up published sheets rather than what académies declared."""
        return is_counted(self.total)

    @property
    def explications(self) -> tuple[str, ...]:
        """What the total adds up, and what it cannot count; one sentence each."""
        result = self.total
        if self.is_counted:
            return _counted(result)
        sentences = []
        if result.counted:
            count = len(result.counted)
            noun = pluriel(count, "académie", "académies")
            sentences.append(f"Somme des nombres donnés par {nombre(count)}{NBSP}{noun}.")
        if result.missing:
            verb = pluriel(len(result.missing), "n’a pas communiqué", "n’ont pas communiqué")
            sentences.append(
                f"{liste(result.missing)} {verb} de nombre (N.C.). "
                f"Ce n’est pas zéro{NBSP}: il manque à la somme."
            )
        if result.uncounted_all:
            verb = pluriel(len(result.uncounted_all), "répond", "répondent")
            sentences.append(
                f"{liste(result.uncounted_all)} {verb} «{NBSP}tous{NBSP}», sans nombre à ajouter."
            )
        if result.unavailable:
            sentences.append(f"Données non disponibles{NBSP}: {liste(result.unavailable)}.")
        if result.rough:
            gives = pluriel(len(result.rough), "donne", "donnent")
            sentences.append(f"{liste(result.rough)} {gives} un nombre approché («{NBSP}environ{NBSP}»).")
        if result.is_open_ended:
            sentences.append("Un nombre au moins est un minimum (« plus de »).")
        if result.overlapping:
            gives = pluriel(len(result.overlapping), "donne", "donnent")
            sentences.append(
                f"{liste(result.overlapping)} {gives} plusieurs nombres, où les mêmes peuvent se retrouver."
            )
        if result.is_bare_sum:
            sentences.append(f"C’est donc une somme{NBSP}: le vrai total peut être plus grand ou plus petit.")
        return tuple(sentence.replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»") for sentence in sentences)


def _counted(result: Total) -> tuple[str, ...]:
    """What a total of published sheets adds up, in sentences."""
    sentences = ["Compté sur les fiches publiées sur Accroche, relues une à une par les académies."]
    if without := len(result.missing) + len(result.unavailable):
        noun = pluriel(without, "académie n’a", "académies n’ont")
        sentences.append(
            f"{nombre(without)}{NBSP}{noun} aucune fiche publiée. "
            f"Ce n’est pas zéro{NBSP}: le total monte avec chaque fiche publiée."
        )
    sentences.append(
        "Le nombre qu’une académie annonce, s’il diffère, est montré à côté du sien et n’est pas additionné."
    )
    return tuple(sentences)


def provenance(rows: Iterable[tuple[str, str, tuple[Chiffre, ...]]], indicateur: Indicateur) -> Provenance:
    """Add up the figures of each (name, slug, figures) and keep the rows."""
    apports = tuple(
        Apport(
            name=name,
            slug=slug,
            figures=figures,
            reponse=reponse_of(figures),
            counted=counted(figures),
        )
        for name, slug, figures in rows
    )
    summed = total([(row.name, row.figures) for row in apports], repeats=indicateur.repeats)
    return Provenance(summed, *indicateur.nouns, apports)
