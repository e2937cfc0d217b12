"""A small edition that uses every field, as plain data."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

from accroche.actions.regles import Nature, SourceAction, Temporalite
from accroche.actions.saisie import ActiviteSaisie
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.champs import ENTRE_NOUS
from accroche.campagne.grille import CritereDit, GrilleDite, ObjectifDit
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import (
    ActionDossier,
    AxeCatalogue,
    AxeRetenu,
    EditionDossier,
    EtapeDossier,
    LienSaisi,
    MentionsDossier,
    ObjectifDossier,
    PartenaireDossier,
    PartenaireSaisi,
    PerspectiveDossier,
    PorteurSaisi,
    RessourceDossier,
    SemaineDossier,
    TempsFortDossier,
    TutoratDossier,
)
from accroche.lib.chiffres import parse

LYCEE = PorteurSaisi(kind=TypePorteur.LYCEE, name="Lycée Le Castel", commune="Dijon")
PLACED = replace(LYCEE, insee="21231", uai="0010001W", latitude=47.3149, longitude=5.0422)
ONISEP = PartenaireDossier("ONISEP", "operateur", internal=True)
FORUM = ActionDossier(
    title="Forum des métiers",
    porteurs=(PLACED,),
    liens=(LienSaisi("http://www.ac-dijon.fr/forum", "Le forum"),),
    description="Des métiers, en vrai.",
    prize="Prix du public",
    remarkable=True,
    temporality=Temporalite.SEMAINE,
    nature=Nature.PREVENTION,
    levels=(Niveau.LYCEE,),
    themes=("decouverte_metiers", "orientation"),
    cles=("accueil",),
    starts=dt.date(2016, 3, 14),
    ends=dt.date(2016, 3, 15),
    place="Salle des fêtes de Beaune",
    classes="3e A",
    audience_size=60,
    audience_note="dont vingt en SEGPA",
    partenaires=(PartenaireSaisi("ONISEP", "participe", "prête des kakémonos", "operateur", internal=True),),
    activites=(ActiviteSaisie("Atelier", "Par métier.", dt.date(2016, 3, 14), dt.date(2016, 3, 14)),),
    authority="Le recteur",
    public_contact="Le secrétariat du lycée",
    source=SourceAction.EXPERITHEQUE,
    experitheque_id=9661,
)
#: The same as the first shape of an edition could tell it: ``forme_1.json``, ``memoire_forme_1.json``.
BARE = ActionDossier(
    title=FORUM.title,
    porteurs=FORUM.porteurs,
    liens=FORUM.liens,
    description=FORUM.description,
    prize=FORUM.prize,
    remarkable=FORUM.remarkable,
    temporality=FORUM.temporality,
    nature=FORUM.nature,
    levels=FORUM.levels,
    themes=FORUM.themes,
    partenaires=(PartenaireSaisi("ONISEP", kind="operateur", internal=True),),
    source=FORUM.source,
    experitheque_id=FORUM.experitheque_id,
)
DIJON = SemaineDossier(
    academie="Dijon",
    windows=((dt.date(2016, 1, 18), dt.date(2016, 1, 22)), (dt.date(2016, 3, 14), dt.date(2016, 3, 18))),
    ordinal=1,
    status=StatutSemaine.REPORTED,
    levels=frozenset({Niveau.COLLEGE, Niveau.LYCEE}),
    actions_figures=parse("19 (recensées)"),
    etablissements_figures=parse("Plus de 30"),
    title="Dijon persévère",
    themes=("Le numérique",),
    pilot="CARDIE",
    sponsor="Une marraine",
    funding="Fonds européens",
    committee="Un comité",
    narrative="Deux semaines.\n\nDes rencontres.",
    partners_narrative="Des partenaires.",
    partners=(ONISEP, PartenaireDossier("CANOPE")),
    axes=(AxeRetenu("niveaux", "Le premier degré."), AxeRetenu("structuration")),
    temps_forts=(
        TempsFortDossier("Salon", "salon", dt.date(2016, 1, 21), dt.date(2016, 1, 21), "Nevers", "Un salon."),
        TempsFortDossier(
            "Tour", "tournee", stops=(EtapeDossier("Cher", dt.date(2016, 3, 15)), EtapeDossier("Indre"))
        ),
    ),
    ressources=(RessourceDossier("Carte", "carte", "http://www.ac-dijon.fr/carte"),),
    actions=(FORUM, ActionDossier("Atelier")),
    examples_note="Deux exemples.",
)
CAEN = SemaineDossier("Caen", ((dt.date(2016, 3, 21), dt.date(2016, 3, 27)),), 2, StatutSemaine.REPORTED)
WORDS = ("Rien.", "Un peu.", "À moitié.", "Presque tout.", "Tout.")
GRILLE = GrilleDite(
    "2016",
    "Grille de 2016",
    "Pour faire le point.",
    (
        ObjectifDit(
            "communiquer",
            "Communiquer",
            (
                CritereDit("4.1", "Annoncer", "valorisation", WORDS, 2, ("supports", "medias")),
                CritereDit("4.2", "Rassembler", "animation", WORDS),
            ),
        ),
        ObjectifDit(
            "mobiliser_partenaires", "Mobiliser", (CritereDit("2.1", "Ouvrir", "partenaires", WORDS),)
        ),
    ),
)
EDITION = EditionDossier(
    edition="2015-2016",
    semaines=(CAEN, DIJON),
    title="Semaine de la persévérance scolaire",
    introduction=(("Mobiliser", "Un texte."), ("Donner à voir", "Un autre.")),
    axes=(
        AxeCatalogue("structuration", "Structurer", "Un même rendez-vous.", ("Un comité", "Un nom")),
        AxeCatalogue("niveaux", "Le premier degré"),
    ),
    objectifs=(ObjectifDossier("communiquer", "Communiquer", "Bien.", ("Dijon", "Caen")),),
    perspectives=(PerspectiveDossier("Aider", "Tôt.", "Les académies", "avant le 31 mars 2017"),),
    tutorats=(TutoratDossier("prioritaire", ("Dijon", "Caen"), "Pour progresser."),),
    previous_academies=("Caen",),
    notes=("Une note.",),
    grille=GRILLE,
    messages=("**Deux** académies racontent.", "Une reste à entendre."),
    preambule="Comment la grille a servi.",
    mentions=MentionsDossier(
        "Éducation nationale", "bureau@exemple.fr", "Licence Ouverte 2.0", "Le bureau", "Mai 2016"
    ),
)
OLD_EDITION = replace(
    EDITION,
    grille=None,
    messages=(),
    preambule="",
    mentions=MentionsDossier(),
    perspectives=(PerspectiveDossier("Aider", "Tôt."),),
    semaines=(CAEN, replace(DIJON, actions=(BARE, *DIJON.actions[1:]))),
    axes=tuple(AxeCatalogue(axe.code, axe.label) for axe in EDITION.axes),
)


def without_steering(dossier: EditionDossier) -> EditionDossier:
    """The same without what académies tell the bureau alone, as public documents hold it."""
    bare = {one.name: one.default for one in fields(SemaineDossier) if one.name in ENTRE_NOUS}
    told = (replace(semaine, **bare) for semaine in dossier.semaines)  # type: ignore[arg-type]
    return replace(dossier, semaines=tuple(told))
