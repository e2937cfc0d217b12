"""What a sheet is made of, told once: each field, and by which ways it travels or **why it does not**.

One row a field. Columns, texts the gate reads, what a merge fills, what a comparison tells, columns of a
census and of open data are read from here; no other list names the fields of a sheet.
``tests/test_champs.py`` gives each field a value of its own and looks for it at the end of each way: it has
arrived unchanged, or its reason stands here and it has not. The table names no code of the apps above: a way
is a word of :class:`Voie`.

To add a field, see CONTRIBUTING, « Add a field to a sheet ».
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.lib.champs import PAR, Champ, Genre, Non, Par, Ways, feuilles


class Voie(StrEnum):
    """A way a field travels."""

    #: a page in which it is typed
    FORMULAIRE = "formulaire"
    #: read by the gate, which keeps private numbers and addresses out of what is public
    CONTROLE = "controle"
    #: copied when two sheets become one
    FUSION = "fusion"
    #: told when two tellings of an edition differ
    COMPARAISON = "comparaison"
    #: on the page of who moderates
    RELECTURE = "relecture"
    #: on its public page
    PAGE = "page"
    #: in the spreadsheet an académie takes away
    TABLEUR = "tableur"
    #: read in the spreadsheet an académie sends
    RECENSEMENT = "recensement"
    #: in the files of an edition
    PACK = "pack"
    #: in the plain data of an edition, and so in frozen versions
    DOSSIER = "dossier"
    #: printed in the synthesis
    DOCUMENT = "document"
    #: in the open data of the synthesis
    DONNEES = "donnees"
    #: in the JSON of an edition: :data:`PLUS_TARD` for what an older document lacks
    JSON = "json"
    #: found by who searches: the words are fields of the index (``integrations/tantivy/schema.py``)
    RECHERCHE = "recherche"


class Reprise(StrEnum):
    """How a merge takes a field over from the absorbed sheet."""

    #: where the kept sheet says nothing
    FILLED = "filled"
    #: the same; where it says something else, told in the activity that the absorbed sheet becomes
    TOLD = "told"
    #: part of the activity that the absorbed sheet becomes
    ACTIVITY = "activity"
    #: both hold: what one lacks is added
    ADDED = "added"


PARTOUT: Final[Ways] = dict.fromkeys(Voie, PAR)

# -- reasons that several fields share ----------------------------------------------------------------
PAS_DE_TEXTE: Final = Non("a code, a day or a number holds nobody's telephone nor address")
PAS_TAPE: Final = Non("nobody types it: it is known of the sheet")
COURT: Final = Non("an example of the synthesis is a card of a few lines; its page on the site says the rest")
OUVERTES: Final = Non("the table of examples keeps the columns it was published with; the JSON holds it")
INFORMATION: Final = Non(
    "a column of exports for information; what the site holds stays when a file comes back"
)
CONTACT: Final = Non("for the académie's questions alone: no published thing holds it")
ICI: Final = Non("a moment of this instance, of no meaning elsewhere")
ORGANISME: Final = Non("known of the organisation, not of the sheet")
FICHIERS: Final = Non("attachments are files, which stay with the sheet on the instance")
AILLEURS: Final = Non("attached on a page of its own, one file at a time")
JOURS: Final = Non("one looks for the days of the action, which hold its times")
PAS_CHERCHE: Final = Non("nobody looks for an action by it")

_F, _C, _M, _D = Voie.FORMULAIRE, Voie.CONTROLE, Voie.FUSION, Voie.COMPARAISON
_R, _P, _T, _I = Voie.RELECTURE, Voie.PAGE, Voie.TABLEUR, Voie.RECENSEMENT
_K, _DOC, _OD = Voie.PACK, Voie.DOCUMENT, Voie.DONNEES
_Q = Voie.RECHERCHE
_TEXTE: Final[Ways] = {_Q: Par(("texte",))}
_NOMS: Final[Ways] = {_Q: Par(("noms",))}
FILLED, TOLD, ADDED = Par((Reprise.FILLED,)), Par((Reprise.TOLD,)), Par((Reprise.ADDED,))
ACTIVITY = Par((Reprise.ACTIVITY,))
PLUS_TARD: Final = Par(("?",))


def _column(champ: str) -> Ways:
    """The same column out and in."""
    return {_T: Par((champ,)), _I: Par((champ,))}


def _informs(champ: str) -> Ways:
    """A column out that says what nothing takes back in."""
    return {_T: Par((champ,)), _I: INFORMATION}


_PUBLIE: Final[Ways] = dict.fromkeys((_D, _P, _K, Voie.DOSSIER, _DOC, _OD, Voie.JSON, _Q), CONTACT)
_PRIVE: Final = _PUBLIE | {
    _C: Non("never public: a telephone is what one leaves there"),
    _M: FILLED,
}
_AJOUT: Final[Ways] = {
    _F: PAS_TAPE, _C: PAS_DE_TEXTE, _I: INFORMATION,
}  # fmt: skip
_MOMENT: Final = PARTOUT | _AJOUT | {
    _M: Non("the kept sheet has its own"), _D: ICI, _R: Non("the journal on that page tells it"),
    _P: ICI, _K: ICI, _DOC: ICI, _OD: ICI, Voie.JSON: ICI, _Q: PAS_CHERCHE,
}  # fmt: skip
_PLACE: Final = PARTOUT | {
    _C: PAS_DE_TEXTE, _R: ORGANISME, _P: ORGANISME, **_informs("lieux"), _DOC: COURT,
}  # fmt: skip
_PIECE: Final = PARTOUT | _AJOUT | _informs("pieces") | {
    _F: AILLEURS, _K: FICHIERS, _DOC: FICHIERS, _OD: FICHIERS, Voie.JSON: FICHIERS, _Q: PAS_CHERCHE,
}  # fmt: skip

# fmt: off
CHAMPS: Final[tuple[Champ, ...]] = (
    Champ("title", "Titre", Genre.TEXT, PARTOUT | _column("titre") | {
        _Q: Par(("titre",)), _M: ACTIVITY, _D: Par(("action",)), _OD: Par(("titre", "Titre de l’action"))}),
    Champ("description", "Ce qui se passe", Genre.TEXT, PARTOUT | _column("description") | {
        **_TEXTE,
        _M: ACTIVITY, _D: Par(("description",)), _OD: Non("a long text is no cell; the JSON holds it")}),
    Champ("porteurs", "Établissements et autres porteurs", Genre.ROWS, parts=(
        Champ("name", "Nom", Genre.TEXT, PARTOUT | _column("etablissement") | {
            **_NOMS, _M: ADDED, _OD: Par(("nom", "Nom du porteur"))}),
        Champ("kind", "Type", Genre.CHOICE, PARTOUT | {
            _Q: Par(("sujet",)),
            _C: PAS_DE_TEXTE, _M: ADDED, _R: Non("its name says it"), _P: Non("its name says it"),
            _T: Par(("types",)), _I: Non("read in its name, or known by its code"),
            _DOC: Non("its name says it"), _OD: Par(("type", "Type de porteur"))}),
        Champ("commune", "Commune", Genre.TEXT, PARTOUT | {
            **_NOMS, _M: ADDED, _T: Par(("etablissement",)), _I: Par(("etablissement",)),
            _OD: Par(("commune", "Commune, telle qu’écrite"))}),
        Champ("insee", "Code de la commune", Genre.TEXT, _PLACE | {
            _Q: Par(("commune",)), _OD: Par(("code_commune", "Code officiel de la commune"))}),
        Champ("uai", "Code UAI", Genre.TEXT, PARTOUT | _column("uai") | {
            _Q: Par(("etablissement", "noms")), _C: PAS_DE_TEXTE, _M: ADDED, _P: ORGANISME, _DOC: COURT,
            _OD: Par(("uai", "Identifiant de l’établissement, s’il est confirmé"))},
            colonnes=("etablissement",)),
        Champ("latitude", "Latitude", Genre.DEGREES, _PLACE | {
            _Q: Par(("lat",)), _OD: Par(("latitude", "Degrés WGS 84"))}),
        Champ("longitude", "Longitude", Genre.DEGREES, _PLACE | {
            _Q: Par(("lon",)), _OD: Par(("longitude", "Degrés WGS 84"))}),
    )),
    Champ("levels", "Niveaux", Genre.CHOICES, PARTOUT | _column("niveaux") | {
        _Q: Par(("niveau", "sujet")),
        _C: PAS_DE_TEXTE, _M: FILLED, _D: Par(("niveaux",)), _OD: Par(("niveaux",)),
        _I: Par(("niveaux", "premier_degre", "college", "lycee", "lycee_professionnel"))},
        colonnes=tuple(level.value for level in Niveau)),
    Champ("temporality", "Quand", Genre.CHOICE, PARTOUT | _column("temporalite") | {
        _Q: Par(("temporalite", "sujet")), _C: PAS_DE_TEXTE, _M: ADDED, _D: Par(("temporalité",)),
        _OD: Par(("temporalite", "semaine, annee ou les_deux ; vide si non dit"))}),
    Champ("starts", "Premier jour", Genre.DAY, PARTOUT | _column("debut") | {
        _Q: Par(("debut",)),
        _C: PAS_DE_TEXTE, _M: FILLED, _D: Par(("premier jour",)), _DOC: COURT, _OD: OUVERTES,
        _I: Par(("dates", "debut"))}),
    Champ("ends", "Dernier jour", Genre.DAY, PARTOUT | _column("fin") | {
        _Q: Par(("fin",)),
        _C: PAS_DE_TEXTE, _M: FILLED, _D: Par(("dernier jour",)), _DOC: COURT, _OD: OUVERTES,
        _I: Par(("dates", "fin"))}),
    Champ("place", "Lieu", Genre.TEXT, PARTOUT | _column("lieu") | {
        **_NOMS, _M: TOLD, _D: Par(("lieu",)), _DOC: COURT, Voie.JSON: PLUS_TARD,
        _OD: Par(("lieu", "Lieu, quand ce n’est pas l’établissement"))}),
    Champ("classes", "Classes", Genre.TEXT, PARTOUT | _column("classes") | {
        **_TEXTE, _M: TOLD, _D: Par(("classes",)), _DOC: COURT, _OD: OUVERTES}),
    Champ("audience_size", "Nombre d’élèves", Genre.NUMBER, PARTOUT | _column("effectif") | {
        _Q: PAS_CHERCHE,
        _C: PAS_DE_TEXTE, _M: TOLD, _D: Par(("nombre d’élèves",)), _DOC: COURT, _OD: OUVERTES}),
    Champ("audience_note", "Précision sur le public", Genre.TEXT, PARTOUT | _column("public") | {
        **_TEXTE, _M: TOLD, _D: Par(("précision sur le public",)), _DOC: COURT, _OD: OUVERTES}),
    Champ("nature", "Nature", Genre.CHOICE, PARTOUT | _column("nature") | {
        _Q: Par(("nature", "sujet")), _C: PAS_DE_TEXTE, _M: FILLED, _D: Par(("nature",)),
        _OD: Par(("nature", "prevention, intervention ou remediation ; vide si non dit"))}),
    Champ("themes", "Thèmes", Genre.CHOICES, PARTOUT | _column("themes") | {
        _Q: Par(("theme", "sujet")),
        _C: PAS_DE_TEXTE, _M: ADDED, _D: Par(("thèmes",)), _OD: Par(("themes", "Codes des thèmes"))}),
    Champ("cles", "Clés du raccrochage", Genre.CHOICES, PARTOUT | _informs("cles") | {
        _Q: Par(("sujet",)),
        _C: PAS_DE_TEXTE, _M: ADDED, _D: Par(("clés du raccrochage",)), _DOC: COURT, _OD: OUVERTES}),
    Champ("partenaires", "Partenaires", Genre.ROWS, parts=(
        Champ("name", "Nom", Genre.TEXT, PARTOUT | _column("partenaires") | {
            **_NOMS, _M: ADDED, _OD: Par(("nom", "Nom du partenaire"))}),
        Champ("role", "Part prise", Genre.CHOICE, PARTOUT | _informs("parts") | {
            _Q: PAS_CHERCHE, _C: PAS_DE_TEXTE, _M: ADDED, _OD: Par(("role", "Sa part ; vide si non dit"))}),
        Champ("part", "Ce qu’il apporte", Genre.TEXT, PARTOUT | _informs("parts") | {
            **_TEXTE, _M: ADDED, _DOC: COURT, _OD: Par(("apport", "Ce qu’il apporte"))}),
        Champ("kind", "Type", Genre.CHOICE, PARTOUT | _informs("parts") | {
            _Q: Par(("partenaire", "sujet")),
            _C: PAS_DE_TEXTE, _M: ADDED, _R: ORGANISME, _DOC: COURT,
            _OD: Par(("type", "Type de partenaire ; vide si non dit"))}),
        Champ("internal", "Au sein de l’Éducation nationale", Genre.FLAG, PARTOUT | _informs("parts") | {
            _Q: PAS_CHERCHE, _C: PAS_DE_TEXTE, _M: ADDED, _R: ORGANISME, _DOC: COURT,
            _OD: Par(("interne", "Vrai s’il est de l’Éducation nationale"))}),
    )),
    # what is known of the sheet stands here: the order of the columns of open data
    Champ("prize", "Prix", Genre.TEXT, PARTOUT | _AJOUT | _informs("prix") | {
        _Q: Par(("sujet", "distinction")),
        _C: Non("typed by who moderates, or read in files that were reviewed"), _M: FILLED,
        _D: Par(("prix",)), _OD: Par(("prix", "Prix reçu"))}, ajout=True),
    Champ("remarkable", "Action remarquable", Genre.FLAG, PARTOUT | _AJOUT | _informs("remarquable") | {
        _Q: Par(("distinction",)), _M: FILLED, _D: Par(("mention remarquable",)),
        _OD: Par(("remarquable", "Signalée comme remarquable"))}, ajout=True),
    Champ("chosen", "Exemple de la synthèse", Genre.FLAG, PARTOUT | _AJOUT | _informs("exemple") | {
        _Q: Non("no word of the sheet's own page"),
        _M: FILLED, _D: Par(("choix comme exemple",)),
        _P: Non("what the synthesis shows is no word of the sheet's own page"),
        _DOC: Non("it says which sheets are printed, and is not printed (`dossier/exemples.py`)"),
        _OD: Non("the column « exemple » says which are printed, chosen or told by a report")}, ajout=True),
    Champ("source", "Origine", Genre.CHOICE, PARTOUT | _AJOUT | _informs("origine") | {
        _Q: PAS_CHERCHE, _M: Non("the kept sheet has its own"), _D: Par(("origine",)),
        _OD: Par(("source", "semaine, experitheque ou cardie"))}, ajout=True),
    Champ("experitheque_id", "Fiche Expérithèque", Genre.NUMBER, PARTOUT | _AJOUT | {
        **_informs("experitheque"), _Q: Par(("sujet",)), _M: FILLED, _D: Par(("fiche Expérithèque",)),
        _DOC: COURT, _OD: Par(("experitheque", "Numéro de fiche Expérithèque"))}, ajout=True),
    Champ("reprise_de", "Reprise de", Genre.TEXT, PARTOUT | _AJOUT | _informs("reprise") | {
        _Q: PAS_CHERCHE, _C: Non("the address of a page of this site"), _M: FILLED,
        _D: Par(("action reprise",)), _DOC: COURT, Voie.JSON: PLUS_TARD,
        _OD: Par(("reprise_de", "Action reprise, si elle est publiée : édition/académie/fiche"))},
        ajout=True),
    Champ("liens", "Liens", Genre.ROWS, parts=(
        Champ("url", "Adresse", Genre.TEXT, PARTOUT | _column("liens") | {
            _Q: Par(("video",)), _C: Non("the address of a page: its digits are no telephone"), _M: ADDED,
            _OD: Par(("adresses", "Liens"))}),
        Champ("label", "Ce qu’on y trouve", Genre.TEXT, PARTOUT | _informs("libelles") | {
            **_TEXTE, _M: ADDED, _OD: OUVERTES}),
    )),
    Champ("activites", "Temps de l’action", Genre.ROWS, parts=(
        Champ("title", "Titre", Genre.TEXT, PARTOUT | _informs("temps") | {
            **_TEXTE, _M: ADDED, _DOC: COURT, _OD: OUVERTES}),
        Champ("description", "Ce qui s’y passe", Genre.TEXT, PARTOUT | _informs("temps") | {
            **_TEXTE, _M: ADDED, _DOC: COURT, _OD: OUVERTES}),
        Champ("starts", "Premier jour", Genre.DAY, PARTOUT | _informs("temps") | {
            _Q: JOURS, _C: PAS_DE_TEXTE, _M: ADDED, _DOC: COURT, _OD: OUVERTES}),
        Champ("ends", "Dernier jour", Genre.DAY, PARTOUT | _informs("temps") | {
            _Q: JOURS, _C: PAS_DE_TEXTE, _M: ADDED, _DOC: COURT, _OD: OUVERTES}),
    )),
    Champ("refaire", "Pour la refaire", Genre.TEXT, PARTOUT | _informs("refaire") | {
        **_TEXTE, _M: TOLD, _D: Par(("pour la refaire",)), _DOC: COURT, _OD: OUVERTES,
        Voie.JSON: PLUS_TARD}),
    Champ("authority", "Présence d’une autorité", Genre.TEXT, PARTOUT | _column("autorite") | {
        **_TEXTE, _M: TOLD, _D: Par(("présence d’une autorité",)), _DOC: COURT, _OD: OUVERTES}),
    Champ("public_contact", "Contact public", Genre.TEXT, PARTOUT | _column("contact_public") | {
        _Q: Non("a search is no directory of telephones turned round"),
        _M: TOLD, _D: Par(("contact public",)), _DOC: COURT, _OD: OUVERTES}),
    Champ("private_contact", "Votre nom", Genre.TEXT, PARTOUT | _column("contact") | _PRIVE,
        prive="a person's own name"),
    Champ("private_email", "Votre adresse électronique", Genre.TEXT, PARTOUT | _column("courriel") | _PRIVE,
        prive="a person's own address"),
    Champ("private_phone", "Votre téléphone", Genre.TEXT, PARTOUT | _column("telephone") | _PRIVE,
        prive="a person's own number"),
    Champ("declared", "Déclarée le", Genre.MOMENT, _MOMENT | _informs("declaree"), ajout=True,
        colonnes=("created_at",)),
    Champ("submitted", "Envoyée le", Genre.MOMENT, _MOMENT | _informs("envoyee"), ajout=True,
        colonnes=("submitted_at",)),
    Champ("pieces", "Pièces jointes", Genre.ROWS, ajout=True, parts=(
        Champ("name", "Nom du fichier", Genre.TEXT, _PIECE | {_C: PAR, _M: ADDED}),
        Champ("caption", "Ce qu’elle montre", Genre.TEXT, _PIECE | {**_TEXTE, _C: PAR, _M: ADDED}),
        Champ("kind", "Type", Genre.CHOICE, _PIECE | {_M: ADDED}),
        Champ("consent", "Accord des personnes", Genre.CHOICE, _PIECE | {
            _M: ADDED, _P: Non("what is shown has it; who keeps it is the school's matter")}),
        Champ("state", "État", Genre.CHOICE, _PIECE | {
            _M: ADDED, _P: Non("only what is ready is shown")}),
    )),
)
# fmt: on

#: Each field that travels by itself; the part of a list is named « list.part ».
FEUILLES: Final = tuple(feuilles(CHAMPS))

#: The models that hold each list, by the name of the list.
MODELES: Final = {
    "porteurs": ("ActionPorteur", "Porteur"),
    "partenaires": ("ActionPartenaire", "Partenaire"),
    "liens": ("Lien",),
    "activites": ("Activite",),
    "pieces": ("PieceJointe",),
}

#: What models hold besides, and why it is no content of a sheet: « Model.column », « * » for any of them.
HORS_CONTENU: Final = {
    "*.id": "a number of the database",
    "*.action": "the sheet a row hangs on",
    "*.position": "an order, kept by every way that keeps a list",
    "Action.semaine": "where the sheet is: the semaine that holds it travels around it",
    "Action.slug": "its address, made of its title",
    "Action.etat": "where it stands: who may read it, not what it says",
    "Action.version": "counts the writes",
    "Action.arrivage": "while it arrives with many others",
    "Action.declarant": "who answers for it: an account, taken off when it is forgotten",
    "Action.declarant_email": "the same, without an account",
    "Action.unconfirmed": "whether that address waits to be confirmed: who may read it, not what it says",
    "Action.updated_at": "when it was last written, which its journal tells",
    "Action.previous": "the sheet it takes up: « reprise_de » is its name where numbers mean nothing",
    "Action.merged_into": "a tie to another sheet",
    "Action.reponse": "what is being answered to the académie; sent, it is a line of its journal",
    "Action.loaded_from": "what a file wrote, so that its next version knows what people changed",
    "Action.loaded_facts": "the same",
    "Action.followers": "sheets that take it up",
    "Action.absorbed": "sheets merged into it",
    "Action.commentaires": "the thread with the académie, of who answers for the sheet",
    "Action.anciennes_adresses": "addresses that lead to it, which any instance makes of its own",
    "Action.vues": "how often its page was read here",
    "Action.acces": "links that open it",
    "Action.candidatures": "votes for it, which are of another house",
    "ActionPorteur.porteur": "the organisation",
    "Porteur.academie": "the académie of its time, told by the semaine",
    "ActionPartenaire.partenaire": "the organisation",
    "Activite.absorbed_from": "the sheet it was before a merge",
    "PieceJointe.file": "the file itself",
    "PieceJointe.source": "what was sent, until it is prepared",
    "PieceJointe.job": "what prepares it",
    "PieceJointe.problem": "why it does not open, for who sent it",
    "PieceJointe.size": "a measure of the file",
    "PieceJointe.sha256": "a measure of the file",
    "PieceJointe.width": "a measure of the file",
    "PieceJointe.height": "a measure of the file",
    "PieceJointe.consent_at": "who answers for the consent, and since when: never public",
    "PieceJointe.consent_by": "the same",
    "PieceJointe.added_at": "when it came",
}


def names(voie: Voie | None = None, *genres: Genre, ajout: bool = False) -> tuple[str, ...]:
    """Return the fields that travel a way (any, without), of some kinds; ``ajout``: what nobody types."""
    return tuple(
        champ.name
        for champ in CHAMPS
        if champ.ajout is ajout
        and (voie is None or champ.goes(voie))
        and (not genres or champ.genre in genres)
    )


#: Kinds of value that are one column each.
COLONNE: Final = (Genre.TEXT, Genre.CHOICE, Genre.DAY, Genre.NUMBER, Genre.FLAG)


def autres(voie: Voie, worded: Collection[str]) -> tuple[Champ, ...]:
    """Return the texts of one line that travel a way and that it does not word itself (``worded``)."""
    return tuple(
        champ
        for champ in CHAMPS
        if champ.genre is Genre.TEXT and not champ.ajout and champ.goes(voie) and champ.name not in worded
    )


def champ(name: str) -> Champ:
    """Return a field or a list by its name."""
    return next(one for one in CHAMPS if one.name == name)
