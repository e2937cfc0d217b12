"""Words, dates and figures in templates: thin wrappers around ``accroche.lib``."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from django import template
from django.conf import settings
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accroche.commun import feuille, lieux
from accroche.commun.dessins import drawn, drawn_each, filled, mould
from accroche.commun.logs import SECRET_ARGUMENTS
from accroche.integrations.markdown.redige import parse
from accroche.lib import chiffres, dates, moments, texte
from accroche.lib.chiffres import Chiffre, Total
from accroche.lib.dates import Window, format_window, format_windows
from accroche.lib.redige import Bloc, Bout, Bouts, Intertitre, LienEcrit, ListeEcrite, Paragraphe

register = template.Library()

_NUMBER = re.compile(rf"\d[\d{texte.NNBSP}]*")
_BLANK_LINE = re.compile(r"\n\s*\n")

register.filter("typo", texte.typographie)
register.filter("de", texte.de)
register.filter("nombre", texte.nombre)
register.filter("liste", texte.liste)
register.filter("ordinal", texte.ordinal_feminin)
register.filter("fenetre", format_window)
register.filter("fenetres", format_windows)


@register.filter
def jour(value: dt.date | None) -> str:
    """A day, or that of a moment in Paris: « 1er avril 2016 »; nothing when there is none."""
    return dates.format_date(moments.day_here(value)) if value else ""


@register.filter
def jour_mois(value: dt.date | None) -> str:
    """The same without its year: « 1er avril »."""
    return dates.format_day(moments.day_here(value)) if value else ""


@register.filter
def semainier(value: dt.date) -> str:
    """A day with its name: « mardi 9 mars 2027 », with a capital as it begins a line."""
    return texte.capitale(f"{dates.day_name(value)} {dates.format_date(value)}")


@register.filter
def mois(value: dt.date) -> str:
    """The month of a day: « avril 2016 »."""
    return dates.format_month(value)


@register.filter
def moment(value: dt.datetime | None, place: object = None) -> str:
    """A moment: « 1er avril 2016 à 18 h (heure de Paris) »; nothing when there is none.

    ``place``: an académie, whose clock is told too where it is another: ``{{ closes_at|moment:academie }}``.
    """
    return moments.format_moment(value, str(place or "")) if value else ""


@register.filter
def echeance(value: dt.date, place: object = None) -> str:
    """Until when what lasts until a day lasts: its last minute, told as a moment."""
    return moments.format_moment(moments.end_of(value), str(place or ""))


@register.filter
def fin_du_jour(value: dt.date) -> dt.datetime:
    """The moment at which what lasts until a day ends, for :func:`outre_mer`."""
    return moments.end_of(value)


@register.filter
def outre_mer(value: dt.datetime) -> str:
    """What clocks tell overseas at a moment."""
    return moments.format_overseas(value)


@register.filter
def iso(value: dt.date | None) -> str:
    """A day or a moment for machines: the ``datetime`` of a ``<time>``."""
    return value.isoformat() if value else ""


@register.filter
def chiffre(value: Chiffre) -> str:
    """One figure without its perimeter: « environ 30 »."""
    return chiffres.format_chiffre(value)


@register.filter
def reponse(values: Sequence[Chiffre]) -> str:
    """All the figures of one answer, each with its perimeter."""
    return texte.typographie(chiffres.format_chiffres(values))


@register.filter
def couverture(value: Total) -> str:
    """How many of those that answered gave a number."""
    return chiffres.format_etendue(value)


@register.filter
def creneau(window: Window) -> str:
    """A window without its year, for a list that stands under its month."""
    text = format_window(window)
    start, end = window
    return text.removesuffix(f" {end.year}") if start.year == end.year else text


@register.filter
def accorde(count: int, forms: str) -> str:
    """The number and its noun: ``{{ n|accorde:"action,actions" }}`` gives « 3 actions »."""
    singular, plural = forms.split(",")
    return f"{texte.nombre(count)}{texte.NBSP}{texte.pluriel(count, singular, plural)}"


@register.filter
def en_grand(text: str) -> SafeString:
    """Wrap the numbers of a sentence, so that the sheet may print them larger than its words."""
    pieces = _NUMBER.split(text)
    numbers = [*_NUMBER.findall(text), ""]
    return format_html_join(
        "",
        "{}{}",
        (
            (piece, format_html('<span class="a-nombre">{}</span>', number) if number else "")
            for piece, number in zip(pieces, numbers, strict=True)
        ),
    )


@register.filter
def paragraphes(text: str) -> SafeString:
    """Typeset prose: one paragraph per block of lines, escaped."""
    blocks = (" ".join(block.split()) for block in _BLANK_LINE.split(text))
    return format_html_join("\n", "<p>{}</p>", ((texte.typographie(block),) for block in blocks if block))


@register.filter
def redige(text: str, level: int = 4) -> SafeString:
    """What the bureau wrote, as HTML: its headings at ``level``, all else escaped (``lib.redige``)."""
    return format_html_join("\n", "{}", ((_bloc(bloc, level),) for bloc in parse(text)))


def _bloc(bloc: Bloc, level: int) -> SafeString:
    match bloc:
        case Intertitre(words):
            return format_html("<h{0}>{1}</h{0}>", level, texte.typographie(words))
        case ListeEcrite(ordonnee, elements):
            rows = format_html_join("", "<li>{}</li>", ((_mots(element),) for element in elements))
            return format_html("<{0}>{1}</{0}>", "ol" if ordonnee else "ul", rows)
        case Paragraphe(mots):
            return format_html("<p>{}</p>", _mots(mots))


def _mots(mots: Bouts) -> SafeString:
    return format_html_join("", "{}", ((_mot(mot, follows=at > 0),) for at, mot in enumerate(mots)))


def _mot(mot: Bout | LienEcrit, *, follows: bool) -> SafeString:
    # what follows bold words begins within the sentence, where « : » has its space too
    words = texte.typographie(f"…{mot.text}")[1:] if follows else texte.typographie(mot.text)
    if isinstance(mot, LienEcrit):
        return format_html('<a href="{}">{}</a>', mot.url, words)
    return format_html("<strong>{}</strong>" if mot.strong else "{}", words)


@register.filter
def extrait(text: str, limit: int) -> str:
    """The beginning of a prose in at most ``limit`` words: whole sentences if two thirds of it fill so."""
    words = text.split()
    if len(words) <= limit:
        return texte.typographie(" ".join(words))
    ends = [n for n in range(limit * 2 // 3, limit + 1) if words[n - 1].endswith((".", "!", "?", "…"))]
    if ends:
        return texte.typographie(" ".join(words[: ends[-1]]))
    cut = " ".join(words[:limit]).rstrip(" ,;:.!?«(–-")
    return texte.typographie(f"{cut}…")


@register.simple_tag
def dessin(name: str, **facts: Hashable) -> str:
    """A piece of the page that tells ``facts`` and nothing else, drawn once for the same (``dessins.py``)."""
    return drawn(name, **facts)


@register.simple_tag
def dessins(name: str, fact: str, each: Iterable[Hashable], **facts: Hashable) -> str:
    """The same for each of many, one after the other: ``{% dessins "template" "rdv" jour.events %}``."""
    return drawn_each(name, fact, each, **facts)


@register.simple_tag
def lieu(name: str, *args: object) -> str:
    """The address of a page of an app above: ``{% lieu 'fiche' action.pk %}``; nobody offers it, an error.

    ``{% lieu 'espace' as espace %}`` keeps it for later, and fails as loudly.
    """
    return lieux.address(name, *args)


@register.simple_tag(takes_context=True)
def adresse_entiere(context: Context) -> str:
    """The one address of the page with the name of the site; a search has its own (``canonique``).

    Empty for a page that its address alone opens: nobody is given that to keep or to pass on.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    if match is not None and SECRET_ARGUMENTS & match.kwargs.keys():
        return ""
    return f"{settings.SITE_URL}{context.get('canonique') or context.get('current_path') or '/'}"


