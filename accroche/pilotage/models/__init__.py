"""What steering remembers, subject by subject."""

from accroche.pilotage.models.invitation import Refus, Sollicitation

__all__ = ["Refus", "Sollicitation"]
