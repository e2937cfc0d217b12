"""Two territories with the same content, and one person of each role on the first: for the access matrix."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.test import Client

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Commentaire, LienAcces, PieceJointe
from accroche.actions.regles import Consentement, TypePiece
from accroche.annuaire.models import Etablissement
from accroche.campagne.models import Critere, Grille, Semaine
from accroche.catalogue.models import FicheRetenue, Selection
from accroche.comptes.models import (
    Appareil,
    DemandeInvitation,
    DemandeRattachement,
    EtablissementAbsent,
    Invitation,
    Role,
    User,
)
from accroche.comptes.regles import TypeRole
from accroche.evaluation.evaluation import EtatEvaluation
from accroche.evaluation.models import EchangeGrille, Evaluation, Reponse, SuiviAxe
from accroche.imports.models import Depot
from accroche.tutorat.binome import EtatBinome
from accroche.tutorat.models import Binome, ContactBinome, EtapeBinome
from accroche.votes.models import Candidature, Scrutin
from tests import factories
from tests.factories import NOW, Territory
from tests.pilotage import grilles


def digest(token: str) -> str:
    """The hash under which a link's token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class Side:
    """One territory and a row of each thing a page may be about."""

    name: str
    where: Territory
    school: Etablissement
    draft: Action
    waiting: Action
    to_complete: Action
    published: Action
    withdrawn: Action
    merged: Action
    piece: PieceJointe
    scrutin: Scrutin
    candidature: Candidature
    invitation: Invitation
    demande: DemandeRattachement
    demande_invitation: DemandeInvitation
    absent: EtablissementAbsent
    role: Role
    porteur: Role
    depot: Depot
    binome: Binome
    contact: ContactBinome
    link: str
    appareil: Appareil
    #: a version of the grid that the bureau prepares, and one that an edition used
    brouillon: Grille
    figee: Grille
    #: the same, in the browser that followed it
    followed: LienAcces
    critere: Critere
    selection: Selection

    @property
    def secrets(self) -> dict[str, str]:
        """Words of this side that only its own people may read, by what holds them."""
        sheets = (self.draft, self.waiting, self.to_complete, self.withdrawn, self.merged)
        found = {f"sheet {sheet.pk}": sheet.title for sheet in sheets}
        found |= {"declarant": self.waiting.declarant_email}
        found |= {"contact": self.waiting.private_email, "comment": f"Note interne de {self.name}"}
        found |= {"reader": self.role.user.email, "asker": self.demande.user.email}
        found |= {"grid being written": self.brouillon.name}
        found |= {"porteuse": self.porteur.user.email, "invited": self.invitation.email}
        return found | self.steering

    @property
    def steering(self) -> dict[str, str]:
        """Those between its académie and the national bureau: its schools and référents read them no more."""
        return {
            "plan": f"Étape de {self.name}",
            "talk": f"Échange de {self.name}",
            "grid": f"Réponse à la grille de {self.name}",
            "asked": f"Question à {self.name}",
            "obstacle": f"Obstacle de {self.name}",
            "help": f"Appui voulu par {self.name}",
            "axes": f"Devenir de l’axe de {self.name}",
        }


@dataclass(frozen=True)
class World:
    """Both sides, and the people: ``people[name]`` is None for a visitor nobody knows.

    Each of them has signed in, or followed the link, once for all: a test takes back what it writes, sessions
    too, and ``browser`` puts back the cookies.
    """

    own: Side
    other: Side
    people: dict[str, User | None] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def sign_in(self) -> None:
        """Open a browser for everybody."""
        for who, person in self.people.items():
            browser = factories.browser_of(*([self.own.followed] if who == "by_link" else []))
            if person:
                browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
            self.browsers[who] = browser
            self.cookies[who] = {name: morsel.value for name, morsel in browser.cookies.items()}

    def browser(self, who: str) -> Client:
        """The browser of ``who``, as it was after the sign-in."""
        browser = self.browsers[who]
        browser.cookies = SimpleCookie(self.cookies[who])
        browser.raise_request_exception = True
        return browser


