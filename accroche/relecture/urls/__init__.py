"""The moderators' desk: the working page of a sheet, the queue, near-duplicates, recognising schools."""

from __future__ import annotations

from accroche.relecture.urls import doublons, file, reconnaissance

app_name = "relecture"

urlpatterns = [*file.urlpatterns, *doublons.urlpatterns, *reconnaissance.urlpatterns]
