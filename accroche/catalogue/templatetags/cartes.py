"""Cards of actions, for templates: thin wrappers around ``presentation``."""

from __future__ import annotations

from django import template

from accroche.actions.models import Action
from accroche.catalogue.presentation import liste

register = template.Library()

register.filter("porteurs_vus", liste.porteurs_vus)
register.filter("carte", liste.carte)


@register.filter
def carte_situee(action: Action) -> liste.CarteAction:
    """The card of an action with its académie, where the page does not tell it."""
    return liste.carte(action, with_academie=True)
