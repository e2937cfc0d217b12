"""What the public sees of the database, table by table, and why it sees nothing of the others.

One table of facts: triggers are made from it (``declencheurs.py``), which raise the public revision and tell
the search index which sheets to read again. ``tests/catalogue/test_visible.py`` walks every model of the
project: a new one has its line here, or its reason.

Conditions are SQL that both databases read; ``{r}`` is the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Vue:
    """How the public sees a table.

    ``counts``: which rows it sees, all when empty. ``unseen``: columns it never sees, whose change is none.
    ``actions``: a query of the sheets whose search a row takes part in; empty, of none.
    ``clock``: moments in it with which something public changes by itself. ``of_sheets``: whether its rows
    come and go with sheets, which is what changes all day long. ``outside``: which of them are carriers that
    the directory does not hold.
    """

    counts: str = ""
    unseen: tuple[str, ...] = ()
    actions: str = ""
    clock: tuple[str, ...] = ()
    of_sheets: bool = False
    outside: str = ""


#: Stands for every sheet: the index reads all of them again.
ALL: Final = "SELECT CAST(NULL AS bigint)"

#: What takes up another sheet is counted with its line before it is named (``queries/fiche.py: COUNTED``).
_PUBLISHED: Final = (
    "({r}.etat IN ('published', 'merged') OR {r}.previous_id IS NOT NULL "
    "AND {r}.etat IN ('submitted', 'to_complete', 'withdrawn'))"
)
_OF_PUBLISHED: Final = (
    "EXISTS (SELECT 1 FROM actions_action a WHERE a.id = {r}.action_id AND a.etat = 'published')"
)
_OWN: Final = "SELECT {r}.action_id"
_CARRIED: Final = "SELECT p.action_id FROM actions_actionporteur p"
#: Those it carries, and those that stand in the middle of its commune's schools (``queries/positions.py``).
_OF_SCHOOL: Final = f"""
    {_CARRIED} JOIN annuaire_porteur o ON o.id = p.porteur_id WHERE o.uai = {{r}}.uai
    UNION {_CARRIED} JOIN annuaire_porteur o ON o.id = p.porteur_id
        WHERE {{r}}.insee <> '' AND o.insee = {{r}}.insee AND o.latitude IS NULL
    UNION {_CARRIED} JOIN annuaire_porteur o ON o.id = p.porteur_id
        JOIN annuaire_etablissement e ON e.uai = o.uai
        WHERE {{r}}.insee <> '' AND e.insee = {{r}}.insee AND e.latitude IS NULL"""
_OF_FORMER_NAME: Final = (
    f"{_CARRIED} JOIN annuaire_porteur o ON o.id = p.porteur_id "
    "JOIN annuaire_etablissement e ON e.uai = o.uai WHERE e.id = {r}.etablissement_id"
)
_OF_PARTNER: Final = "SELECT p.action_id FROM actions_actionpartenaire p WHERE p.partenaire_id = {r}.id"
_OF_EDITION: Final = (
    "SELECT a.id FROM actions_action a JOIN campagne_semaine s ON s.id = a.semaine_id "
    "WHERE s.edition_id = {r}.id AND a.etat = 'published'"
)
#: A sheet without a day of its own goes by the first window of its semaine.
_OF_SEMAINE: Final = (
    "SELECT a.id FROM actions_action a WHERE a.semaine_id = {r}.semaine_id AND a.etat = 'published'"
)
#: Of an edition declared here, what the bureau writes is read in published versions of its synthesis alone
#: (``publications/queries: public_texts``).
_OF_REPORT: Final = (
    "EXISTS (SELECT 1 FROM campagne_edition e WHERE e.id = {r}.edition_id AND e.declaration_opens IS NULL)"
)
_OF_REPORT_ROW: Final = (
    "EXISTS (SELECT 1 FROM campagne_{table} t JOIN campagne_edition e ON e.id = t.edition_id "
    "WHERE t.id = {r}.{table}_id AND e.declaration_opens IS NULL)"
)
#: A carrier in no directory.
OUTSIDE: Final = "NOT EXISTS (SELECT 1 FROM annuaire_etablissement e WHERE e.uai = {r}.uai)"
#: Of a sheet, what is written of people, or while it is written.
_PRIVATE: Final = (
    "reponse",
    "declarant_id",
    "declarant_email",
    "private_contact",
    "private_email",
    "private_phone",
)
#: Of a semaine, what stays between an académie and the bureau (``campagne/champs.py: ENTRE_NOUS``).
_ENTRE_NOUS: Final = (
    "obstacle",
    "obstacle_text",
    "help_asked",
    "help_text",
    "staff_days",
    "staff_strain",
    "mentor_offer",
)

#: A part of a sheet.
_PART: Final = Vue(counts=_OF_PUBLISHED, actions=_OWN, of_sheets=True)

#: What the public sees, by the label of the model (those Django makes of lists of others included).
VISIBLE: Final[dict[str, Vue]] = {
    "annuaire.Academie": Vue(unseen=("courriel",), actions=ALL),
    "annuaire.Academie_successors": Vue(),
    "annuaire.Departement": Vue(actions=ALL),
    "annuaire.Departement_academies": Vue(),
    "annuaire.Bassin": Vue(),
    "annuaire.Etablissement": Vue(actions=_OF_SCHOOL),
    "annuaire.NomEtablissement": Vue(actions=_OF_FORMER_NAME),
    "annuaire.Succession": Vue(),
    "annuaire.Porteur": Vue(
        actions=f"{_CARRIED} WHERE p.porteur_id = {{r}}.id", of_sheets=True, outside=OUTSIDE
    ),
    "campagne.Edition": Vue(actions=_OF_EDITION),
    "campagne.Texte": Vue(counts=_OF_REPORT),
    "campagne.Mentions": Vue(counts=_OF_REPORT),
    "campagne.Axe": Vue(),
    "campagne.Objectif": Vue(counts=_OF_REPORT),
    "campagne.CitationObjectif": Vue(counts=_OF_REPORT_ROW.format(table="objectif", r="{r}")),
    "campagne.Tutorat": Vue(counts=_OF_REPORT),
    "campagne.TutoratAcademie": Vue(counts=_OF_REPORT_ROW.format(table="tutorat", r="{r}")),
    "campagne.Partenaire": Vue(actions=_OF_PARTNER, of_sheets=True),
    "campagne.Semaine": Vue(counts="NOT {r}.begun", unseen=_ENTRE_NOUS),
    "campagne.SemainePartenaire": Vue(),
    "campagne.Fenetre": Vue(actions=_OF_SEMAINE),
    "campagne.Chiffre": Vue(),
    "campagne.AxeRetenu": Vue(),
    "campagne.TempsFort": Vue(),
    "campagne.Etape": Vue(),
    "campagne.Ressource": Vue(),
    "campagne.TexteStrategie": Vue(),
    "campagne.Retombee": Vue(),
    "campagne.Grille": Vue(),
    "campagne.GrilleObjectif": Vue(),
    "campagne.Critere": Vue(),
    "campagne.GrilleEdition": Vue(),
    "actions.Theme": Vue(),
    "actions.Cle": Vue(),
    # an absorbed one leads to the one that absorbed it
    "actions.Action": Vue(_PUBLISHED, unseen=_PRIVATE, actions="SELECT {r}.id", of_sheets=True),
    "actions.Action_themes": _PART,
    "actions.Action_cles": _PART,
    "actions.ActionPorteur": _PART,
    "actions.ActionPartenaire": _PART,
    "actions.Lien": _PART,
    "actions.Activite": _PART,
    "actions.PieceJointe": _PART,
    "actions.AncienneAdresse": Vue(of_sheets=True),
    "catalogue.Selection": Vue(counts="{r}.published", unseen=("version",)),
    "catalogue.FicheRetenue": Vue(
        counts="EXISTS (SELECT 1 FROM catalogue_selection s WHERE s.id = {r}.selection_id AND s.published)"
    ),
    "votes.Scrutin": Vue(clock=("opens_at", "closes_at")),
    "votes.Candidature": Vue(),
    # one that was withdrawn says so; what the bureau calls one is its own word
    "publications.Synthese": Vue(
        counts="({r}.published_at IS NOT NULL OR {r}.withdrawn_at IS NOT NULL)",
        unseen=("name", "settled_by_id"),
    ),
}

_STEERING: Final = "read by those who steer the campaign, signed in"
_OWN_SPACE: Final = "read by the school, its académie and the bureau, signed in or by a link of their own"
_PERSON: Final = "who people are and how they sign in"
_MACHINE: Final = "how the site works, told on no page of everybody"
_LIBRARY: Final = "of a library, and held by no page"

#: What the public never sees a row of, and why.
UNSEEN: Final[dict[str, str]] = {
    "annuaire.Circonscription": "groups écoles for who steers",
    "annuaire.HistoriqueEtablissement": "what imports of the directory changed, for who answers for it",
    "annuaire.ReponseReconnaissance": "what people answered about a mention; its carrier is what is shown",
    "campagne.Echeance": "deadlines of académies, shown in their own space",
    "campagne.Correspondance": "how grids follow from each other, for who compares them",
    "actions.Arrivage": "sheets that nobody sees yet",
    "actions.ComptageSemaine": "what triggers add up of the sheets, which are told",
    "actions.PresencePorteur": "the same",
    "actions.Commentaire": _OWN_SPACE,
    "actions.LienAcces": _PERSON,
    "actions.Lecture": _OWN_SPACE,
    "actions.Vues": "how often a page was read, told to the school and its académie",
    "actions.DoublonEcarte": _OWN_SPACE,
    "votes.Scrutin_jury": "who judges is told to who runs the vote",
    "votes.Bulletin": "its page has a form and is kept by nobody; results are told once none comes any more",
    "votes.Note": "the same of a juror's mark",
    "pilotage.Sollicitation": _STEERING,
    "pilotage.Refus": _STEERING,
    "evaluation.Evaluation": _STEERING,
    "evaluation.Reponse": _STEERING,
    "evaluation.EchangeGrille": _STEERING,
    "evaluation.RelanceGrille": _STEERING,
    "evaluation.ChoixAxes": _STEERING,
    "evaluation.SuiviAxe": _STEERING,
    "redaction.FilFiche": _STEERING,
    "redaction.MessageFiche": _STEERING,
    "redaction.RelanceFiche": _STEERING,
    "tutorat.PropositionTutorat": _STEERING,
    "tutorat.ContrainteBinome": _STEERING,
    "tutorat.ReglageTutorat": _STEERING,
    "tutorat.Binome": _STEERING,
    "tutorat.EtapeBinome": _STEERING,
    "tutorat.ContactBinome": _STEERING,
    "tutorat.BilanBinome": _STEERING,
    "redaction.PartieEcrite": _STEERING,
    "redaction.VersionPartie": _STEERING,
    "redaction.RedacteurPresent": _STEERING,
    "imports.MemoireColonne": _STEERING,
    "imports.Depot": _STEERING,
    "publications.Construction": _STEERING,
    "aide.AvisSite": "what visitors think of the site, read by the bureau",
    "catalogue.AIndexer": "what these triggers write",
    "commun.Revision": "what these triggers write",
    "commun.JournalEntry": _OWN_SPACE,
    "commun.Message": _PERSON,
    "commun.Outage": _MACHINE,
    "commun.Compteur": _MACHINE,
    "commun.Reserve": _MACHINE,
    "commun.Envoi": _MACHINE,
    "commun.Job": _MACHINE,
    "comptes.User": _PERSON,
    "comptes.CodeConnexion": _PERSON,
    "comptes.Appareil": _PERSON,
    "comptes.ChangementAdresse": _PERSON,
    "comptes.Role": _PERSON,
    "comptes.DemandeInvitation": _PERSON,
    "comptes.DemandeRattachement": _PERSON,
    "comptes.Invitation": _PERSON,
    "comptes.EtablissementAbsent": "what visitors do not find, told to their académie",
    "comptes.SignalementAbsent": "who does not find it",
    "auth.Permission": _LIBRARY,
    "auth.Group": _LIBRARY,
    "auth.Group_permissions": _LIBRARY,
    "contenttypes.ContentType": _LIBRARY,
    "sessions.Session": _PERSON,
    "account.EmailAddress": _LIBRARY,
    "account.EmailConfirmation": _LIBRARY,
    "socialaccount.SocialAccount": _LIBRARY,
    "socialaccount.SocialApp": _LIBRARY,
    "socialaccount.SocialToken": _LIBRARY,
    "dsfr.DsfrConfig": _LIBRARY,
    "dsfr.DsfrSocialMedia": _LIBRARY,
}
