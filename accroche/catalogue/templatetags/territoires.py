"""The pages of carriers and of their communes, for templates: thin wrappers around ``presentation``."""

from __future__ import annotations

from django import template

from accroche.catalogue.presentation import territoires

register = template.Library()

register.filter("page_du_porteur", territoires.carrier_address)
register.filter("page_de_la_commune", territoires.carrier_commune_address)
