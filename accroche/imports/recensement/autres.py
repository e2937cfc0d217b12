"""The headings that announce no field of ours, and what they are instead: data, read by ``entetes``.

As ``vocabulaire``: all as ``entetes.normal`` makes them.
"""

from __future__ import annotations

from typing import Final

#: Who has a name that is no action’s, nor anybody’s to publish, as ``normal`` makes words.
WHO: Final = frozenset((
    *("eleve", "enfant", "jeune", "parent", "famille", "mere", "pere", "personne", "participant", "candidat"),
    *("laureat", "stagiaire", "benevole", "salarie", "membre", "collegue", "delegue", "legal", "chauffeur"),
    *("repondant", "signataire", "deposant", "correspondant", "mentor", "tuteur", "formateur", "formatrice"),
    *("assistant", "assistante", "infirmier", "infirmiere", "inspecteur", "inspectrice", "proviseur", "cpe"),
    *("aesh", "psy", "ien", "secretaire", "gestionnaire", "interlocuteur", "interlocutrice", "fille"),
    *("usage", "usuel", "patronymique", "marital", "naissance", "transporteur"),
    *("ambassadeur", "ambassadrice", "decrocheur", "capitaine", "president", "presidente", "tresorier"),
))  # fmt: skip
#: The name of something that is no person, place, school nor organisation: an action, then.
NAME_OF_SOMETHING: Final = (
    r"(?:nom|titre|intitule|libelle|denomination)(?: complet| exact| court)?"
    r" (?:de la |de l |du |des |de |d )"
    r"(?!.*\b(?:etablissement|ecole|college|lycee|structure|organisme|organisation|association|porteur|referente?"
    r"|contact|responsable|enseignante?|professeure?|chef|directeur|directrice|principale?|proviseure|mandataire"
    r"|representante?|intervenante?|animateur|animatrice|auteur|redacteur"
    r"|utilisateur|agent|instructeur|coordonnateur|coordonnatrice|pilote|candidate|jury|elue?|maire"
    r"|lieu|salle|site|batiment|commune|ville|localite|rue|voie|adresse|quartier|departement|region|academie|pay"
    r"|territoire|circonscription|bassin|canton|secteur|zone|classe|niveau|partenaire|beneficiaire|demandeur|societe"
    r"|entreprise|employeur|fournisseur|groupe|equipe|club|federation|reseau|fichier|image|photo|document|feuille"
    r"|dispositif|programme|domaine|thematique|theme|categorie|axe|type|marche|compte|banque|metier|fonction|poste"
    r"|diplome|formation|discipline|matiere|" + "|".join(sorted(WHO)) + r")\b)(?=[a-z])"
    r"|(?:workshop|session|talk|course|activity|initiative|programme|program|show|meeting) (?:name|title)$"
)

