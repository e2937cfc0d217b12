"""The app's registration."""

from django.apps import AppConfig


class CommunConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.commun"
    label = "commun"
    verbose_name = "Socle commun"

    def ready(self) -> None:
        """Have slow work refused inside transactions, from the first request on, and places looked at."""
        from accroche.commun import checks  # noqa: F401, PLC0415 - importing registers them
        from accroche.commun.transactions import outside_transaction  # noqa: PLC0415 - once apps are ready
        from accroche.lib import doors  # noqa: PLC0415 - the same

        doors.watch(outside_transaction)
