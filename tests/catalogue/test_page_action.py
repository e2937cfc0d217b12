"""The public page of a declared action: all that is meant for the public, nothing else."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import (
    Action,
    ActionPartenaire,
    Activite,
    Cle,
    Lien,
    PieceJointe,
    Theme,
)
from accroche.actions.regles import CodeCle, CodeTheme, Consentement, TypePiece
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Partenaire
from accroche.commun.http import POLICY
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import Territory

pytestmark = pytest.mark.django_db


def declared() -> Action:
    """A published sheet with every field filled in."""
    where = factories.territory()
    action = factories.action(
        where,
        factories.school(where),
        Etat.PUBLISHED,
        title="La chaîne humaine",
        description="Toute l’école se donne la main.",
        temporality="les_deux",
        starts=dt.date(2027, 3, 15),
        ends=dt.date(2027, 3, 19),
        place="Salle des fêtes, Talant",
        classes="4e B et 3e A",
        audience_size=120,
        audience_note="et leurs parents",
        authority="La rectrice ouvre la journée",
        public_contact="contact@college-carnot.fr",
        nature="prevention",
        private_contact="Camille Secrète",
        private_email="camille.privee@example.org",
        private_phone="06 99 98 97 96",
        declarant=factories.user("declarante@example.org", "Declarante Cachée"),
        declarant_email="lien.privee@example.org",
    )
    action.themes.add(Theme.objects.create(code=CodeTheme.CITOYENNETE))
    action.cles.add(Cle.objects.create(code=CodeCle.EQUIPE))
    Activite.objects.create(
        action=action,
        position=0,
        title="Répétition",
        description="Dans la cour.",
        starts=dt.date(2027, 3, 12),
    )
    ActionPartenaire.objects.create(
        action=action,
        partenaire=Partenaire.objects.create(name="Ville de Dijon"),
        position=0,
        role="coorganise",
        part="prête la place",
    )
    for position, (url, label) in enumerate(
        [("https://youtu.be/abc123", "Le film"), ("https://example.fr/article", "L’article")]
    ):
        Lien.objects.create(action=action, url=url, label=label, position=position)
    return action


def attached(action: Action, name: str, **columns: object) -> PieceJointe:
    defaults = {"kind": TypePiece.IMAGE, "consent": Consentement.NOBODY, "caption": f"Vue de {name}"}
    number = action.pieces.count()
    return PieceJointe.objects.create(
        action=action,
        position=number,
        file=f"pieces/{number}.jpg",
        name=name,
        size=10,
        sha256=str(number),
        added_at=NOW,
        **defaults | columns,
    )


def address(action: Action) -> str:
    semaine = action.semaine
    return reverse("catalogue:action", args=[semaine.edition.year, semaine.academie.slug, action.slug])


def test_it_tells_all_that_was_declared_for_the_public(client: Client) -> None:
    action = declared()
    attached(action, "place.jpg", width=800, height=600)
    attached(action, "programme.pdf", kind=TypePiece.DOCUMENT, caption="Le programme")
    html = client.get(address(action)).content.decode().replace("\u00a0", " ")
    for told in (
        "La chaîne humaine",
        "Toute l’école se donne la main.",
        "Collège Dijon 1",
        "Du 15 au 19 mars 2027",
        "Salle des fêtes, Talant",
        "4e B et 3e A",
        "120 élèves, et leurs parents",
        "La rectrice ouvre la journée",
        "contact@college-carnot.fr",
        "Prévention",
        "Citoyenneté",
        "Une équipe stable aux valeurs communes",
        "Répétition",
        "Dans la cour.",
        "Ville de Dijon (coorganise, prête la place)",
        'alt="Vue de place.jpg"',
        "Le programme",
        # a link that leads there without a script; a button that needs one is the script's to add
        '<a href="https://youtu.be/abc123" rel="external">Le film (sur YouTube)</a>',
        "L’article",
    ):
        assert told in html, told
    assert "Afficher la vidéo" not in html


def test_themes_with_an_and_of_their_own_are_told_apart(client: Client) -> None:
    action = declared()
    action.themes.add(Theme.objects.create(code=CodeTheme.TUTORAT))
    html = client.get(address(action)).content.decode().replace("\u00a0", " ")
    assert "Citoyenneté ; tutorat et entraide" in html


def test_signs_between_carriers_are_with_the_link_they_follow(client: Client) -> None:
    action = declared()
    Porteur.objects.update(commune="Dijon", insee="21231")
    html = client.get(address(action)).content.decode()
    assert re.search(r'data-signe=",">Collège Dijon 1</a><span class="a-porteurs__signe">,</span>', html)


def test_it_never_tells_what_is_private(client: Client) -> None:
    action = declared()
    attached(action, "attend.jpg", consent=Consentement.PENDING, caption="Léa au tableau")
    html = client.get(address(action)).content.decode()
    for kept in (
        "Camille Secrète",
        "camille.privee@example.org",
        "06 99 98 97 96",
        "declarante@example.org",
        "Declarante Cachée",
        "lien.privee@example.org",
        "attend.jpg",
        "Léa au tableau",
    ):
        assert kept not in html, kept


def test_nothing_comes_from_elsewhere_until_it_is_asked_for(client: Client) -> None:
    action = declared()
    answer = client.get(address(action))
    assert "<iframe" not in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert policy == f"{POLICY}; frame-src https://www.youtube-nocookie.com"
    action.liens.filter(url__contains="youtu").delete()
    answer = client.get(address(action))
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "actions/video.js" not in answer.content.decode()


def test_what_was_absorbed_leads_to_what_absorbed_it(client: Client) -> None:
    kept = declared()
    where = factories.territory()
    middle = factories.action(where, etat=Etat.MERGED, merged_into=kept)
    first = factories.action(where, etat=Etat.MERGED, merged_into=middle)
    for merged in (first, middle):
        answer = client.get(address(merged))
        assert answer.status_code == 301
        assert answer.headers["Location"] == address(kept)
    Action.objects.filter(pk=kept.pk).update(etat=Etat.SUBMITTED)
    assert client.get(address(first)).status_code == 404


def test_a_bare_action_has_no_empty_heading(client: Client) -> None:
    where = factories.territory()
    bare = factories.action(where, etat=Etat.PUBLISHED)
    html = client.get(address(bare)).content.decode()
    for heading in ("Au programme", "En images", "En vidéo", "Clés du raccrochage", ">Avec<"):
        assert heading not in html


def test_it_is_shown_before_it_is_public_to_who_follows_it(client: Client) -> None:
    """The very page, whatever the state: only what marks it as a preview is more."""
    action = declared()
    attached(action, "accord.jpg", consent=Consentement.RECORDED)
    attached(action, "sans-accord.jpg", consent=Consentement.PENDING)
    public = main(client.get(address(action)).content.decode())
    moderator = factories.person(TypeRole.MODERATEUR, academie=action.semaine.academie)
    client.force_login(moderator, backend=settings.AUTHENTICATION_BACKENDS[0])
    preview = reverse("catalogue:apercu_fiche", args=[action.pk])
    for etat in (Etat.PUBLISHED, Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.REFUSED):
        Action.objects.filter(pk=action.pk).update(etat=etat)
        response = client.get(preview)
        html = response.content.decode()
        shown = main(html)
        mark = re.search(r'<div class="fr-alert fr-alert--info.*?</div>', shown, re.DOTALL)
        assert mark
        assert shown.replace(mark[0], "").split() == public.split()
        assert "1\xa0pièce jointe n’y paraît pas" in mark[0]
        assert ("le public la verra" in mark[0]) is (etat is not Etat.PUBLISHED)
        assert "<title>Aperçu" in html
        assert "frame-src https://www.youtube-nocookie.com" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
    client.logout()
    assert client.get(preview).status_code == 404


#: What leads to addresses that a sheet has once it is public: nothing to try before.
ONLY_PUBLIC = (
    r'<div class="a-cote__bloc a-partage".*?(?=</aside>)',
    r'<p class="a-ecran">.*?</p>',
    r'<script type="module" src="[^"]*(?:adresse|vue)\.js"></script>',
)


def main(html: str) -> str:
    """The page itself, without what stands around it on every page."""
    shown = html[html.index('<div class="fr-container a-page">') : html.index("</main>")]
    for only in ONLY_PUBLIC:
        shown = re.sub(only, "", shown, flags=re.DOTALL)
    return shown


def test_a_prize_heads_the_page_of_an_action_nobody_called_remarkable(
    client: Client, where: Territory
) -> None:
    won = factories.action(where, etat=Etat.PUBLISHED, title="Primée", prize="Prix du public")
    page = client.get(f"/editions/2026-2027/academies/dijon/actions/{won.slug}/").content.decode()
    assert '<p class="a-marque">Prix du public</p>' in page
    assert "Action remarquable" not in page