_ENVOI: Final = "le jour d’un envoi, d’une saisie ou d’une mise à jour, pas celui de l’action"
_TECHNIQUE: Final = "une donnée technique d’un autre outil"
#: What is no field of ours, whatever its words look like: the reason told, then the patterns. Tried before
#: what is close to a known heading.
AUTRES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (_ENVOI, (
        r"^(?:horodat|timestamp|dateinscription)",
        (
            r"^(?:created|updated|modified|submitted|scraped|published)"
            r"(?!.*\b(?:title|titre|name|nom|url|link|lien|description|abstract|by|par)\b)"
            r"|^(?:submit|submission)(?:$| (?:date|time|at|on|created|day)\b)"
            r"|\b(?:published|undraft|trashed|deleted|submitted|edited) (?:at|on)$"
        ),
        r"^date (?:de |d )?(?:soumission|creation|modification|maj|mise|envoi|saisie|reponse|depot)\b",
        r"^date (?:de |d )?(?:publication|validation|peremption|import|export|inscription|enregistrement)\b",
        r"^date (?:de |d |du |de la )?(?:modif|enreg|crea|ajout|transmission|reception|arrivee|comite)",
        r"^date (?:de |d |du |de la )?(?:commission|jury|notation|audition|instruction)\b",
        r"^date (?:de |d )?(?:reservation|commande|facture|ouverture (?:du |des )?inscription)\b",
        r"^date (?:de |d )?(?:traitement|cloture|retour|convention|decision|naissance)\b",
        (
            r"^(?:date )?(?:de |d )?(?:debut|fin|ouverture|cloture) (?:de |d |des |du )?"
            r"(?:inscription|candidature|contrat|validite)\b"
        ),
        r"^date (?:de la )?(?:dernier|derniere)\b",
        r"^(?:derniere|dernier) (?:mise a jour|modification|maj|action|enregistrement)\b",
        r"^(?:mise a jour|maj)$|^last update|^record timestamp",
        r"^(?:cree|modifie|soumi|depose|envoye|recu|traite|saisi|passe) (?:le|en)\b",
        r"^heure de (?:soumission|completion|modification|debut|fin|la derniere)\b",
        r"^completion time$|\b(?:created|updated|modified|submission|scraped) (?:at|on|time|date)$",
    )),
    ("une date limite, pas le jour de l’action", (r"^date (?:limite|butoir)\b",)),
    ("des heures", (
        r"^(?:heure|horaire|hour|timing|timetable|occurrence|resume horaire)\b",
        r"^derniere (?:ouverture|fermeture)\b",
    )),
    (_TECHNIQUE, (r"^adresse ip$",)),
    ("une adresse postale", (
        (
            r"^(?:adresse|addres|lieu adresse|location addres|rue|street|voie|numero et voie|space time)\b"
            r"(?!.*(?:mail|electronique|messagerie|courriel|internet|site))"
        ),
    )),
    ("un code postal ou INSEE", (
        r"\b(?:code ?postal|cp|zip|zip ?code|postal ?code|insee|code commune)\b",
        r"^(?:commune|ville|lieu|location|city) code$",
    )),
    ("des coordonnées sur une carte", (
        r"\b(?:latitude|longitude|lat|lng|lon|latlon|geolocalisation|coordinate|googlemap|position)\b",
        r"^geo\b|\bgeo (?:point|shape|loc|json)|^(?:point|coord|coordonnee|localisation) geo\b",
        r"\bcoordonnee (?:gp|geographique|insee)\b",
        r"^(?:carte|plan|map|google map|itineraire|plan d acce)$",
    )),
    ("une image, un fichier ou leur crédit", (
        r"\b(?:image|photo|vignette|affiche|illustration|cover|credit|logo|thumb|thumbnail|apercu|alt)\b",
        r"\b(?:picture|img|media|fichier|piece jointe|document joint)\b",
    )),
    ("une somme ou un tarif", (
        r"\b(?:budget|montant|subvention|cout|prix|tarif|price|pricing|cost|financement|paiement)\b",
        r"\b(?:recette|depense|gratuit|payant)\b",
    )),
    ("un réseau social", (
        r"\b(?:facebook|twitter|instagram|insta|linkedin|tiktok|whatsapp|snapchat)\b",
        r"\b(?:pinterest|soundcloud|spotify|deezer|messenger|bandcamp|twitch)\b",
    )),
    (_TECHNIQUE, (
        r"^(?:ip|uid|sid|uuid|sequentiel|brouillon|nom d utilisateur|utilisateur|user)\b",
        r"^(?:langue|language|lang|locale|derniere page|tete de serie|url referente|token|jeton)\b",
        r"^session(?:$| (?:id|key|token|uid|hash|cookie)\b)",
        r"^group(?: id| name)?$|^web scraper\b",
        r"^(?:rank|weight|franceconnect|archive|slug|recordid|datasetid|ref|version outil)\b",
        r"^reference\b(?! (?:link|url|lien)\b)",
        r"^(?:id dernier modificateur|mode de (?:creation|modification))\b",
    )),
    ("un numéro d’un autre outil", (
        r"\b(?:siren|siret|rna|naf)\b|\bnumero (?:de )?dossier\b|\bnumero partenaire\b",
        r"^ids? \w+$|^\w+ ids?$",
    )),
    ("un cadre (région, département, quartier…), qui ne dit pas qui porte l’action", (
        r"^(?:region|departement|pays|country|dept|code departement|nom departement|quartier)\b",
        r"^(?:arrondissement|canton|epci|territoire|bassin)\b",
        r"^(?:perimetre|zone|secteur|couverture|echelle|portee|aire) geo(?:graphique)?\b",
        r"^(?:location|address) (?:region|department|countrycode|country|district)\b",
        r"^(?:circonscription|circo|ien)\b",
    )),
    ("qui a répondu, ou un âge", (
        r"^(?:prenom|civilite|fonction|profession|sexe|genre|age|tranche d age)\b|\bjob title$",
    )),
    ("un établissement ou un service qui n’est pas celui qui porte l’action", (
        (
            r"^(?:etablissement|ecole|college|lycee|structure|organisme)\b.*\b(?:secteur|rattachement|origine"
            r"|frequentee?|actuelle?|precedente?|scolarisation|affectation|demandee?|souhaitee?|voeu"
            r"|provenance|tutelle|financeur|membre|adherente?|instructeur|payeur)\b"
        ),
        r"^(?:membre|member|adherent|financeur)(?: (?:du|de|d|associe|partenaire)\b.*)?$",
        r"^(?:direction|service|pole|bureau) (?:pilote|referente?|concernee?|responsable|instructeur)$",
    )),
    ("ce qui est dit d’une personne : choisissez-la si elle décrit l’action", (
        (
            r"^(?:situation|profil|diagnostic|difficulte|frein|antecedent|appreciation)\b"
            r"(?!.*\b(?:projet|action|geographique|etablissement|ecole|territoire)\b)"
        ),
    )),
    ("la présentation d’une personne", (
        (
            r"^(?:(?:speaker|author|artist|your|short|votre) )?(?:bio|biography|biographie)"
            r"(?: (?:de|du|des|of)\b.*)?$"
        ),
    )),
    ("une donnée personnelle, sur un élève, sa famille ou quelqu’un d’autre", (
        r"\bnaissance\b|^(?:lieu|ville|commune|adresse) (?:de |du )?(?:residence|domicile)\b",
        r"^(?!(?:niveau|classe|nombre)\b).*\b(?:de|par) (?:l|cet) (?:eleve|enfant)$",
        r"\b(?:situation|contexte) familial|\b(?:medicale?|medecin|antecedent|signalement)\b",
        (
            r"^(?:nom|mail|email|courriel|mel|telephone|tel|portable|ville|commune)(?: (?:et )?prenom)?"
            r" (?:de l |de la |du |des |de |d )?"
            r"(?:(?:eleve|enfant|payeur|acheteur)\b|(?:parent|famille|mere|pere"
            r"|(?:representant|responsable|tuteur) legal)$)"
        ),
        (
            r"^(?:description|descriptif|detail|precision|presentation|resume)"
            r" (?:de la |de l |du |des |de |d )?"
            r"(?:handicap|trouble|allergie|incident|traitement|situation (?:de l |de la |familial))"
        ),
    )),
    ("l’accès ou l’inscription", (
        (
            r"^(?:accessibilite|acce|pmr|transport|station|reservation|inscription|condition|billetterie)\b"
            r"(?!.*(?:mail|telephone))"
        ),
        r"^(?:modalite|lien) d inscription\b",
    )),
    ("un lieu qui n’est pas celui de l’action", (
        r"^(?:lieu|endroit|salle|site) (?:de |d )?(?:repli|affichage|retrait|stationnement|hebergement)\b",
    )),
    ("le lieu, en détail", (
        r"\b(?:descripti\w+|telephone|site web|lien|tag) (?:du|des) lieu\b",
        r"^(?:lieu|venue|location|place) (?:tel|telephone|phone|mail|email|courriel|site web|web|lien|url)\b",
    )),
    ("un partenaire, en détail", (r"^(?:partner|partenaire) (?:description|descriptif|presentation|type)$",)),
    ("un message, et non l’action", (r"^(?:sujet|objet) (?:du|de l) (?:mail|email|courriel|message)\b",)),
    ("une question d’un formulaire, sans champ ici", (
        r"^(?:avez|etes|souhaitez|acceptez|autorisez|comment avez) vou\b|^j (?:accepte|autorise)\b",
        r"^titre (?:de (?:transport|sejour)|executoire|professionnel)\b",
        r"^(?:titre|intitule) (?:du |de )?(?:poste|diplome)\b",
        r"^(?:rgpd|consentement|pourquoi)\b",
    )),
    ("des notes, peut-être internes : choisissez-la si elle décrit l’action", (
        r"^(?:commentaire|remarque|observation|note(?! (?:d|de|sur)\b))\b",
    )),
)  # fmt: skip
