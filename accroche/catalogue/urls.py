"""Public pages of an edition. An edition is named by its school year, an académie by its slug."""

from __future__ import annotations

from django.urls import path

from accroche.catalogue.views import (
    agenda,
    carte,
    editions,
    evolution,
    fiches,
    integration,
    partage,
    recherche,
    selections,
    territoires,
)

app_name = "catalogue"

urlpatterns = [
    # searching
    path("actions/", recherche.recherche, name="recherche"),
    path("recherche/suggestions/", recherche.suggestions, name="suggestions"),
    # fixed addresses for the menu and for links that must survive the year
    path("edition/", editions.edition_courante, name="edition_courante"),
    path("academies/", editions.academies_courantes, name="academies_courantes"),
    path("editions/<str:year>/", editions.edition, name="edition"),
    path("editions/<str:year>/academies/", editions.academies, name="academies"),
    path("editions/<str:year>/evolution/<str:autre>/", evolution.evolution, name="evolution"),
    path(
        "editions/<str:year>/evolution/<str:autre>/fichier/",
        evolution.evolution_fichier,
        name="evolution_fichier",
    ),
    path("editions/<str:year>/academies/<slug:academie>/", editions.semaine, name="semaine"),
    path("editions/<str:year>/academies/<slug:academie>/apercu/", editions.apercu, name="apercu"),
    path(
        "editions/<str:year>/academies/<slug:academie>/actions/<slug:action>/",
        editions.action,
        name="action",
    ),
    # places over all editions; a code, then a name that follows it
    path("etablissements/<str:uai>/", territoires.etablissement, name="etablissement"),
    path("porteurs/<str:lieu>/", territoires.porteur, name="porteur"),
    path("communes/<str:lieu>/", territoires.commune, name="commune"),
    path("departements/<str:lieu>/", territoires.departement, name="departement"),
    path("academies/<str:slug>/", territoires.academie, name="academie"),
    # the map
    path("carte/", carte.carte, name="carte"),
    path("carte/points/", carte.points, name="carte_points"),
    path("carte/actions/", carte.actions, name="carte_actions"),
    *(
        path(f"editions/<str:year>/academies/<slug:academie>/actions/<slug:action>/{end}", view, name=name)
        for end, view, name in (
            ("qr.svg", fiches.code, "qr"),
            ("affiche.pdf", fiches.affiche, "affiche"),
            ("reprendre/", fiches.reprendre, "reprendre"),
            ("diffusion/", fiches.diffusion, "diffusion"),
            ("vue/", fiches.vue, "vue"),
            ("agenda.ics", agenda.action_ics, "action_ics"),
            ("vignette.png", partage.vignette_action, "vignette_action"),
        )
    ),
    # what machines read beside the pages
    path("vignette.png", partage.vignette, name="vignette"),
    path(
        "editions/<str:year>/academies/<slug:academie>/vignette.png",
        partage.vignette_semaine,
        name="vignette_semaine",
    ),
    path("sitemap.xml", partage.sitemap, name="sitemap"),
    path("sitemap-<slug:part>.xml", partage.sitemap_part, name="sitemap_part"),
    # the agenda, calendars and feeds
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda.ics", agenda.agenda_ics, name="agenda_ics"),
    path("agenda.atom", agenda.agenda_atom, name="agenda_atom"),
    path("evenements/<slug:uid>.ics", agenda.temps_fort_ics, name="temps_fort_ics"),
    # selections
    path("selections/", selections.selections, name="selections"),
    path("selections/gerer/", selections.gerer_selections, name="gerer_selections"),
    path("selections/nouvelle/", selections.nouvelle_selection, name="nouvelle_selection"),
    path("selections/<slug:slug>/", selections.selection, name="selection"),
    path("selections/<slug:slug>/fichier/", selections.selection_fichier, name="selection_fichier"),
    path("selections/<slug:slug>/modifier/", selections.modifier_selection, name="modifier_selection"),
    path("selections/<slug:slug>/geste/", selections.geste_selection, name="geste_selection"),
    # on the pages of others
    path("integrer/", integration.integrer, name="integrer"),
    path("integre/actions/", integration.actions, name="integre_actions"),
    path("integre/carte/", integration.carte, name="integre_carte"),
    path("integre/agenda/", integration.agenda, name="integre_agenda"),
    path("integre/selections/<slug:slug>/", integration.selection, name="integre_selection"),
    path("oembed", integration.oembed, name="oembed"),
    path("fiches/<int:pk>/apercu/", editions.apercu_fiche, name="apercu_fiche"),
]