def make_side(name: str, code: str) -> Side:
    """A territory with one of everything."""
    where = factories.territory(name, code)
    school = factories.school(where, insee=f"{code}001")
    waiting = factories.action(
        where,
        school,
        Etat.SUBMITTED,
        title=f"Fiche en attente de {name}",
        private_email=f"contact@{where.academie.slug}.example",
    )
    published = factories.action(where, school, Etat.PUBLISHED)
    merged = factories.action(
        where, school, Etat.MERGED, title=f"Fiche fusionnée de {name}", merged_into=published
    )
    piece = PieceJointe.objects.create(
        action=waiting,
        position=0,
        kind=TypePiece.IMAGE,
        file="pieces/absent.jpg",
        name="photo.jpg",
        size=10,
        sha256=digest(f"{name} piece"),
        consent=Consentement.PENDING,
        added_at=NOW,
    )
    Commentaire.objects.create(
        action=waiting,
        author_name="CARDIE",
        from_moderator=True,
        internal=True,
        text=f"Note interne de {name}",
        at=NOW,
    )
    scrutin = Scrutin.objects.create(
        edition=where.semaine.edition,
        academie=where.academie,
        slug=f"innovation-{where.academie.slug}",
        title=f"Innovation {name}",
        opens_at=NOW - dt.timedelta(days=1),
        closes_at=NOW + dt.timedelta(days=10),
    )
    asker = factories.user(f"collegue@{where.academie.slug}.example", "Dominique")
    holder = factories.user(f"lectrice@{where.academie.slug}.example", "Claude")
    token, prof = f"lien-{where.academie.slug}", f"prof@{where.academie.slug}.example"
    followed = factories.followed(waiting, prof)
    LienAcces.objects.create(
        action=waiting,
        email=prof,
        token_hash=digest(token),
        created_at=NOW,
        expires_at=NOW + dt.timedelta(days=3650),
    )
    invitation = Invitation.objects.create(
        kind=TypeRole.LECTEUR,
        academie=where.academie,
        email=f"nouvelle@{where.academie.slug}.example",
        token_hash=digest(f"invitation-{where.academie.slug}"),
        invited_at=NOW,
        expires_at=NOW + dt.timedelta(days=3650),
    )
    grilles.attached(where.semaine.edition)
    evaluation = Evaluation.objects.create(
        semaine=where.semaine, state=EtatEvaluation.SIGNED, begun_at=NOW, signed_at=NOW, signed_by=holder
    )
    critere = grilles.critere("1.2")
    Reponse.objects.create(
        evaluation=evaluation, critere=critere, level=2, comment=f"Réponse à la grille de {name}", at=NOW
    )
    EchangeGrille.objects.create(evaluation=evaluation, text=f"Question à {name}", at=NOW)
    appareil = Appareil.objects.create(
        user=holder, token_hash=digest(name), label="Firefox", known_at=NOW, opened_at=NOW, seen_at=NOW
    )
    # accompanied by the bureau: the other side is no part of it
    binome = Binome.objects.create(
        edition=where.semaine.edition,
        mentee=where.academie,
        state=EtatBinome.ACTIVE,
        proposed_at=NOW,
        mentor_accepted_at=NOW,
        mentee_accepted_at=NOW,
        started_at=NOW,
        running_since=NOW,
    )
    EtapeBinome.objects.create(binome=binome, title=f"Étape de {name}", added_at=NOW)
    ContactBinome.objects.create(
        binome=binome, answer="yes", talked_on=NOW.date(), note=f"Échange de {name}", answered_at=NOW
    )
    told = {"obstacle_text": f"Obstacle de {name}", "help_text": f"Appui voulu par {name}"}
    Semaine.objects.filter(pk=where.semaine.pk).update(help_asked=True, obstacle="charge", **told)
    SuiviAxe.objects.create(
        semaine=where.semaine, code="niveaux", said="fait", comment=f"Devenir de l’axe de {name}"
    )
    return Side(
        appareil=appareil,
        brouillon=factories.grille(f"brouillon-{where.academie.slug}"),
        figee=factories.grille(f"figee-{where.academie.slug}", frozen_at=NOW),
        name=name,
        where=where,
        binome=binome,
        contact=ContactBinome.objects.create(binome=binome, asked_on=NOW.date()),
        depot=Depot.objects.create(
            academie=where.academie,
            edition=where.semaine.edition,
            name="recensement.xlsx",
            size=10,
            token=f"depot-{where.academie.slug}",
            created_at=NOW,
        ),
        school=school,
        draft=factories.action(where, school, Etat.DRAFT, title=f"Brouillon de {name}"),
        waiting=waiting,
        to_complete=factories.action(where, school, Etat.TO_COMPLETE, title=f"Fiche à compléter de {name}"),
        published=published,
        withdrawn=factories.action(where, school, Etat.WITHDRAWN, title=f"Fiche retirée de {name}"),
        merged=merged,
        piece=piece,
        scrutin=scrutin,
        candidature=Candidature.objects.create(scrutin=scrutin, action=published, position=0),
        invitation=invitation,
        demande_invitation=DemandeInvitation.objects.create(invitation=invitation, user=asker, asked_at=NOW),
        absent=factories.absent(
            where,
            f"cherche@{where.academie.slug}.example",
            name="Collège introuvable",
            commune="Ailleurs",
        ),
        demande=DemandeRattachement.objects.create(user=asker, etablissement=school, asked_at=NOW),
        role=factories.role(holder, TypeRole.LECTEUR, academie=where.academie),
        porteur=factories.role(
            factories.user(f"porteuse@{where.academie.slug}.example"), TypeRole.PORTEUR, etablissement=school
        ),
        link=token,
        followed=followed,
        critere=critere,
        selection=make_selection(where, published, waiting, merged),
    )


