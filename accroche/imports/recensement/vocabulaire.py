"""The headings that may say several things, or are longer, and what they announce: data, read by ``entetes``.

All as ``entetes.normal`` makes them; ``synonymes`` has those that say one thing.
"""

from __future__ import annotations

from typing import Final

from accroche.imports.recensement.champs import Champ

#: What a heading that may say several things asks of the cells, so that it says this one: see ``accord``.
(
    ECOLES, LIEUX, TYPES, NATURES, THEMES, NIVEAUX, JOURS, NOMBRES, COMMUNES, TITRES, NOMS, COURRIELS,
    TELEPHONES, PROPRES, TEXTES, ADRESSES, ORGANISMES, RECITS, MORALES, RUBRIQUES, ENDROITS,
) = (
    "ecoles", "lieux", "types", "natures", "themes", "niveaux", "jours", "nombres", "communes",
    "titres", "noms", "courriels", "telephones", "propres", "textes", "adresses", "organismes",
    "recits", "morales", "rubriques", "endroits",
)  # fmt: skip
#: Headings that may say several things, or ours only at times: each with what it may be, how surely out of
#: 100, and what the cells have to be then.
PEUT_ETRE: Final[tuple[tuple[tuple[str, ...], tuple[tuple[Champ, int, str], ...]], ...]] = (
    (("evenement", "event", "initiative", "animation", "activite", "activity", "workshop", "atelier",
      "operation", "manifestation",
      "spectacle", "concours", "conference", "rencontre", "titre court", "nom item", "titre item",
      "action realisee", "activite proposee", "nom evenement", "initiative menee", "defi", "challenge",
      "subject", "promesse", "engagement"),
     ((Champ.TITRE, 80, TITRES),)),
    (("exposition", "concert", "visite", "balade", "match", "webinaire", "webinar", "seminaire", "tournoi",
      "debat", "projection", "competition", "representation", "fete", "colloque", "reunion"),
     ((Champ.TITRE, 66, TITRES),)),
    (("programme", "program"), ((Champ.TITRE, 58, TITRES),)),
    (("objet", "object", "sujet", "film", "libelle", "intervention"),
     ((Champ.TITRE, 62, TITRES), (Champ.ETABLISSEMENT, 66, ECOLES))),
    (("nom", "name", "denomination", "designation"),
     ((Champ.TITRE, 62, TITRES), (Champ.ETABLISSEMENT, 66, ECOLES), (Champ.ETABLISSEMENT, 66, ORGANISMES))),
    (("lieu", "location", "place", "localisation", "lieu de l action", "lieu de realisation",
      "lieu de l evenement", "lieu de la manifestation"),
     ((Champ.ETABLISSEMENT, 74, LIEUX), (Champ.COMMUNE, 68, COMMUNES), (Champ.LIEU, 62, ENDROITS))),
    (("lieu nom", "nom du lieu", "location name", "place name", "placename", "venue", "address name",
      "salle", "room", "classroom", "auditorium", "amphi", "amphitheatre",
      "site d accueil", "lieu d accueil", "structure d accueil", "structure accueillante",
      "etablissement accueillant", "etablissement d accueil"),
     ((Champ.ETABLISSEMENT, 74, LIEUX), (Champ.LIEU, 62, ENDROITS))),
    (("location addres", "venue addres", "lieu adresse", "adresse du lieu"), ((Champ.LIEU, 56, ENDROITS),)),
    (("organisateur", "organisatrice", "organizer", "organiser", "organisation", "organization",
      "institution",
      "association", "organise par", "organise avec", "organiseavec", "contact organisation name",
      "organisateur principal", "nom du beneficiaire", "nom beneficiaire", "demandeur",
      "nom de l association",
      "nom de l organisme", "collectivite", "nom de la collectivite", "raison sociale",
      "entreprise raison sociale", "operateur", "operator", "host", "hote"),
     ((Champ.ETABLISSEMENT, 78, NOMS),)),
    (("college", "lycee", "lycee professionnel", "primaire", "ecole primaire", "ecole elementaire",
      "ecole maternelle"),
     ((Champ.ETABLISSEMENT, 75, ECOLES), (Champ.ETABLISSEMENT, 74, PROPRES))),
    (("code postal et commune", "code postal commune", "code postal ville", "code postal et ville",
      "cp ville", "cp commune", "cp et ville", "cp et commune", "ville cp", "ville et code postal",
      "commune et code postal"),
     ((Champ.COMMUNE, 80, COMMUNES),)),
    (("type", "categorie", "category", "kind", "type d evenement", "type de manifestation",
      "type evenement",
      "categorie de la manifestation", "type d animation", "type d activite", "nature du projet"),
     ((Champ.TYPE, 76, TYPES), (Champ.NATURE, 70, NATURES), (Champ.THEMES, 68, RUBRIQUES))),
    (("public", "public vise", "public concerne", "public cible", "audience"),
     ((Champ.NIVEAUX, 70, NIVEAUX),)),
    (("beneficiaire",), ((Champ.EFFECTIF, 70, NOMBRES),)),
    (("tag", "label", "etiquette", "keyword", "mot clef", "mot cle", "domaine", "discipline", "key word",
      "rubrique", "theme de la manifestation"),
     ((Champ.THEMES, 74, THEMES),)),
    (("qui", "who"), ((Champ.ETABLISSEMENT, 75, ECOLES), (Champ.ETABLISSEMENT, 62, NOMS))),
    (("quoi", "what", "fiche action", "fiche projet", "session", "talk", "seance", "temp fort"),
     ((Champ.TITRE, 70, TITRES),)),
    (("eleve", "jeune", "participant", "student", "pupil", "attendee", "nombre"),
     ((Champ.EFFECTIF, 69, NOMBRES),)),
    (("presenter", "animateur", "animatrice", "conferencier", "conferenciere"),
     ((Champ.PARTENAIRES, 70, NOMS),)),
    # of who answers, in a form of schools: beside who carries, nothing
    (("etablissement de rattachement",), ((Champ.ETABLISSEMENT, 58, NOMS),)),
    (("owner", "lead"), ((Champ.ETABLISSEMENT, 62, NOMS),)),
    (("groupe",), ((Champ.CLASSES, 75, NIVEAUX),)),
    (("modalite",), ((Champ.DESCRIPTION, 75, RECITS),)),
    (("comite", "club", "composante", "antenne", "delegation", "emetteur"),
     ((Champ.ETABLISSEMENT, 60, NOMS),)),
    (("affiliation", "company", "entreprise", "employeur", "societe"), ((Champ.ETABLISSEMENT, 62, NOMS),)),
    (("ou", "where"),
     ((Champ.ETABLISSEMENT, 74, LIEUX), (Champ.COMMUNE, 70, COMMUNES), (Champ.LIEU, 62, ENDROITS))),
    (("level", "levels"), ((Champ.NIVEAUX, 75, NIVEAUX),)),
    (("event time", "datetime"), ((Champ.DATES, 62, JOURS),)),
    (("start time",), ((Champ.DEBUT, 64, JOURS),)),
    (("end time",), ((Champ.FIN, 64, JOURS),)),
    (("libgeo", "libcom", "nom com", "nom comm", "libelle geographique"), ((Champ.COMMUNE, 70, COMMUNES),)),
    (("premiere date",), ((Champ.DEBUT, 75, JOURS),)),
    (("date de lancement", "date lancement", "lancement"), ((Champ.DEBUT, 58, JOURS),)),
    (("depart", "entree", "arrivee"), ((Champ.DEBUT, 58, JOURS),)),
    (("retour",), ((Champ.FIN, 55, JOURS),)),
    (("sortie",), ((Champ.TITRE, 80, TITRES), (Champ.FIN, 58, JOURS))),
    (("derniere date", "date d echeance", "date echeance", "echeance", "due date", "due"),
     ((Champ.FIN, 75, JOURS),)),
    (("duree", "date et lieu", "creneau", "horaire", "timeline"), ((Champ.DATES, 60, JOURS),)),
)  # fmt: skip

