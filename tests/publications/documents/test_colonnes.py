"""What each table of open data is called, and each of its columns: who reuses them reads nothing else."""

from __future__ import annotations

import datetime as dt

from accroche.dossier.bilan import bilan
from accroche.dossier.comptage import with_counts
from accroche.dossier.dossier import EditionDossier
from accroche.publications.documents import liste_recensement
from accroche.publications.documents.synthese.donnees import data_tables
from accroche.publications.fiches import FichesAcademie
from accroche.publications.outline import DataTable
from accroche.publications.versions import Imprint
from tests.dossier.sample import EDITION

SYNTHESE = """
totaux : Totaux nationaux et ce qui leur manque
  indicateur (string) Ce qui est compté
  somme (integer) Somme des nombres donnés
  borne_inferieure (integer) Cette somme quand le vrai total n’est pas moindre ; vide si un nombre \
est approché ou si des recoupements sont possibles
  texte (string) Le total tel qu’il est imprimé
  exact (boolean) Vrai si personne ne manque, si tout est exact et si rien ne se recoupe
  approche (boolean) Vrai si un chiffre au moins est « environ »
  academies_comptees (integer) Académies qui ont donné un nombre
  academies_repondantes (integer) Académies dont les données sont disponibles
  nombres_approches (string) Académies dont le nombre est approché (« environ »)
  recoupements_possibles (string) Académies qui ont donné plusieurs nombres, où les mêmes peuvent se retrouver
  non_communique (string) Académies qui ont répondu sans donner de nombre
  tous (string) Académies qui ont répondu « tous »
  non_disponible (string) Académies dont les données ne sont pas disponibles
chiffres : Chiffres déclarés par les académies, avec leur provenance
  academie (string) Académie, sous son nom de l’époque
  indicateur (string) Ce qui est compté : actions ou etablissements
  rang (integer) Rang du chiffre quand il y en a plusieurs
  nature (string) exact, about (environ), more_than (plus de), at_least (au moins), all (tous), \
not_communicated (N.C.) ou unavailable (non disponible)
  valeur (integer) Nombre ; vide s’il n’est pas donné, jamais zéro par défaut
  perimetre (string) Ce que le chiffre couvre
  note (string) Remarque de l’académie
  source (string) D’où vient le chiffre
  additionne (boolean) Vrai si le chiffre entre dans le total national
  texte (string) Le chiffre tel qu’il est imprimé
semaines : Une ligne par académie : dates, rang, niveaux, pilotage
  academie (string) Académie, sous son nom de l’époque
  statut (string) reported : compte rendu reçu ; preparing : pas encore ; unavailable : données non \
disponibles
  absence_signee_par (string) Qui a signé que les données ne sont pas disponibles : bureau ou academie
  absence_signee_le (date) Le jour où cela a été signé
  absence_d_apres (string) Sur la parole de qui
  rang (integer) Première, deuxième… semaine de l’académie ; vide si non dit
  debut (date) Premier jour
  fin (date) Dernier jour
  dates (string) Toutes les périodes, en toutes lettres
  premier_degre (boolean) Niveau coché : Premier degré ; vide si aucun niveau n’est dit
  college (boolean) Niveau coché : Collège ; vide si aucun niveau n’est dit
  lycee (boolean) Niveau coché : Lycée ; vide si aucun niveau n’est dit
  lycee_professionnel (boolean) Niveau coché : Lycée professionnel ; vide si aucun niveau n’est dit
  intitule (string) Nom propre de la manifestation
  themes (string) Thèmes
  pilote (string) Service pilote
  parrain (string) Parrain ou marraine
  financement (string) Financement
  comite (string) Comité de pilotage
  partenaires (string) Partenaires cités
  alliances (string) internes, surtout_internes, internes_externes ou nc ; vide si personne ne l’a dit
  portage (string) Qui noue les alliances : porteurs, services, les_deux ou nc
  appel (string) Bassins appelés à participer : tous ou certains ; vide si non dit
  bassins (string) Lesquels, si c’est certains
axes : Axes de travail retenus pour la prochaine édition
  academie (string) Académie, sous son nom de l’époque
  rang (integer) Ordre dans le compte rendu
  code (string) Code de l’axe au catalogue national
  libelle (string) Libellé de l’axe
  precision (string) Ce que l’académie précise
temps_forts : Temps forts des semaines
  academie (string) Académie, sous son nom de l’époque
  titre (string) Titre
  type (string) Type de temps fort
  debut (date) Premier jour, s’il est connu
  fin (date) Dernier jour, s’il est connu
  lieu (string) Lieu
  etapes (string) Étapes d’une tournée
  autorites (string) Autorités présentes : recteur, dasen, inspecteur, prefet, elus, ministre, autre
ressources : Ressources produites à l’occasion des semaines
  academie (string) Académie, sous son nom de l’époque
  titre (string) Titre
  type (string) Type de ressource
  adresse (string) Adresse, si elle est en ligne
  publiee (boolean) Vrai si elle est publiée, faux si elle ne l’est pas ; vide si personne ne l’a dit
partenaires : Partenaires des semaines, et la part qu’ils y prennent
  academie (string) Académie, sous son nom de l’époque
  nom (string) Nom
  type (string) Type de partenaire
  interne (boolean) Vrai s’il est de l’Éducation nationale
  role (string) presente, intervient, prepare, co_organise, finance ou accueille ; vide si personne ne l’a dit
strategie : Textes de la politique académique auxquels les semaines se rattachent
  academie (string) Académie, sous son nom de l’époque
  titre (string) Titre
  date (date) Date du texte, si elle est connue
  adresse (string) Adresse, s’il est en ligne
medias : Médias qui ont parlé des semaines
  academie (string) Académie, sous son nom de l’époque
  media (string) Nom du média
  type (string) presse, radio, television ou web
  date (date) Jour, s’il est connu
  adresse (string) Adresse, s’il est en ligne
actions : Actions, dont celles que la synthèse présente en exemple
  academie (string) Académie, sous son nom de l’époque
  rang (integer) Ordre dans la semaine
  titre (string) Titre de l’action
  porteurs (string) Porteurs, avec leur commune
  premier_degre (boolean) Niveau coché : Premier degré ; vide si aucun niveau n’est dit
  college (boolean) Niveau coché : Collège ; vide si aucun niveau n’est dit
  lycee (boolean) Niveau coché : Lycée ; vide si aucun niveau n’est dit
  lycee_professionnel (boolean) Niveau coché : Lycée professionnel ; vide si aucun niveau n’est dit
  temporalite (string) semaine, annee ou les_deux ; vide si non dit
  lieu (string) Lieu, quand ce n’est pas l’établissement
  nature (string) prevention, intervention ou remediation ; vide si non dit
  themes (string) Codes des thèmes
  partenaires (string) Partenaires de l’action
  prix (string) Prix reçu
  remarquable (boolean) Signalée comme remarquable
  source (string) semaine, experitheque ou cardie
  experitheque (integer) Numéro de fiche Expérithèque
  reprise_de (string) Action reprise, si elle est publiée : édition/académie/fiche
  adresses (string) Liens
  exemple (boolean) Vrai si la synthèse la présente en exemple
porteurs : Porteurs des actions
  academie (string) Académie, sous son nom de l’époque
  action (string) Titre de l’action
  nom (string) Nom du porteur
  type (string) Type de porteur
  niveau (string) Niveau d’enseignement, pour une école ou un établissement
  commune (string) Commune, telle qu’écrite
  code_commune (string) Code officiel de la commune
  uai (string) Identifiant de l’établissement, s’il est confirmé
  latitude (number) Degrés WGS 84
  longitude (number) Degrés WGS 84
partenaires_actions : Partenaires des actions, et la part qu’ils y prennent
  academie (string) Académie, sous son nom de l’époque
  action (string) Titre de l’action
  nom (string) Nom du partenaire
  role (string) Sa part ; vide si non dit
  apport (string) Ce qu’il apporte
  type (string) Type de partenaire ; vide si non dit
  interne (boolean) Vrai s’il est de l’Éducation nationale
grille : Grille de 2016 : critères et niveaux, sans aucune réponse
  objectif (string) Code de l’objectif
  objectif_libelle (string) Libellé de l’objectif
  code (string) Code du critère
  critere (string) Ce que le critère regarde
  poids (integer) Poids du critère dans son objectif
  axe (string) Code de l’axe de travail que propose un niveau bas
  niveau_0 (string) Ce que dit le niveau 0
  niveau_1 (string) Ce que dit le niveau 1
  niveau_2 (string) Ce que dit le niveau 2
  niveau_3 (string) Ce que dit le niveau 3
  niveau_4 (string) Ce que dit le niveau 4
"""

