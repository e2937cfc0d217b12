"""What a semaine's page asks in codes: its alliances, the bassins called, and what the bureau alone reads."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from accroche.campagne.regles import MENTOR_LIMIT, Alliances, Appel, Charge, Obstacle, Portage
from accroche.lib.texte import pluriel
from accroche.pilotage.forms.semaine_listes import kinds, long_text
from accroche.pilotage.forms.semaine_prive import private_text

#: Days of work: more is a slip.
MOST_DAYS: Final = 9_999
#: Characters of the name of a bassin.
LONGEST_NAME: Final = 120
NOT_SAID: Final = ("", "Non précisé")
YES, NO = "oui", "non"


class FaitsForm(forms.Form):
    """Public: who was called, and how the partnerships are woven."""

    appel = forms.ChoiceField(
        label="Quels bassins sont appelés à participer\u00a0?",
        required=False,
        choices=[NOT_SAID, *((one.value, one.label) for one in Appel if one)],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    bassins = long_text("Lesquels, si ce n’est pas tous\u00a0?", 3, "Un par ligne. Exemple\u00a0: Auxerre")
    alliances = kinds(
        ((one.value, one.label) for one in Alliances if one),
        "Où se nouent les alliances\u00a0?",
        "Entre personnels de la maison, même de métiers différents, ou avec des partenaires extérieurs.",
    )
    portage = kinds(
        ((one.value, one.label) for one in Portage if one),
        "Qui trouve les partenaires\u00a0?",
        unsaid=NOT_SAID[1],
    )

    def clean_appel(self) -> Appel:
        """The code."""
        return Appel(self.cleaned_data["appel"])

    def clean_alliances(self) -> Alliances:
        """The code."""
        return Alliances(self.cleaned_data["alliances"])

    def clean_portage(self) -> Portage:
        """The code."""
        return Portage(self.cleaned_data["portage"])

    def clean_bassins(self) -> tuple[str, ...]:
        """One bassin a line, each once. They are named where only some are called."""
        lines = (line.strip() for line in self.cleaned_data["bassins"].splitlines())
        names = tuple(dict.fromkeys(filter(None, lines)))
        if long := next((name for name in names if len(name) > LONGEST_NAME), ""):
            told = f"« {long[:40]}… » dépasse {LONGEST_NAME} caractères\u00a0: écrivez un bassin par ligne."
            raise forms.ValidationError(told)
        # a wrong answer above is told there
        if names and self.cleaned_data.get("appel", Appel.CERTAINS) is not Appel.CERTAINS:
            raise forms.ValidationError(
                f"Vous nommez des bassins\u00a0: cochez « {Appel.CERTAINS.label} », ou videz ce champ."
            )
        return names


class EntreNousForm(forms.Form):
    """Between the académie and the national bureau: nothing of it is public."""

    obstacle = kinds(
        ((one.value, one.label) for one in Obstacle if one),
        "Qu’est-ce qui vous a le plus gêné\u00a0?",
        unsaid=NOT_SAID[1],
    )
    obstacle_text = private_text("Voulez-vous en dire plus\u00a0?", 3)
    staff_days = forms.IntegerField(
        label="Combien de journées de travail la semaine a-t-elle demandées\u00a0?",
        help_text="Toutes personnes réunies, à peu près. Exemple\u00a0: 3 personnes pendant 5 jours font 15.",
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"class": "fr-input", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Écrivez un nombre entier de journées. Exemple\u00a0: 15",
            "min_value": "Écrivez un nombre de journées à partir de 0.",
            "max_value": "Ce nombre est trop grand\u00a0: vérifiez-le.",
        },
    )
    staff_strain = kinds(((one.value, one.label) for one in Charge if one), "Cette charge de travail est…")
    help_asked = forms.ChoiceField(
        label="Souhaitez-vous être accompagnés pour la prochaine édition\u00a0?",
        help_text="Par une autre académie ou par le bureau national, qui revient vers vous.",
        required=False,
        choices=[NOT_SAID, (YES, "Oui"), (NO, "Non")],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    help_text = private_text("Sur quoi\u00a0?", 3)
    mentor_offer = forms.ChoiceField(
        label="Combien d’académies pourriez-vous accompagner\u00a0?",
        help_text="Une offre ne vous engage pas\u00a0: le bureau propose un binôme, vous acceptez ou non.",
        required=False,
        choices=[
            NOT_SAID,
            ("0", "Aucune cette fois"),
            *((str(n), f"{n} {pluriel(n, 'académie', 'académies')}") for n in range(1, MENTOR_LIMIT + 1)),
        ],
        widget=forms.Select(attrs={"class": "fr-select"}),
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )

    def clean_obstacle(self) -> Obstacle:
        """The code."""
        return Obstacle(self.cleaned_data["obstacle"])

    def clean_staff_strain(self) -> Charge:
        """The code."""
        return Charge(self.cleaned_data["staff_strain"])

    def clean_help_asked(self) -> bool | None:
        """Whether help is asked for; None when nobody said."""
        answer = self.cleaned_data["help_asked"]
        return answer == YES if answer else None

    def clean_mentor_offer(self) -> int | None:
        """How many académies; None when nobody said."""
        answer = self.cleaned_data["mentor_offer"]
        return int(answer) if answer else None


#: What both forms give as it is, by name.
FAITS: Final = tuple(FaitsForm.base_fields) + tuple(EntreNousForm.base_fields)


def initial_of_faits(content: Any) -> dict[str, Any]:
    """Those fields as the page shows them before anybody types."""
    told: dict[str, Any] = {name: getattr(content, name) for name in FAITS}
    asked = told["help_asked"]
    return told | {
        "bassins": "\n".join(content.bassins),
        "help_asked": "" if asked is None else (YES if asked else NO),
    }