#: What an action is called.
A_THING: Final = (
    r"(?:evenement|festival|manifestation|animation|activite|atelier|projet|action|initiative|operation|spectacle"
    r"|film|concours|rencontre|sortie|visite|conference|stage|seance|dispositif|media|journal|exposition|parcour"
    r"|production|defi|event|project|activity|workshop|lesson|talk)\b"
)
#: Of an action, and of nothing that was asked for or sent.
_OF_NO_REQUEST: Final = (
    r"^(?!.*\b(?:mois?|inscription|limite|depot|dossier|saisie|envoi|heure|hour|time|contrat|mandat)\b).*"
)
_OF_NO_FILE: Final = (
    r"^(?!.*\b(?:inscription|limite|depot|dossier|saisie|envoi|contrat|mandat|valid|valable|candidature|reponse"
    r"|vote|conge|absent|absence|affichage|publication|publie|situation|effectif|arrete|maj|mise a jour"
    r"|application|submission|registration|updated?)\b).*"
)
#: The thing itself, and nothing about it: « commune_porteur » is a commune.
_OF_ITSELF: Final = (
    r"^(?!(?:commune|ville|type|code|statut|nature|adresse|tel|telephone|site|nombre|departement|contact|referent"
    r"|responsable|date|lien|mail|email|courriel|partner|partenaire)\b).*\b"
)
#: Which organisation, and nothing about it.
_SAYS_WHICH: Final = (
    r"(?!.*\b(?:type|statut|juridique|siret|adresse|mail|tel|representant|date|nombre|president|code|lieu"
    r"|partenaire)\b)"
)
#: Part of a place, or where somebody lives or works, a paper is signed: no place of an action.
_OF_NO_ACTION: Final = (
    r"(?!.*\b(?:enseignement|adresse|ville|commune|postal|domicile|personnel|habitation|residence|vie|travail"
    r"|signature|livraison|stockage)\b)"
)
#: « Où se déroule l’action ? »
_TAKES_PLACE: Final = (
    r".*\b(?:deroule\w*|lieu|tien\w*|passe\w*|situe\w*|organise\w*|endroit|salle|take place|held|happen)\b"
)
#: What longer headings that may say several things are made of: « contributor_organization ».
ENDINGS: Final[tuple[tuple[str, tuple[tuple[Champ, int, str], ...]], ...]] = (
    # « Tél. / mail »: in one cell, whom to write to
    (r"^(?=.*\b(?:tel|telephone|portable|phone)\b)(?=.*\b(?:mail|email|courriel|mel)\b)",
     ((Champ.CONTACT, 88, ""),)),
    (_OF_ITSELF + r"(?:organi[sz]ation|organisateur|organisatrice|organizer|institution|structure|porteur"
     r"|porteuse|collectivite)(?: name| nom| libelle)?$"
     r"|^(?:ngo|ong|asso|association|club|foundation|charity|school) (?:name|nom)$",
     ((Champ.ETABLISSEMENT, 72, NOMS),)),
    # « festival_nom », « Projet – Titre »: more than « Projet – Lieu », which only begins so
    (r"^" + A_THING + r" (?:nom|name|titre|title|intitule|libelle)$", ((Champ.TITRE, 95, TITRES),)),
    (r"^(?!.*(?:type|nombre|nb|date|code|partner|partenaire)).*\b(?:summary|description|descriptif|abstract)$",
     ((Champ.DESCRIPTION, 75, TEXTES),)),
    (r"^periodicite$|\bperiod$", ((Champ.DATES, 55, JOURS),)),
    (r"\b(?:(?:a|aura) lieu|se (?:deroule|deroulera|tiendra))(?: le| du| en)?$", ((Champ.DATES, 66, JOURS),)),
    (r"\b(?:place|location|lieu|venue) name$|\bnom (?:du )?lieu$",
     ((Champ.ETABLISSEMENT, 72, LIEUX), (Champ.LIEU, 60, ENDROITS))),
    (r"^(?:lieu|endroit|emplacement)\b" + _OF_NO_ACTION,
     ((Champ.ETABLISSEMENT, 72, LIEUX), (Champ.COMMUNE, 66, COMMUNES), (Champ.LIEU, 58, ENDROITS))),
    (r"^(?:session|talk|main)\b.*\b(?:location|venue|room)$", ((Champ.LIEU, 58, ENDROITS),)),
    (r"^(?:ou|where|(?:dans|a|en) quel(?:le)? (?:lieu|endroit|salle))\b" + _TAKES_PLACE,
     ((Champ.ETABLISSEMENT, 72, LIEUX), (Champ.COMMUNE, 66, COMMUNES), (Champ.LIEU, 58, ENDROITS))),
    # « Sujet mail » is what is written, not to whom
    (r"^(?!.*(?:instructeur|utilisateur|gestionnaire|sujet|objet)).*\b(?:e mail|email|mail|courriel|mel)$",
     ((Champ.COURRIEL, 72, COURRIELS),)),
    (r"\b(?:tel|telephone|portable|phone)$", ((Champ.TELEPHONE, 70, TELEPHONES),)),
    (_OF_NO_REQUEST + r"\b(?:debut|demarrage|demarre|commence|debute|begin|start|kick off|coup d envoi)\b",
     ((Champ.DEBUT, 66, JOURS),)),
    (_OF_NO_FILE + r"\b(?:from|du)$", ((Champ.DEBUT, 60, JOURS),)),
    (_OF_NO_FILE + r"\b(?:to|until|au)$", ((Champ.FIN, 60, JOURS),)),
    (_OF_NO_REQUEST + r"\b(?:fin|(?<!week )end|finish|achevement|acheve|termine|finit|wrap up)\b",
     ((Champ.FIN, 66, JOURS),)),
    (r"^(?:structure|organisme|entite|association)\b" + _SAYS_WHICH, ((Champ.ETABLISSEMENT, 68, NOMS),)),
    (r"\b(?:site|page|web|online|internet|video|blog|en ligne|savoir plu)\b", ((Champ.LIENS, 66, ADRESSES),)),
    (r"^" + A_THING + r" (?:choisie?|retenue?|proposee?|menee?|demandee?|reservee?|prevue?|organisee?)$",
     ((Champ.TITRE, 66, TITRES),)),
    (r"^nom (?:de la |de l |du |des |de )?laureat$", ((Champ.ETABLISSEMENT, 60, MORALES),)),
    (r"^nom (?:de la |de l |du |de )?beneficiaire\b|^(?:maitre d ouvrage|chef de file|tete de file)\b",
     ((Champ.ETABLISSEMENT, 70, NOMS),)),
    (r"\bdenomination (?:sociale|actuelle|commerciale|legale|juridique|usuelle)$",
     ((Champ.ETABLISSEMENT, 70, NOMS),)),
    (r"^nom (?:de la |de l |du |de )?(?:structure|porteur|organisateur|organisme|association)\b",
     ((Champ.ETABLISSEMENT, 79, NOMS),)),
    (r"^nom (?:de la |de l |du |de )?(?:demandeur|employeur|entreprise|societe|club|federation)\b",
     ((Champ.ETABLISSEMENT, 79, NOMS),)),
)  # fmt: skip

