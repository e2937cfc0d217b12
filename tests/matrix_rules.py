"""Who may open each address of the site: the table that ``test_matrix.py`` walks, page by page."""

from __future__ import annotations

from accroche.comptes.regles import Right
from accroche.pilotage.operations.invitation import stop_token
from tests.matrix import (
    EVERYWHERE,
    FILE_IS_LOST,
    FORM_ONLY,
    Rule,
    anywhere,
    everybody,
    nobody,
    of_partie,
    of_scrutin,
    of_selection,
    of_semaine,
    of_sheet,
    of_version,
    placed,
    signed_in,
    year,
)

#: Every address of the site. Grouped as in ``config/urls.py``.
RULES: dict[str, Rule] = {
    # --- the public site
    "portail:accueil": everybody(),
    "portail:synthese_courante": everybody(),
    "portail:accessibilite": everybody(),
    "portail:mentions": everybody(),
    "portail:plan": everybody(),
    "portail:robots": everybody(),
    "portail:security": everybody(),
    "aide:guide": everybody(),
    "aide:page": everybody(lambda _side: {"code": "la-carte"}),
    "aide:contact": everybody(),
    "aide:avis": everybody(),
    "aide:merci": everybody(),
    "aide:recus": anywhere(Right.STEER),
    "aide:fichier": anywhere(Right.STEER),
    "aide:traiter": anywhere(Right.STEER, arguments=lambda _side: {"pk": 1}, get=FORM_ONLY),
    # --- health, for machines
    "exploitation:sante": everybody(),
    "exploitation:pret": everybody(get=frozenset({200, 503})),
    "exploitation:courriels": anywhere(Right.ADMINISTER),
    "exploitation:courriel": anywhere(Right.ADMINISTER, arguments=lambda _side: {"pk": 1}, get=FORM_ONLY),
    "portail:tableau": signed_in(),
    "portail:supprimer_compte": signed_in(),
    "portail:exporter_fiches": anywhere(Right.SEE_COVERAGE),
    "catalogue:edition_courante": everybody(),
    "catalogue:academies_courantes": everybody(),
    "catalogue:carte": everybody(),
    # of no frame, which they refuse; what they tell of one: tests/catalogue/test_page_carte.py
    "catalogue:carte_points": everybody(get=frozenset({400})),
    "catalogue:carte_actions": everybody(get=frozenset({400})),
    "catalogue:recherche": everybody(),
    **{
        f"catalogue:{name}": everybody()
        for name in ("integrer", "integre_actions", "integre_carte", "integre_agenda")
    },
    "catalogue:selections": everybody(),
    "catalogue:selection": everybody(of_selection),
    "catalogue:integre_selection": everybody(of_selection),
    "catalogue:selection_fichier": everybody(of_selection),
    "catalogue:gerer_selections": anywhere(Right.MODERATE, Right.STEER),
    "catalogue:nouvelle_selection": anywhere(Right.MODERATE, Right.STEER),
    # an académie's own: the bureau has its own too
    "catalogue:modifier_selection": placed(of_selection, Right.MODERATE),
    "catalogue:geste_selection": placed(of_selection, Right.MODERATE, get=FORM_ONLY),
    # of no address, which it does not know
    "catalogue:oembed": everybody(get=frozenset({404})),
    "catalogue:suggestions": everybody(),
    "catalogue:vignette": everybody(),
    "catalogue:vignette_semaine": everybody(of_semaine),
    "catalogue:vignette_action": everybody(lambda side: of_semaine(side) | {"action": side.published.slug}),
    "catalogue:sitemap": everybody(),
    "catalogue:sitemap_part": everybody(lambda _side: {"part": "pages"}),
    "catalogue:agenda": everybody(),
    "catalogue:agenda_ics": everybody(),
    "catalogue:agenda_atom": everybody(),
    "catalogue:temps_fort_ics": everybody(lambda _side: {"uid": "inconnu"}, get=frozenset({404})),
    # the sheet of the world has no day
    "catalogue:action_ics": everybody(
        lambda side: of_semaine(side) | {"action": side.published.slug}, get=frozenset({404})
    ),
    "catalogue:edition": everybody(year),
    "catalogue:academies": everybody(year),
    # the world has one edition: nothing to compare with
    "catalogue:evolution": everybody(lambda side: year(side) | {"autre": "2015-2016"}, get=frozenset({404})),
    "catalogue:evolution_fichier": everybody(
        lambda side: year(side) | {"autre": "2015-2016"}, get=frozenset({404})
    ),
    "catalogue:semaine": everybody(of_semaine),
    "catalogue:etablissement": everybody(lambda side: {"uai": side.school.uai}),
    # its carrier is a school, which has a page of its own
    "catalogue:porteur": everybody(lambda side: {"lieu": side.school.porteur.pk}, get=frozenset({301})),
    "catalogue:commune": everybody(lambda side: {"lieu": f"{side.school.insee}-{side.where.academie.slug}"}),
    "catalogue:departement": everybody(
        lambda side: {"lieu": f"{side.where.departement.code}-departement-{side.where.departement.code}"}
    ),
    "catalogue:academie": everybody(lambda side: {"slug": side.where.academie.slug}),
    "catalogue:action": everybody(of_sheet),
    "catalogue:qr": everybody(of_sheet),
    "catalogue:affiche": everybody(of_sheet),
    "catalogue:reprendre": everybody(of_sheet),
    "catalogue:diffusion": everybody(of_sheet),
    "catalogue:vue": everybody(of_sheet, get=FORM_ONLY),
    "publications:synthese": everybody(year),
    "publications:version": everybody(lambda side: year(side) | {"number": 1}, get=frozenset({404})),
    "publications:telecharger": everybody(
        lambda side: year(side) | {"name": "rien.txt"}, get=frozenset({404})
    ),
    "publications:telecharger_version": everybody(
        lambda side: year(side) | {"number": 1, "name": "rien.txt"}, get=frozenset({404})
    ),
    "publications:atelier": anywhere(Right.STEER, arguments=year),
    "publications:avancement": anywhere(Right.STEER, arguments=year),
    "publications:arreter": anywhere(Right.STEER, arguments=year, get=FORM_ONLY),
    **{
        f"publications:{name}": anywhere(Right.STEER, arguments=of_version, get=FORM_ONLY)
        for name in ("publier", "retirer", "construire_version")
    },
    "publications:construire": anywhere(Right.STEER, arguments=year, get=FORM_ONLY),
    "publications:comparer": anywhere(Right.STEER, arguments=year),
    # nothing was frozen nor built in the world
    "publications:comparer_version": anywhere(Right.STEER, arguments=of_version, get=frozenset({404})),
    **{
        f"publications:{name}{which}": anywhere(
            Right.STEER,
            arguments=lambda side, which=which, more=more: (of_version if which else year)(side) | more,
            get=frozenset({404}),
        )
        for which in ("", "_version")
        for name, more in (
            ("atelier_pages", {}),
            ("atelier_page", {"page": 1}),
            ("atelier_fichier", {"name": "synthese.pdf"}),
        )
    },
    "publications:documents": anywhere(Right.MODERATE),
    "publications:document": placed(
        lambda side: of_semaine(side) | {"kind": "liste-recensement"}, Right.MODERATE
    ),
    "publications:fichier": placed(
        lambda side: of_semaine(side) | {"kind": "liste-recensement", "name": "donnees.json"}, Right.MODERATE
    ),
    # --- the directory: open data
    "annuaire:recherche": everybody(),
    "annuaire:suggestions": everybody(),
    "annuaire:etablissement": everybody(lambda side: {"uai": side.school.uai}, get=frozenset({301})),
    # --- people and roles
    "comptes:connexion": everybody(),
    "comptes:code": everybody(),
    "comptes:lien_connexion": everybody(lambda _side: {"token": "jeton"}, get=frozenset({302, 410})),
    "comptes:inactif": everybody(get=frozenset({403})),
    # ProConnect: served only where the site is registered there
    "comptes:proconnect": nobody(),
    "comptes:proconnect_retour": nobody(),
    "comptes:proconnect_deconnexion": nobody(),
    "comptes:deconnexion": signed_in(get=FORM_ONLY),
    "comptes:mon_compte": signed_in(),
    "portail:mes_donnees": signed_in(),
    "portail:changer_adresse": signed_in(),
    "portail:retour_adresse": everybody(lambda _side: {"token": "jeton"}, get=frozenset({410})),
    # one's own: nobody of this world is theirs
    "comptes:oublier_appareil": signed_in(lambda side: {"pk": side.appareil.pk}, get=FORM_ONLY),
    "comptes:presence": signed_in(get=frozenset({204})),
    "comptes:deconnexion_partout": signed_in(get=FORM_ONLY),
    "comptes:rejoindre": signed_in(),
    "comptes:etablissement_absent": everybody(),
    "comptes:etablissement_absent_envoye": everybody(),
    "comptes:regler_absent": placed(
        lambda side: {"pk": side.absent.pk}, Right.GRANT, but=frozenset({"porteur"}), get=FORM_ONLY
    ),
    "comptes:demandes": anywhere(Right.GRANT),
    "comptes:courriels": anywhere(Right.MODERATE),
    "comptes:personnes": anywhere(Right.GRANT),
    "comptes:inviter": anywhere(Right.GRANT),
    "comptes:vie_etablissement": placed(lambda side: {"uai": side.school.uai}, Right.GRANT),
    "comptes:annuler_invitation": placed(
        lambda side: {"pk": side.invitation.pk},
        Right.GRANT,
        but=frozenset({"porteur"}),
        get=FORM_ONLY,
    ),
    "comptes:repondre_invitation": placed(
        lambda side: {"pk": side.demande_invitation.pk},
        Right.GRANT,
        but=frozenset({"porteur"}),
        get=FORM_ONLY,
    ),
    "comptes:invitation": everybody(lambda side: {"token": f"invitation-{side.where.academie.slug}"}),
    "comptes:terminer_role": placed(
        lambda side: {"pk": side.role.pk}, Right.GRANT, but=frozenset({"porteur"}), get=FORM_ONLY
    ),
    "comptes:courrier": nobody(),
    # --- votes
    "votes:votes": everybody(),
    "votes:organiser_votes": anywhere(Right.RUN_VOTE),
    "votes:creer_scrutin": anywhere(Right.RUN_VOTE),
    "votes:scrutin": everybody(of_scrutin),
    "votes:confirmer_vote": everybody(lambda _side: {"token": "rien"}, get=frozenset({410})),
    "votes:jury": nobody(of_scrutin),
    "votes:gerer_scrutin": placed(of_scrutin, Right.RUN_VOTE),
    "votes:modifier_scrutin": placed(of_scrutin, Right.RUN_VOTE),
    "votes:candidatures": placed(of_scrutin, Right.RUN_VOTE),
    # --- the cockpit: of the country, of an académie, of a partner
    "cockpit:cockpit": anywhere(Right.SEE_STEERING),
    "cockpit:cockpit_academie": placed(of_semaine, Right.SEE_STEERING),
    "cockpit:lignes": anywhere(Right.SEE_STEERING, arguments=lambda _side: {"quoi": "fiches"}),
    "cockpit:lignes_fichier": anywhere(Right.SEE_STEERING, arguments=lambda _side: {"quoi": "fiches"}),
    "cockpit:relancer": anywhere(Right.STEER, arguments=lambda side: year(side) | {"groupe": "ouvert"}),
    "cockpit:partenaire": anywhere(Right.SEE_PARTNER),
    "cockpit:partenaire_fichier": anywhere(Right.SEE_PARTNER),
    # --- coverage of the directory
    "pilotage:couverture": anywhere(Right.SEE_COVERAGE),
    "pilotage:etablissements": anywhere(Right.SEE_COVERAGE),
    "pilotage:fichier": anywhere(Right.SEE_COVERAGE),
    "pilotage:inviter": anywhere(Right.INVITE_SCHOOL),
    "pilotage:ne_plus_inviter": everybody(lambda side: {"token": stop_token(side.school)}),
    # --- spreadsheets in and out
    "imports:recensement": anywhere(Right.MODERATE),
    "imports:export": anywhere(Right.MODERATE),
    "imports:modele": anywhere(Right.MODERATE),
    "imports:depot": placed(lambda side: {"pk": side.depot.pk}, Right.MODERATE),
    "imports:avancement": placed(lambda side: {"pk": side.depot.pk}, Right.MODERATE),
    "imports:a_corriger": placed(lambda side: {"pk": side.depot.pk}, Right.MODERATE),
    "imports:colonnes": placed(lambda side: {"pk": side.depot.pk}, Right.MODERATE, get=FORM_ONLY),
    "imports:tableaux": placed(lambda side: {"pk": side.depot.pk}, Right.MODERATE, get=FORM_ONLY),
    "imports:reponses": placed(lambda side: {"pk": side.depot.pk}, Right.MODERATE, get=FORM_ONLY),
    "imports:porteurs": placed(lambda side: {"pk": side.depot.pk}, Right.MODERATE, get=FORM_ONLY),
    "imports:importer": placed(lambda side: {"pk": side.depot.pk}, Right.MODERATE, get=FORM_ONLY),
    "imports:abandonner": placed(lambda side: {"pk": side.depot.pk}, Right.MODERATE, get=FORM_ONLY),
    # --- the semaine's own page
    "pilotage:semaines": anywhere(Right.EDIT_SEMAINE),
    "pilotage:semaine": placed(of_semaine, Right.EDIT_SEMAINE),
    # --- axes of work: read by the bureau and the académie, written by the académie
    "redaction:avancement": anywhere(Right.STEER, arguments=year),
    "redaction:avancement_fichier": anywhere(Right.STEER, arguments=year),
    "redaction:relancer_fiches": anywhere(Right.STEER, arguments=year),
    # bureau and académie, each its own; a reader of the académie reads, and writes nothing
    "redaction:fiche": placed(of_semaine, Right.SEE_STEERING),
    **{
        f"redaction:fiche_{name}": placed(of_semaine, Right.STEER, Right.EDIT_SEMAINE, get=FORM_ONLY)
        for name in ("message", "fil", "donnees")
    },
    "evaluation:axes": anywhere(Right.SEE_STEERING),
    "evaluation:repartition_axes": anywhere(Right.STEER, arguments=year),
    "evaluation:choisir_axes": placed(of_semaine, Right.SEE_STEERING),
    "evaluation:imprimer_axes": placed(of_semaine, Right.SEE_STEERING),
    "evaluation:suivre_axe": placed(of_semaine, Right.EDIT_SEMAINE, get=FORM_ONLY),
    # --- the life of editions, and two of them side by side
    "pilotage:editions": anywhere(Right.SEE_STEERING),
    "pilotage:ouvrir_edition": anywhere(Right.STEER),
    "pilotage:edition": anywhere(Right.SEE_STEERING, arguments=year),
    "pilotage:geste_edition": anywhere(Right.STEER, arguments=year, get=FORM_ONLY),
    # --- the report of an edition, written by the bureau
    "redaction:courant": anywhere(Right.STEER),
    "redaction:plan": anywhere(Right.STEER, arguments=year),
    **{f"redaction:{name}": anywhere(Right.STEER, arguments=of_partie) for name in ("partie", "versions")},
    **{
        f"redaction:{name}": anywhere(Right.STEER, arguments=of_partie, get=FORM_ONLY)
        for name in ("enregistrer", "presence")
    },
    "redaction:version": anywhere(
        Right.STEER,
        arguments=lambda side: of_partie(side) | {"number": 1},
        get=frozenset({404}),
    ),
    # --- who needs help, and tutoring
    "tutorat:appui_courant": anywhere(Right.SEE_STEERING),
    "tutorat:appui": anywhere(Right.SEE_STEERING, arguments=year),
    "tutorat:tutorats_courants": anywhere(Right.SEE_STEERING),
    "tutorat:tutorats": anywhere(Right.SEE_STEERING, arguments=year),
    "tutorat:proposition": anywhere(Right.STEER, arguments=year),
    "tutorat:ne_plus_accompagner": placed(of_semaine, Right.EDIT_SEMAINE),
    "tutorat:binome": placed(lambda side: {"pk": side.binome.pk}, Right.SEE_STEERING),
    "tutorat:contact": placed(lambda side: {"pk": side.contact.pk}, Right.SEE_STEERING),
    "cockpit:comparaison": anywhere(Right.SEE_STEERING),
    "cockpit:comparaison_academie": placed(
        lambda side: {"academie": side.where.academie.slug}, Right.SEE_STEERING
    ),
    # --- the self-evaluation grid: the bureau writes it, an académie reads what editions use
    "evaluation:grilles": anywhere(Right.SEE_STEERING),
    "evaluation:grille": anywhere(Right.SEE_STEERING, arguments=lambda side: {"code": side.figee.code}),
    **{
        f"evaluation:{name}": anywhere(Right.STEER, arguments=lambda side: {"code": side.brouillon.code})
        for name in ("modifier_grille", "nouveau_critere", "copier_grille", "donner_grille")
    },
    "evaluation:critere": anywhere(
        Right.STEER,
        arguments=lambda side: {
            "code": side.brouillon.code,
            "numero": side.brouillon.objectifs.get(code="communiquer").criteres.get(code="4.1").pk,
        },
    ),
    "evaluation:geste_grille": anywhere(
        Right.STEER, arguments=lambda side: {"code": side.brouillon.code}, get=FORM_ONLY
    ),
    # --- the grid, filled
    "evaluation:evaluations": anywhere(Right.SEE_STEERING),
    "evaluation:relancer_grille": anywhere(Right.STEER),
    "evaluation:evaluation_objectif": placed(
        lambda side: of_semaine(side) | {"objectif": side.critere.objectif.code}, Right.SEE_STEERING
    ),
    "evaluation:evaluation_repondre": placed(
        lambda side: of_semaine(side) | {"critere": side.critere.pk}, Right.EDIT_SEMAINE, get=FORM_ONLY
    ),
    **{
        f"evaluation:evaluation{name}": placed(of_semaine, Right.SEE_STEERING)
        for name in ("", "_classeur", "_imprimer", "_bilan")
    },
    "evaluation:evaluation_deposer": placed(of_semaine, Right.EDIT_SEMAINE),
    **{
        f"evaluation:evaluation_{name}": placed(of_semaine, *rights, get=FORM_ONLY)
        for rights, names in {
            (Right.EDIT_SEMAINE,): ("signer", "reponse"),
            (Right.STEER,): ("lue", "question"),
            (Right.EDIT_SEMAINE, Right.STEER): ("rouvrir",),
        }.items()
        for name in names
    },
    "catalogue:apercu": placed(of_semaine, Right.EDIT_SEMAINE),
    # --- sheets
    "actions:declarer": everybody(),
    "actions:reprendre": everybody(),
    "actions:retrouver": everybody(),
    "actions:lien": everybody(lambda side: {"token": side.link}),
    "actions:mes_fiches": everybody(),
    "actions:refermer": everybody(get=FORM_ONLY),
    "actions:modifier": placed(
        lambda side: {"pk": side.waiting.pk}, Right.EDIT_ACTION, also=frozenset({"by_link"})
    ),
    "actions:enregistrer": placed(
        lambda side: {"pk": side.waiting.pk},
        Right.EDIT_ACTION,
        also=frozenset({"by_link"}),
        get=FORM_ONLY,
    ),
    "actions:verifier": placed(
        lambda side: {"pk": side.waiting.pk},
        Right.EDIT_ACTION,
        also=frozenset({"by_link"}),
        get=FORM_ONLY,
    ),
    "actions:envoyee": placed(
        lambda side: {"pk": side.waiting.pk}, Right.EDIT_ACTION, also=frozenset({"by_link"})
    ),
    "actions:passer_la_main": placed(
        lambda side: {"pk": side.porteur.pk}, Right.GRANT, but=frozenset({"porteur", "national"})
    ),
    "actions:rattacher": signed_in(),
    "relecture:fiche": placed(
        lambda side: {"pk": side.waiting.pk}, Right.SEE_ACTION, also=frozenset({"by_link"})
    ),
    "catalogue:apercu_fiche": placed(
        lambda side: {"pk": side.waiting.pk}, Right.SEE_ACTION, also=frozenset({"by_link"})
    ),
    "relecture:doublons": everybody(),
    "relecture:fusionner": placed(lambda side: {"pk": side.waiting.pk}, Right.MODERATE),
    "relecture:comparer": placed(
        lambda side: {"pk": side.waiting.pk, "other": side.published.pk}, Right.MODERATE
    ),
    **{
        f"relecture:{name}": placed(
            lambda side: {"pk": side.waiting.pk, "other": side.published.pk}, Right.MODERATE, get=FORM_ONLY
        )
        for name in ("ecarter", "rapprocher")
    },
    "actions:pieces": placed(
        lambda side: {"pk": side.waiting.pk}, Right.EDIT_ACTION, also=frozenset({"by_link"})
    ),
    "actions:piece": placed(
        lambda side: {"pk": side.piece.pk},
        Right.SEE_ACTION,
        also=frozenset({"by_link"}),
        get=FILE_IS_LOST,
    ),
    "actions:modifier_piece": placed(
        lambda side: {"pk": side.piece.pk}, Right.EDIT_ACTION, also=frozenset({"by_link"}), get=FORM_ONLY
    ),
    "relecture:etape": placed(
        lambda side: {"pk": side.waiting.pk}, Right.EDIT_ACTION, also=frozenset({"by_link"}), get=FORM_ONLY
    ),
    "relecture:repondre": placed(
        lambda side: {"pk": side.waiting.pk}, Right.EDIT_ACTION, also=frozenset({"by_link"}), get=FORM_ONLY
    ),
    "relecture:commenter": placed(
        lambda side: {"pk": side.waiting.pk}, Right.EDIT_ACTION, also=frozenset({"by_link"}), get=FORM_ONLY
    ),
    "relecture:reconnaissance": anywhere(Right.MODERATE),
    "relecture:distinguer": placed(lambda side: {"pk": side.waiting.pk}, Right.MODERATE, get=FORM_ONLY),
    "relecture:file": anywhere(Right.SEE_COVERAGE),
    "relecture:lot": anywhere(Right.MODERATE, get=FORM_ONLY),
    "relecture:territoires": Rule(frozenset(EVERYWHERE), frozenset(EVERYWHERE)),
}
