"""Signing in and out, one's own page, roles and invitations."""

from __future__ import annotations

from django.urls import path

from accroche.comptes import views

app_name = "comptes"

urlpatterns = [
    path("connexion/", views.connexion, name="connexion"),
]
