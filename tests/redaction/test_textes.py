"""Writing the report: who may, two at once, versions, who is there; and its pages."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from accroche.campagne.models import Edition, Objectif, Texte
from accroche.campagne.operations import move_edition
from accroche.campagne.vie import GesteEdition
from accroche.commun.conflit import marks
from accroche.commun.revision import revision
from accroche.comptes.permissions import ANONYMOUS, Access
from accroche.comptes.regles import TypeRole
from accroche.dossier.instantane import digest, dump
from accroche.dossier.queries.dossier import dossier_of
from accroche.publications.models import Synthese
from accroche.redaction.models import PartieEcrite, RedacteurPresent, VersionPartie
from accroche.redaction.operations.textes import (
    ClosedReportError,
    StalePartieError,
    be_there,
    restore,
    write_partie,
)
from accroche.redaction.parties import Partie
from accroche.redaction.queries.textes import others_at, partie_of, report_of, versions_of
from tests import factories
from tests.factories import NOW
from tests.races import at_once, passed

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
PREAMBULE = Partie.PREAMBULE


@pytest.fixture
def edition() -> Edition:
    return factories.edition()


@pytest.fixture
def anne() -> Access:
    return factories.access(factories.person(TypeRole.NATIONAL, "anne@education.example"))


@pytest.fixture
def brice() -> Access:
    return factories.access(factories.person(TypeRole.NATIONAL, "brice@education.example"))


def read(edition: Edition, partie: Partie = PREAMBULE) -> dict[str, str]:
    """The marks of what a page opened now shows."""
    return marks(partie_of(edition, partie).valeurs)


def write(edition: Edition, text: str, access: Access, at: dt.datetime = NOW, **more: Any) -> Any:
    more.setdefault("read", read(edition))
    return write_partie(edition, PREAMBULE, {"texte": text}, access=access, at=at, **more)


def texts(edition: Edition) -> list[str]:
    return list(
        Texte.objects.filter(edition=edition).order_by("section", "position").values_list("text", flat=True)
    )


def test_what_is_written_is_data_of_the_edition_and_one_version_a_sitting(
    edition: Edition, anne: Access, brice: Access
) -> None:
    write(edition, "Un", anne)
    write(edition, "Un deux", anne, NOW + MINUTE)
    write(edition, "Un deux", anne, NOW + 2 * MINUTE)  # the same again
    write(edition, "Un deux trois", brice, NOW + 3 * MINUTE)
    write(edition, "Quatre", anne, NOW + 4 * MINUTE)
    write(edition, "Cinq", anne, NOW + dt.timedelta(hours=1))
    assert texts(edition) == ["Cinq"]
    told = [(one.number, one.valeurs["texte"], one.by) for one in versions_of(edition, PREAMBULE)]
    assert told == [
        (4, "Cinq", anne.user),
        (3, "Quatre", anne.user),
        (2, "Un deux trois", brice.user),
        (1, "Un deux", anne.user),
        (0, "", None),
    ]
    row = PartieEcrite.objects.get()
    assert (row.version, row.by, row.at) == (5, anne.user, NOW + dt.timedelta(hours=1))
    assert report_of(edition)[PREAMBULE].constat.etat.value == "ecrite"


def test_what_is_wiped_out_within_a_sitting_stays_a_version(edition: Edition, anne: Access) -> None:
    text = "Une perspective que l’on a mis du temps à écrire, puis retirée d’une touche."
    write(edition, text, anne)
    write(edition, "", anne, NOW + MINUTE)
    write(edition, "Autre", anne, NOW + 2 * MINUTE)
    assert [one.valeurs["texte"] for one in versions_of(edition, PREAMBULE)] == ["Autre", text, ""]


def test_two_write_beside_each_other_and_never_over_each_other(
    edition: Edition, anne: Access, brice: Access
) -> None:
    goal = Partie.CONCLUSION_COMMUNIQUER
    shown = read(edition, goal)
    write_partie(edition, goal, {"texte": "Oui.", "academies": []}, read=shown, access=anne, at=NOW)
    # brice had the page of before, and only cites an académie
    factories.territory("Dijon")
    told = {"texte": "", "academies": ["Dijon"]}
    now, _ = write_partie(edition, goal, told, read=shown, access=brice, at=NOW)
    assert now == {"texte": "Oui.", "academies": ["Dijon"]}
    with pytest.raises(StalePartieError) as refused:
        write_partie(edition, goal, told | {"texte": "Non."}, read=shown, access=brice, at=NOW)
    assert (refused.value.held, refused.value.row.by) == (now, brice.user)  # type: ignore[union-attr]
    # what both typed alike is no conflict
    write_partie(edition, goal, now, read=shown, access=brice, at=NOW)
    objectif = Objectif.objects.get(edition=edition, code="communiquer")
    assert objectif.conclusion == "Oui."


def test_who_may_not_write_and_an_edition_that_is_closed(edition: Edition, anne: Access) -> None:
    for access in (ANONYMOUS, factories.access(factories.person(TypeRole.PARTENAIRE, organisation="ONISEP"))):
        with pytest.raises(PermissionDenied):
            write(edition, "Un", access)
        with pytest.raises(PermissionDenied):
            be_there(edition, PREAMBULE, access=access, at=NOW)
    move_edition(edition, GesteEdition.CLOSE, access=anne, at=dt.datetime(2027, 7, 20, tzinfo=dt.UTC))
    with pytest.raises(ClosedReportError, match="est close"):
        write(edition, "Un", anne)
    assert texts(edition) == []
    assert not VersionPartie.objects.exists()


def test_a_version_is_put_back_as_a_new_one_unless_somebody_wrote_meanwhile(
    edition: Edition, anne: Access, brice: Access
) -> None:
    write(edition, "Un", anne)
    write(edition, "Deux", brice)
    first = versions_of(edition, PREAMBULE).get(number=1)
    shown = read(edition)
    write(edition, "Trois", anne, NOW + MINUTE)
    with pytest.raises(StalePartieError):
        restore(edition, first, read=shown, access=brice, at=NOW + MINUTE)
    restore(edition, first, read=read(edition), access=brice, at=NOW + MINUTE)
    assert texts(edition) == ["Un"]
    last = versions_of(edition, PREAMBULE).first()
    assert last is not None
    assert (last.valeurs, last.restored, last.by) == ({"texte": "Un"}, 1, brice.user)


def test_what_a_file_wrote_meanwhile_is_kept_as_a_version_too(edition: Edition, anne: Access) -> None:
    write(edition, "Un", anne)
    Texte.objects.filter(edition=edition).update(text="Du fichier")
    write(edition, "Deux", anne, NOW + MINUTE)
    told = [(one.valeurs["texte"], one.by) for one in versions_of(edition, PREAMBULE)]
    assert told[:2] == [("Deux", anne.user), ("Du fichier", None)]


def test_who_is_there_is_told_to_the_other(edition: Edition, anne: Access, brice: Access) -> None:
    be_there(edition, PREAMBULE, access=anne, at=NOW)
    be_there(edition, PREAMBULE, access=anne, at=NOW + dt.timedelta(seconds=20))
    later = NOW + MINUTE
    assert [one.user for one in others_at(edition, PREAMBULE, brice, later)] == [anne.user]
    assert not others_at(edition, PREAMBULE, anne, later)
    assert not others_at(edition, PREAMBULE, brice, NOW + 2 * MINUTE)
    be_there(edition, PREAMBULE, access=brice, at=NOW + dt.timedelta(hours=1))
    assert [row.user for row in RedacteurPresent.objects.all()] == [brice.user]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_text_at_once_one_is_asked(edition: Edition) -> None:
    people = [
        factories.access(factories.person(TypeRole.NATIONAL, f"{name}@education.example")) for name in "ab"
    ]
    shown = read(edition)
    results = at_once(2, lambda n: write(edition, f"Texte {n}", people[n], read=shown))
    assert passed(results, StalePartieError) == 1
    (text,) = texts(edition)
    assert [one.valeurs["texte"] for one in versions_of(edition, PREAMBULE)] == [text, ""]


@pytest.mark.django_db(transaction=True)
def test_conclusions_written_at_once_are_all_kept(edition: Edition, anne: Access) -> None:
    goals = [partie for partie in Partie if partie.objectif]

    def conclude(number: int) -> None:
        told = {"texte": f"Conclusion {number}", "academies": []}
        shown = marks({"texte": "", "academies": []})
        write_partie(edition, goals[number], told, read=shown, access=anne, at=NOW)

    results = at_once(len(goals), conclude)
    assert passed(results, StalePartieError) == len(goals)
    kept = Objectif.objects.filter(edition=edition).order_by("position").values_list("conclusion", flat=True)
    assert list(kept) == [f"Conclusion {number}" for number in range(len(goals))]


# -- pages -----------------------------------------------------------------------------------------


@pytest.fixture
def client(anne: Access) -> Client:
    return browser(anne)


def browser(access: Access) -> Client:
    found = Client()
    assert access.user is not None
    found.force_login(access.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


def page(edition: Edition, partie: Partie, more: str = "") -> str:
    return f"/editions/{edition.year}/redaction/{partie.adresse}/{more}"


def sent(client: Client, edition: Edition, partie: Partie, **typed: str) -> dict[str, str]:
    """What the form of a page sends."""
    form = client.get(page(edition, partie)).context["form"]
    return {"lu": json.dumps(form["lu"].initial), **typed}


def test_the_report_is_written_without_a_script(edition: Edition, anne: Access, client: Client) -> None:
    plan = client.get(f"/editions/{edition.year}/redaction/")
    assert plan.content.decode().count("Vide") == len(Partie)
    introduction = page(edition, Partie.INTRODUCTION)
    typed = sent(
        client, edition, Partie.INTRODUCTION, texte="Bonjour.\r\n## Mobiliser\r\n•\tun\r\n•\t**deux**"
    )
    shown = client.post(introduction, typed | {"apercu": "1"}).content.decode()
    assert "<ul><li>un</li><li><strong>deux</strong></li></ul>" in shown
    assert texts(edition) == []
    with_more = client.post(introduction, typed | {"inserer": "Trois académies."})
    assert with_more.context["form"]["texte"].value().endswith("**deux**\n\nTrois académies.")
    assert client.post(introduction, typed).status_code == 302
    assert texts(edition) == ["Bonjour.", "- un\n- **deux**"]
    refused = client.post(introduction, sent(client, edition, Partie.INTRODUCTION, texte="x" * 50_001))
    assert "trop long" in refused.content.decode()
    assert "maxlength" not in str(refused.context["form"]["texte"])
    assert client.get(f"/editions/{edition.year}/redaction/").content.decode().count("Écrite") == 1
    assert client.get(page(edition, Partie.INTRODUCTION, "versions/")).status_code == 200
    following = [f'href="{page(edition, one.suivante)}"' for one in Partie if one.suivante]
    assert following[1] in client.get(introduction).content.decode()
    assert len(following) == len(Partie) - 1
    assert client.get(f"/editions/{edition.year}/redaction/rien/").status_code == 404


def test_perspectives_are_rows_that_move(edition: Edition, client: Client) -> None:
    rows = {
        "perspectives-TOTAL_FORMS": "3", "perspectives-INITIAL_FORMS": "0",
        "perspectives-0-title": "Aider", "perspectives-0-text": "Tôt.",
        "perspectives-1-title": "Dire", "perspectives-1-text": "Loin.", "perspectives-1-acteur": "Le bureau",
        "perspectives-2-title": "",
    }  # fmt: skip
    address = page(edition, Partie.PERSPECTIVES)
    typed = sent(client, edition, Partie.PERSPECTIVES, **rows)
    moved = client.post(address, typed | {"monter": "perspectives-1"})
    (liste,) = moved.context["listes"]
    assert [form["title"].value() for form in liste.rows][:2] == ["Dire", "Aider"]
    assert client.post(address, typed).status_code == 302
    assert texts(edition) == ["Tôt.", "Loin."]
    lost = client.post(address, typed | {"perspectives-0-title": ""})
    assert "Donnez son titre" in lost.content.decode()
    none = sent(client, edition, Partie.PERSPECTIVES) | {
        "perspectives-TOTAL_FORMS": "0", "perspectives-INITIAL_FORMS": "0",
    }  # fmt: skip
    client.post(address, none)
    assert texts(edition) == []


def test_a_sentence_beside_a_list_that_was_damaged_is_no_failure(edition: Edition, client: Client) -> None:
    damaged = sent(client, edition, Partie.PERSPECTIVES) | {"perspectives-TOTAL_FORMS": "9" * 5000}
    answer = client.post(page(edition, Partie.PERSPECTIVES), damaged | {"inserer": "Trois académies."})
    assert answer.status_code == 200


def test_a_group_names_academies_and_why(edition: Edition, client: Client) -> None:
    factories.territory("Dijon")
    typed = sent(
        client, edition, Partie.TUTORAT,
        **{
            "tutorats-TOTAL_FORMS": "1", "tutorats-INITIAL_FORMS": "0", "tutorats-0-kind": "possible",
            "tutorats-0-academies": "Dijon", "tutorats-0-reason": "Pour **avancer**.",
        },
    )  # fmt: skip
    address = page(edition, Partie.TUTORAT)
    assert (
        "Dites ce qui est proposé" in client.post(address, typed | {"tutorats-0-kind": ""}).content.decode()
    )
    assert client.post(address, typed).status_code == 302
    (group,) = partie_of(edition, Partie.TUTORAT).valeurs["tutorats"]
    assert group == {"kind": "possible", "academies": ["Dijon"], "reason": "Pour **avancer**."}


def test_a_script_saves_as_one_types_and_is_told_of_others(
    edition: Edition, anne: Access, brice: Access, client: Client
) -> None:
    address = page(edition, PREAMBULE, "enregistrer/")
    first = sent(client, edition, PREAMBULE, texte="- un")
    answer = client.post(address, first).json()
    assert (answer["qui"], answer["etat"]) == ("vous", "Écrite")
    assert "<ul><li>un</li></ul>" in answer["apercu"]
    again = client.post(address, {"lu": answer["lu"], "texte": "- un\n- deux"})
    assert again.status_code == 200
    other = browser(brice)
    there = other.post(page(edition, PREAMBULE, "presence/")).json()
    assert (there["autres"], there["qui"]) == ([], str(anne.user))
    assert client.post(page(edition, PREAMBULE, "presence/")).json()["autres"] == [str(brice.user)]
    assert str(brice.user) in client.get(page(edition, PREAMBULE)).content.decode()
    late = other.post(address, first | {"texte": "Autre chose"})
    assert (late.status_code, late.json()["qui"]) == (409, str(anne.user))
    # the same by the button: both writings, and the choice
    asked = other.post(page(edition, PREAMBULE), first | {"texte": "Autre chose"})
    assert asked.status_code == 409
    for words in ("Autre chose", "- deux", "choix-texte", str(anne.user)):
        assert words in asked.content.decode()
    lu = asked.context["form"]["lu"].value()
    client_choice = {"lu": lu, "texte": "Autre chose", "choix-texte": "site"}
    assert other.post(page(edition, PREAMBULE), client_choice).status_code == 302
    assert texts(edition) == ["- un\n- deux"]
    assert other.post(page(edition, PREAMBULE), {"lu": lu, "texte": "Autre chose"}).status_code == 302
    assert texts(edition) == ["Autre chose"]
    too_long = client.post(address, {"lu": "", "texte": "x" * 50_001})
    assert (too_long.status_code, "trop long" in too_long.json()["message"]) == (422, True)


def test_what_is_typed_loosely_is_saved_again_without_a_conflict_with_itself(
    edition: Edition, anne: Access, client: Client
) -> None:
    loose = "Deux  espaces,\tune tabulation.\n## **Gras**\nFin."
    address = page(edition, Partie.INTRODUCTION, "enregistrer/")
    answer = client.post(address, sent(client, edition, Partie.INTRODUCTION, texte=loose)).json()
    assert json.loads(answer["lu"]) == read(edition, Partie.INTRODUCTION)
    again = client.post(address, {"lu": answer["lu"], "texte": f"{loose} Suite."})
    assert (again.status_code, again.json()["melange"]) == (200, False)
    assert [one.by for one in versions_of(edition, Partie.INTRODUCTION)] == [anne.user, None]
    # nobody else was there: one's other tab is called so
    asked = client.post(page(edition, Partie.INTRODUCTION), {"lu": answer["lu"], "texte": "Autre"})
    assert "dans un autre onglet" in asked.content.decode()
    assert "Quelqu’un d’autre" not in asked.content.decode()


def test_a_closed_edition_is_read_and_refuses_with_words(
    edition: Edition, anne: Access, client: Client
) -> None:
    write(edition, "Un texte.", anne)
    typed = sent(client, edition, PREAMBULE, texte="Autre")
    move_edition(edition, GesteEdition.CLOSE, access=anne, at=dt.datetime(2027, 7, 20, tzinfo=dt.UTC))
    shown = client.get(page(edition, PREAMBULE)).content.decode()
    assert "Un texte." in shown
    assert "<textarea" not in shown
    refused = client.post(page(edition, PREAMBULE), typed)
    assert refused.status_code == 409
    assert "Autre" in refused.content.decode()
    assert client.post(page(edition, PREAMBULE, "enregistrer/"), typed).status_code == 410
    back = client.post(page(edition, PREAMBULE, "versions/0/"), {"lu": typed["lu"]})
    assert "est close" in back.content.decode()
    assert texts(edition) == ["Un texte."]


def test_a_version_is_read_compared_and_put_back_by_its_page(
    edition: Edition, anne: Access, brice: Access, client: Client
) -> None:
    write(edition, "Le premier texte dit ceci.", anne)
    write(edition, "Le second texte dit ceci.", brice)
    shown = client.get(page(edition, PREAMBULE, "versions/1/"))
    assert "<del>" in shown.content.decode()
    assert client.get(page(edition, PREAMBULE, "versions/9/")).status_code == 404
    answer = client.post(page(edition, PREAMBULE, "versions/1/"), {"lu": shown.context["lu"]})
    assert answer.status_code == 302
    assert texts(edition) == ["Le premier texte dit ceci."]
    stale = client.post(page(edition, PREAMBULE, "versions/2/"), {"lu": shown.context["lu"]})
    assert "a changé depuis" in stale.content.decode()


def test_the_public_reads_what_was_published_and_never_what_is_being_written(
    edition: Edition, anne: Access, client: Client
) -> None:
    """Not on the page of the edition, nor as a reason to make all public pages anew."""
    public = f"/editions/{edition.year}/"
    before = revision()
    goal = Partie.CONCLUSION_COMMUNIQUER
    told = {"texte": "Un **premier** jet.", "academies": []}
    write_partie(edition, goal, told, read=read(edition, goal), access=anne, at=NOW)
    key = {"messages": ["À retenir."]}
    write_partie(edition, Partie.MESSAGES, key, read=read(edition, Partie.MESSAGES), access=anne, at=NOW)
    assert revision() == before
    for address in (public, f"{public}synthese/"):
        shown = Client().get(address).content.decode()
        assert "jet." not in shown
        assert "À retenir" not in shown
    content = dump(dossier_of(edition))
    Synthese.objects.create(
        edition=edition, number=1, settled_at=NOW, published_at=NOW, digest=digest(content), snapshot=content
    )
    write_partie(
        edition, goal, told | {"texte": "Un second jet."}, read=read(edition, goal), access=anne, at=NOW
    )
    shown = Client().get(public).content.decode()
    assert "Un <strong>premier</strong> jet." in shown
    assert "second jet" not in shown