def make_selection(where: Territory, *sheets: Action) -> Selection:
    """A published selection that lists sheets, some of which are public no more."""
    found = Selection.objects.create(
        slug=f"selection-{where.academie.slug}",
        name="Le théâtre",
        academie=where.academie,
        frozen=True,
        published=True,
    )
    for position, sheet in enumerate(sheets):
        FicheRetenue.objects.create(selection=found, action=sheet, position=position)
    return found


def make_world() -> World:
    """Both territories, and a person of each role on the first."""
    own, other = make_side("Dijon", "21"), make_side("Lyon", "69")
    person = factories.person
    people: dict[str, User | None] = {
        "anonymous": None,
        "by_link": None,
        "no_role": factories.user("nouveau@example.fr"),
        "porteur": person(TypeRole.PORTEUR, etablissement=own.school),
        "referent_bassin": person(TypeRole.REFERENT, "bassin@example.fr", bassin=own.where.bassin),
        "referent_departement": person(
            TypeRole.REFERENT, "departement@example.fr", departement=own.where.departement
        ),
        "moderateur": person(TypeRole.MODERATEUR, academie=own.where.academie),
        "lecteur": person(TypeRole.LECTEUR, academie=own.where.academie),
        "partenaire": person(TypeRole.PARTENAIRE, organisation="ONISEP"),
        "national": person(TypeRole.NATIONAL),
        "administrateur": person(TypeRole.ADMINISTRATEUR),
    }
    ended = factories.user("ancienne@example.fr")
    factories.role(ended, TypeRole.MODERATEUR, academie=own.where.academie, ended_at=NOW)
    factories.role(ended, TypeRole.ADMINISTRATEUR, expires_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    people["ended"] = ended
    world = World(own, other, people)
    world.sign_in()
    return world


#: Who reads everything, and whose territory is the own side.
EVERYWHERE = {"national", "administrateur"}
OF_OWN_SIDE = {"porteur", "referent_bassin", "referent_departement", "moderateur", "lecteur"}
#: Those of them who read what the académie and the bureau tell each other.
STEERED = {"moderateur", "lecteur"}


def forbidden(world: World, who: str) -> dict[str, str]:
    """The words ``who`` may read on no page at all, by what they are."""
    if who in EVERYWHERE:
        return {}
    own = dict(world.own.secrets)
    if who in OF_OWN_SIDE:
        own = {} if who in STEERED else world.own.steering
    if who == "by_link":  # the sheet of the link, with its contact
        for name in (f"sheet {world.own.waiting.pk}", "contact", "declarant"):
            del own[name]
    found = {f"own {name}": words for name, words in own.items()}
    return found | {f"other {name}": words for name, words in world.other.secrets.items()}


def leaks(world: World, who: str, response: Any) -> list[str]:
    """What a page tells that ``who`` may not read; one opened by the token of its address is for them."""
    if response.resolver_match and response.resolver_match.kwargs.get("token"):
        return []
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = unescape(content.decode("utf-8", "replace"))
    return [name for name, words in forbidden(world, who).items() if words in text]