_NO_DAY: Final = (
    r"(?!.*(?:limite|retour|saisie|reponse|envoi|inscription|versement|paiement|decision|convention|notification"
    r"|naissance|publication|validation|signature|depot|soumission|creation))"
    r"(?!date (?:de la |de l |du |des |de |d )(?!"
    + A_THING
    + r"|(?:realisation|mise en|deroulement|intervention"
    r"|passage|semaine|journee|tenue|soiree|session|temp fort|representation|debat|forum|reunion|porte|jpo"
    r"|sejour|voyage|presence|participation|echeance)\b))"
)
_NO_SCHOOL: Final = (
    r"(?!.*(?:prive|siret|siren|naf|siege|adresse|voie|code|postal|secteur|statut|region|departement|date|type|pays"
    r"|numero|telephone|mail|courriel|site|effectif|diffusable|raison|capital|complement|localite|origine|precedent))"
)
#: « Nom de l’école ou de l’établissement », not « Nom de l’établissement (adresse) ».
_NO_ADDRESS: Final = (
    r"(?!.*(?:adresse|code|postal|siret|mail|courriel|telephone|chef|directeur|directrice|site))"
)
_ITS_NAME: Final = r"(?:nom|titre|intitule|libelle|title|name) (?:de la |de l |du |des |de |of )?"
#: A heading that names an action, whatever else the thing is called by: « Titre du média » is no image.
A_TITLE: Final = r"(?:titre|intitule) (?:de la |de l |du |des |de )?" + A_THING
_SOMEBODY: Final = (
    r"(?:nom )?(?:et )?(?:prenom )?(?:et nom )?(?:du |de la |de l |des )?"
    r"(?:enseignante?|prof|professeure?|coordonnat(?:eur|rice)|coordinat(?:eur|rice)|referente?|responsable)\b"
)
#: What longer headings begin with, in the order they are tried: « Objectifs poursuivis par l’équipe ».
BEGINNINGS: Final[tuple[tuple[str, Champ], ...]] = (
    (r".*\b(?:uai|rne)\b", Champ.UAI),
    (r"date.*\b(?:debut|demarrage|commencement|start)\b|start date ?time", Champ.DEBUT),
    (r"date.*\b(?:fin|achevement|end)\b|end date ?time", Champ.FIN),
    (_ITS_NAME + A_THING, Champ.TITRE),
    (_ITS_NAME + r"(?:votre )?(?:ecole|etablissement|college|lycee)\b" + _NO_ADDRESS,
     Champ.ETABLISSEMENT),
    (r"(?:adresse )?(?:mail|courriel|mel|email|e mail|electronique|de messagerie)\b", Champ.COURRIEL),
    (r"(?:tel|telephone|portable)\b", Champ.TELEPHONE),
    (r"(?:nombre|nb|nbre|combien)\b.*\b(?:eleve|jeune|participant|beneficiaire|student|pupil|apprenti)\b",
     Champ.EFFECTIF),
    (r"effectif\b", Champ.EFFECTIF),
    (r"decri(?:vez|ption|re)|describe\b|expliquez|presentez|en quelque (?:mot|ligne|phrase)",
     Champ.DESCRIPTION),
    (r"(?:titre|intitule|nom (?:du projet|de l action)|action|projet)\b(?!.*descri)", Champ.TITRE),
    (r"(?:description|descriptif|resume|presentation|contenu|objectif|modalite|deroulement)\b",
     Champ.DESCRIPTION),
    (r"(?:partenaire|partenariat|intervenant)\b|.*\bpartenaire$", Champ.PARTENAIRES),
    (r"public\b(?!.*prive)", Champ.PUBLIC),
    (r"(?:grade|level)\b(?!.*(?:satisfaction|priority))", Champ.NIVEAUX),
    (r"niveau\b(?!.*(?:intervention|participation|satisfaction|priorite|maturite|avancement|confiance))",
     Champ.NIVEAUX),
    (r"classe\b", Champ.CLASSES),
    (_NO_DAY + r"(?:date|periode|jour|calendrier|echeancier)\b", Champ.DATES),
    (r"(?:theme|thematique)\b", Champ.THEMES),
    (_SOMEBODY, Champ.CONTACT),
    (r"(?:contact|referente?|coordonnee|responsable|personne (?:referente?|a contacter|ressource))\b",
     Champ.CONTACT),
    (_NO_SCHOOL + r"(?:etablissement|etab)\b", Champ.ETABLISSEMENT),
    (r"(?:commune|ville)\b", Champ.COMMUNE),
    (r"(?:lien|site (?:web|internet|originaux)|url)\b", Champ.LIENS),
    (r"(?:autorite|personnalite)\b", Champ.AUTORITE),
)  # fmt: skip

