"""Cards of actions, for templates: thin wrappers around ``presentation``."""

from __future__ import annotations

from django import template

from accroche.catalogue.presentation import liste

register = template.Library()

register.filter("porteurs_vus", liste.porteurs_vus)
register.filter("carte_situee", liste.carte_situee)