LISTE = """
fiches : Fiches envoyées à l’académie
  numero (integer) Numéro de la fiche sur le site
  titre (string) Titre de l’action
  etat (string) Code de l’état
  etat_libelle (string) État de la fiche
  declaree (boolean) Vrai si la fiche est comptée comme déclarée
  porteurs (string) Porteurs, avec leur commune
  uai (string) Identifiants des établissements reconnus
  departement (string) Département du premier établissement
  premier_degre (boolean) Niveau coché : Premier degré ; vide si aucun niveau n’est dit
  college (boolean) Niveau coché : Collège ; vide si aucun niveau n’est dit
  lycee (boolean) Niveau coché : Lycée ; vide si aucun niveau n’est dit
  lycee_professionnel (boolean) Niveau coché : Lycée professionnel ; vide si aucun niveau n’est dit
  debut (date) Premier jour, s’il est connu
  fin (date) Dernier jour, s’il est connu
  lieu (string) Lieu, quand ce n’est pas l’établissement
  temporalite (string) semaine, annee ou les_deux ; vide si non dit
"""


def told(tables: tuple[DataTable, ...]) -> list[str]:
    """Each table by its name and title, then each of its columns by its name, type and meaning."""
    lines = []
    for table in tables:
        lines.append(f"{table.name} : {table.title}")
        lines += [f"  {field.name} ({field.type}) {field.description}" for field in table.fields]
    return lines


def synthese(dossier: EditionDossier) -> tuple[DataTable, ...]:
    return data_tables(dossier, bilan(dossier))


def test_the_tables_of_the_synthesis() -> None:
    assert told(synthese(EDITION)) == SYNTHESE.strip().splitlines()


def test_figures_that_were_counted_are_said_to_be() -> None:
    changed = [
        line
        for line in told(synthese(with_counts(EDITION)))
        if line not in set(SYNTHESE.strip().splitlines())
    ]
    assert changed == [
        "  academies_comptees (integer) Académies dont des fiches sont publiées, ou qui annoncent zéro",
        "  academies_repondantes (integer) Académies de l’édition, moins celles sans données disponibles",
        "  non_communique (string) Académies dont aucune fiche n’est publiée à ce jour",
        "chiffres : Chiffres comptés sur les fiches publiées, et ceux que les académies annoncent",
    ]


def test_the_table_of_the_census_list() -> None:
    nobody = FichesAcademie("2026-2027", "Dijon", dt.date(2026, 11, 26), ())
    assert (
        told(liste_recensement.build(nobody, Imprint("Bureau national")).data) == LISTE.strip().splitlines()
    )