@register.simple_tag
def sur_le_site(path: str) -> str:
    """A path with the name of the site, for who reads it elsewhere."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag
def donnees_liees(told: dict[str, Any]) -> SafeString:
    """What search engines read of the page: data in a script that is none, whose texts cannot end it."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(sign, code)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - as said


@register.simple_tag(takes_context=True)
def menu(context: Context) -> tuple[tuple[lieux.EntreeMenu, str], ...]:
    """The entries of the main menu that the apps have put there, for who reads the page, each with its page.

    A page that has a switch of editions (:func:`bascule`) keeps its edition from entry to entry.
    """
    year = getattr(context.get("editions_du_site"), "year", "")
    access = getattr(context.get("request"), "access", None)
    return tuple([(entry, entry.address(year)) for entry in lieux.entries(access)])


@register.simple_tag(takes_context=True)
def bascule(context: Context) -> lieux.Bascule | None:
    """The switch from the edition the page speaks of to others; nothing where there is none."""
    return lieux.switch_of(context.get("request"), context)


@register.simple_tag(takes_context=True)
def pied(context: Context) -> SafeString:
    """The foot of the page: drawn once, but for what it offers about the page one reads."""
    facts = {name: context.get(name, "") for name in ("state_brand", "est_publique", "conformite")}
    found = lieux.help_of(context.get("request"))
    if found is None:
        return drawn("commun/_pied.html", **facts)
    texts = {"avis": found.avis}
    if found.address:
        texts |= {"aide": found.address, "titre": found.title}
    return filled([(mould("commun/_pied.html", *texts, **facts), tuple(texts.values()))])


@register.inclusion_tag("commun/_fil.html")
def fil(*steps: str) -> dict[str, Any]:
    """The breadcrumb: label and address of each page above, then the label of this one."""
    *above, current = steps
    pairs = list(zip(above[::2], above[1::2], strict=True))
    return {"pages": pairs, "courante": current}


@register.inclusion_tag("commun/_fil.html")
def fil_espace(*steps: str) -> dict[str, Any]:
    """The breadcrumb of a page that one reaches from one's own space: the same, below « Mon espace »."""
    return fil("Mon espace", lieux.address("espace"), *steps)


@register.simple_tag
def feuille_du_site() -> str:
    """The address of the style sheet of every page."""
    return feuille.feuille().address


class _BlockAgain(Node):
    """Renders a block a second time, which Django's own tags cannot."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        # a template that extends nothing has no blocks to look up
        blocks: BlockContext = context.render_context.get(BLOCK_CONTEXT_KEY) or BlockContext()
        block = blocks.get_block(self.name)
        if block is None:
            return SafeString("")
        text = " ".join(block.nodelist.render(context).split())
        # what a page writes in its title block is already escaped
        return mark_safe(conditional_escape(SafeString(text)))  # noqa: S308 - rendered by a template


@register.tag
def bloc(_parser: Parser, token: Token) -> _BlockAgain:
    """``{% bloc title %}``: the text of a block again, for the Open Graph title."""
    _, name = token.split_contents()
    return _BlockAgain(name)
