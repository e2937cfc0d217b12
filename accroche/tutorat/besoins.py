"""Where an académie may want help with its next semaine: thirteen readable components. Pure.

Each component says whether help would be useful, that nothing asks for it, or that nobody knows, and quotes
the fact it rests on. They weigh the same: nothing measured says otherwise (docs/accompagnement.md). An
académie whose data are absent is in a state of its own, neither better nor worse than one that told what went
wrong. No académie is named here, nothing reads prose, citations or who was accompanied before; and nothing
here is for the public.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from accroche.annuaire.regles import Niveau, reaches
from accroche.campagne.regles import StatutSemaine
from accroche.evaluation.faits import Faits
from accroche.lib.chiffres import Kind
from accroche.lib.libelles import Libelle
from accroche.lib.texte import capitale, liste, pluriel

#: From this many components on, help is proposed to an académie that asked for none.
NEEDY: Final = 5
#: Fewer actions or schools than this are few; of a directory, in per cent.
FEW: Final = 10
LOW_RATE: Final = 10
#: As many axes suggested leave no hour to an office of two.
MANY_AXES: Final = 3


class CodeBesoin(Libelle):
    """What help may be about, in the order in which it is shown."""

    DONNEES = "donnees", "Données"
    CHIFFRES = "chiffres", "Chiffres"
    COUVERTURE = "couverture", "Établissements touchés"
    ACTIONS = "actions", "Nombre d’actions"
    PREMIERE = "premiere", "Expérience"
    NIVEAUX = "niveaux", "Niveaux d’enseignement"
    PARTENAIRES = "partenaires", "Partenaires"
    RESSOURCES = "ressources", "Ressources publiées"
    VISIBILITE = "visibilite", "Visibilité"
    TEMPS_FORTS = "temps_forts", "Temps forts"
    COMPTE = "compte", "Compte sur le site"
    OBSTACLE = "obstacle", "Obstacle signalé"
    AXES = "axes", "Axes suggérés"


class EtatBesoin(Libelle):
    """What is known of one component."""

    PRESENT = "present", "Appui utile"
    ABSENT = "absent", "Rien à signaler"
    INCONNU = "inconnu", "On ne sait pas"


class MotifAppui(Libelle):
    """Why help is proposed to an académie, or not."""

    DEMANDE = "demande", "L’académie demande un appui"
    DONNEES = "donnees", "Ses données sont absentes"
    BESOINS = "besoins", "Plusieurs points appellent un appui"
    AUCUN = "aucun", "Aucun appui proposé"
    DECLINE = "decline", "L’académie ne souhaite pas d’appui"

    @property
    def is_to_help(self) -> bool:
        """Whether help is proposed."""
        return self in {MotifAppui.DEMANDE, MotifAppui.DONNEES, MotifAppui.BESOINS}


class Evolution(Libelle):
    """What became of a component from one edition to the next."""

    APPARU = "apparu", "nouveau"
    RESTE = "reste", "déjà là à l’édition précédente"
    LEVE = "leve", "n’est plus à signaler"


@dataclass(frozen=True, slots=True)
class Composante:
    """One component: what is known, and the fact that says so."""

    code: CodeBesoin
    etat: EtatBesoin
    evidence: str

    @property
    def is_present(self) -> bool:
        """Whether help would be useful."""
        return self.etat is EtatBesoin.PRESENT


@dataclass(frozen=True, slots=True)
class Besoins:
    """The components of one académie in one edition, in the order of :class:`CodeBesoin`."""

    composantes: tuple[Composante, ...]
    help_asked: bool | None = None

    @property
    def present(self) -> tuple[CodeBesoin, ...]:
        """What help would be useful for."""
        return tuple(one.code for one in self.composantes if one.is_present)

    @property
    def has_data(self) -> bool:
        """Whether anything is known of the semaine."""
        return CodeBesoin.DONNEES not in self.present

    @property
    def motif(self) -> MotifAppui:
        """Why help is proposed, or not: what the académie says itself comes first."""
        if self.help_asked is not None:
            return MotifAppui.DEMANDE if self.help_asked else MotifAppui.DECLINE
        if not self.has_data:
            return MotifAppui.DONNEES
        return MotifAppui.BESOINS if len(self.present) >= NEEDY else MotifAppui.AUCUN

    @property
    def weights(self) -> Mapping[CodeBesoin, float]:
        """What a mentor should fill, all alike; where nothing is known, whatever there is."""
        wanted = self.present if self.has_data else tuple(CodeBesoin)
        return MappingProxyType(dict.fromkeys(wanted or tuple(CodeBesoin), 1.0))


Known = tuple[bool | None, str]


def besoins_of(
    faits: Faits, *, axes: Collection[str] | None = None, has_account: bool | None = None
) -> Besoins:
    """Return the components of a semaine.

    ``axes``: the codes suggested to it, None when nobody suggested any; ``has_account``: whether somebody
    signs in for the académie here, None for an edition that was not held with this site.
    """
    told: dict[CodeBesoin, Known] = {code: read(faits) for code, read in _READ.items()}
    told[CodeBesoin.AXES] = _axes(axes)
    told[CodeBesoin.COMPTE] = (
        None if has_account is None else not has_account,
        {
            None: "Cette édition n’a pas été tenue sur ce site.",
            True: "Une personne au moins se connecte pour l’académie.",
            False: "Personne ne se connecte encore pour l’académie.",
        }[has_account],
    )
    if not is_judged(faits):
        for code in set(CodeBesoin) - _KNOWN_WITHOUT_DATA:
            told[code] = (None, "Les données de la semaine ne sont pas disponibles.")
    return Besoins(tuple(_component(code, *told[code]) for code in CodeBesoin), faits.help_asked)


def evolution(before: Besoins | None, now: Besoins) -> Mapping[CodeBesoin, Evolution]:
    """What became of each component known in both editions; those nothing was ever said of are left out."""
    if before is None:
        return {}
    known = {one.code: one for one in before.composantes if one.etat is not EtatBesoin.INCONNU}
    found: dict[CodeBesoin, Evolution] = {}
    for one in now.composantes:
        earlier = known.get(one.code)
        if earlier is None or one.etat is EtatBesoin.INCONNU:
            continue
        if one.is_present:
            found[one.code] = Evolution.RESTE if earlier.is_present else Evolution.APPARU
        elif earlier.is_present:
            found[one.code] = Evolution.LEVE
    return found


def _component(code: CodeBesoin, wanting: bool | None, evidence: str) -> Composante:
    states = {True: EtatBesoin.PRESENT, False: EtatBesoin.ABSENT, None: EtatBesoin.INCONNU}
    return Composante(code, states[wanting], evidence)


def is_judged(faits: Faits) -> bool:
    """Whether there is something to judge.

    A semaine that is being prepared is not, before its first sheet.
    """
    return faits.has_data and (faits.status is not StatutSemaine.PREPARING or faits.fiches.count > 0)


def _data(faits: Faits) -> Known:
    if is_judged(faits):
        return False, "L’académie a rendu compte de sa semaine, ou des fiches la racontent."
    if faits.status is StatutSemaine.PREPARING:
        return None, "La semaine se prépare encore."
    return True, "Ni chiffre, ni niveau, ni exemple : les données ne sont pas disponibles."


def _figures(faits: Faits) -> Known:
    if faits.figures_nc:
        return True, "Ni les actions ni les établissements ne sont chiffrés (N.C.)."
    if faits.actions.is_nc or faits.etablissements.is_nc:
        return False, "Un des deux chiffres est donné, l’autre est N.C."
    return False, "Les actions et les établissements sont chiffrés."


def _coverage(faits: Faits) -> Known:
    if faits.rate is not None:
        return (
            faits.rate < LOW_RATE,
            f"{faits.rate} % des écoles et établissements de l’annuaire ont déclaré.",
        )
    answer = faits.etablissements
    if answer.kind is Kind.ALL:
        return False, "Toutes les écoles et tous les établissements, selon l’académie."
    if answer.value is None:
        return None, "Le nombre d’établissements n’est pas communiqué."
    schools = pluriel(answer.value, "école ou établissement", "écoles et établissements")
    return answer.value < FEW, f"{answer.value} {schools}{_few(answer.value)}."


def _actions(faits: Faits) -> Known:
    value = faits.actions.value
    if value is None:
        return None, "Le nombre d’actions n’est pas communiqué."
    return value < FEW, f"{value} {pluriel(value, 'action', 'actions')}{_few(value)}."


def _few(value: int) -> str:
    return ", moins de dix" if value < FEW else ""


def _first(faits: Faits) -> Known:
    if faits.is_first is None:
        return None, "On ne sait pas combien de semaines l’académie a déjà tenues."
    return faits.is_first, (
        "C’était sa première semaine." if faits.is_first else "Elle avait déjà tenu une semaine."
    )


def _levels(faits: Faits) -> Known:
    if not faits.levels:
        return None, "Aucun niveau n’est précisé."
    told = [(level, reaches(level, faits.levels, faits.levels_unknown)) for level in Niveau]
    missing = [level.label.lower() for level, reached in told if reached is False]
    if not missing and faits.levels_unknown:
        return None, "Des niveaux ne sont pas précisés."
    if not missing:
        return False, "Les quatre niveaux sont présents."
    return True, f"{pluriel(len(missing), 'Absent', 'Absents')} : {liste(missing)}."


def _partners(faits: Faits) -> Known:
    if faits.alliances == "internes_externes":
        return False, "Les alliances dépassent l’Éducation nationale."
    if faits.alliances == "internes":
        return True, "Les alliances restent dans l’Éducation nationale."
    count = faits.partners_external
    if not count:
        return True, "Aucun partenaire extérieur n’est nommé."
    return False, f"{count} {pluriel(count, 'partenaire extérieur', 'partenaires extérieurs')}."


def _resources(faits: Faits) -> Known:
    count = faits.resources_public
    if not count:
        return True, "Aucune ressource n’est en ligne."
    return False, f"{count} {pluriel(count, 'ressource en ligne', 'ressources en ligne')}."


def _visibility(faits: Faits) -> Known:
    found = sorted(kind.label.lower() for kind in faits.supports)
    if not found:
        return True, "Ni dossier de presse, ni site, ni vidéo, ni article n’est en ligne."
    return False, f"En ligne : {liste(found)}."


def _events(faits: Faits) -> Known:
    if not faits.events:
        return True, "Aucun temps fort n’est connu."
    return False, f"{faits.events} {pluriel(faits.events, 'temps fort', 'temps forts')}."


def _obstacle(faits: Faits) -> Known:
    if faits.obstacle not in {"", "aucun"}:
        return True, "L’académie a signalé un obstacle."
    if faits.staff_strain == "intenable":
        return True, "L’académie juge la charge de ses services intenable."
    if faits.obstacle == "aucun" or faits.staff_strain:
        return False, "L’académie n’a pas signalé d’obstacle."
    return None, "La question n’a pas été posée, ou reste sans réponse."


def _axes(axes: Collection[str] | None) -> Known:
    if axes is None:
        return None, "Aucun axe n’a été cherché."
    count = len(axes)
    words = pluriel(count, "axe de travail suggéré", "axes de travail suggérés")
    return count >= MANY_AXES, capitale(f"{count or 'aucun'} {words}.")


_READ: Final[dict[CodeBesoin, Callable[[Faits], Known]]] = {
    CodeBesoin.DONNEES: _data,
    CodeBesoin.CHIFFRES: _figures,
    CodeBesoin.COUVERTURE: _coverage,
    CodeBesoin.ACTIONS: _actions,
    CodeBesoin.PREMIERE: _first,
    CodeBesoin.NIVEAUX: _levels,
    CodeBesoin.PARTENAIRES: _partners,
    CodeBesoin.RESSOURCES: _resources,
    CodeBesoin.VISIBILITE: _visibility,
    CodeBesoin.TEMPS_FORTS: _events,
    CodeBesoin.OBSTACLE: _obstacle,
}
#: What does not hang on the semaine's own data.
_KNOWN_WITHOUT_DATA: Final = frozenset({CodeBesoin.DONNEES, CodeBesoin.COMPTE, CodeBesoin.OBSTACLE})
