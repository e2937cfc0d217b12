"""What a search gives, whoever answers it: the index, or the database in its place."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Trouvee:
    """One action that was found. ``extrait``: a passage as safe HTML, its words in ``<mark>``, or nothing."""

    action_pk: int
    score: float = 0.0
    extrait: str = ""
    #: from the place that was asked for, in kilometres; None when none was, or when it stands nowhere
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Resultats:
    """A page of what was found, and what there is in all.

    ``facettes`` counts by filter then by code: the actions there would be with this choice alone in that
    filter, every other filter kept; codes that would find nothing are absent. ``proposition``: what was
    probably meant, when nothing was found. ``partial``: not all sheets were looked at. ``source``: « index »
    or « base ».
    """

    total: int = 0
    hits: tuple[Trouvee, ...] = ()
    facettes: dict[str, dict[str, int]] = field(default_factory=dict)
    proposition: str = ""
    partial: bool = False
    source: str = "base"