#: When one signs up or answers, and since when one works there, are no days of the action.
_OF_NO_ANSWER: Final = r"(?!.*\b(?:inscri|reserv|repon|candidat|postul|depos|envoy|travaill|poste\b))"
#: What questions ask, by their words that count: « Décrivez votre action en quelques lignes ».
QUESTIONS: Final[tuple[tuple[str, Champ], ...]] = (
    (r"(?:decrivez|decrire|expliquez|presentez|resumez|describe|explain|summari[sz]e)\b", Champ.DESCRIPTION),
    (r"what (?:did|do|will) you (?:do|plan|organi[sz]e)", Champ.DESCRIPTION),
    (r"how many (?:student|pupil|participant|people)", Champ.EFFECTIF),
    (r"when\b", Champ.DATES),
    (r"combien\b.*\b(?:eleve|jeune|participant|personne)\b", Champ.EFFECTIF),
    (_OF_NO_ANSWER + r"(?:a partir|partir|depui) quand\b", Champ.DEBUT),
    (_OF_NO_ANSWER + r"jusqu quand\b", Champ.FIN),
    (_OF_NO_ANSWER + r"(?:(?:c est )?(?:pour )?quand\b|a quel(?:le)? (?:date|moment|periode)\b)",
     Champ.DATES),
    (r"(?:en )?quoi consiste|racontez|que faite vou\b|que prevoyez vou\b|qu est\b.*\b(?:prevu|propose)",
     Champ.DESCRIPTION),
    (r"(?:et )?avec qui\b|qui (?:intervient\b|(?:sont|seront) (?:partenaire|intervenant))",
     Champ.PARTENAIRES),
    (r"(?:pour|a) qui\b|who (?:can|may|should)\b", Champ.PUBLIC),
    (r"qui (?:s )?(?:est|sont|sera|seront)? ?(?:t )?(?:il |elle )?(?:concern|vis|particip|destin|adress)e",
     Champ.PUBLIC),
    (r"comment (?:s appelle|se nomme|s intitule|appelez vou|nommez vou)\b.*\b" + A_THING, Champ.TITRE),
    (r"(?:un |une )?(?:mail|e mail|email|courriel|adresse mail)\b.*\b(?:joindre|contacter|repondre)",
     Champ.COURRIEL),
    (r"qui (?:contacter|joindre)|(?:personne|qui) (?:a )?(?:joindre|contacter)", Champ.CONTACT),
    (r"qui (?:porte|organise|propose|mene)\b", Champ.ETABLISSEMENT),
    (r"(?:dans )?quel(?:le)? (?:etablissement|ecole|college|lycee|structure)\b", Champ.ETABLISSEMENT),
    (r"(?:nom|coordonnee|identite)\b.*\bpersonne (?:a )?(?:contacter|joindre|referente?|ressource)\b",
     Champ.CONTACT),
    # who answered: never read as the name of what he or she answers about
    (r"(?:nom|prenom)(?: et)? (?:nom|prenom|fonction|qualite)\b", Champ.CONTACT),
)  # fmt: skip
