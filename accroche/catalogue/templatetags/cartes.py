"""Cards of actions, choices and départements, for templates: thin wrappers around ``presentation``."""

from __future__ import annotations

from django import template

from accroche.catalogue.presentation import carte, liste, recherche

register = template.Library()

register.filter("porteurs_vus", liste.porteurs_vus)
register.filter("carte_situee", liste.carte_situee)
register.simple_tag(recherche.choix_dessines)
register.simple_tag(carte.departements_dessines)
