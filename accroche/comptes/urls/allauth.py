"""The addresses allauth itself leads to, under the names it looks for; nothing else of it is served."""

from __future__ import annotations

from django.urls import path

from accroche.comptes.views import connexion

urlpatterns = [
    path("connexion/", connexion.connexion, name="account_login"),
    path("connexion/", connexion.connexion, name="account_request_login_code"),
    path("connexion/code/", connexion.code, name="account_confirm_login_code"),
    path("connexion/", connexion.connexion, name="account_signup"),
    path("inactif/", connexion.compte_inactif, name="account_inactive"),
]
