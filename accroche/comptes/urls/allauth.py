"""The addresses allauth itself leads to, under the names it looks for; nothing else of it is served."""

from __future__ import annotations

from django.urls import path

from accroche.comptes import views

urlpatterns = [
    path("connexion/", views.connexion, name="account_login"),
    path("connexion/", views.connexion, name="account_request_login_code"),
    path("connexion/code/", views.code, name="account_confirm_login_code"),
    path("connexion/", views.connexion, name="account_signup"),
    path("inactif/", views.compte_inactif, name="account_inactive"),
]
