"""Django settings: wiring only. What an instance may change is in ``config/env.py``."""

from __future__ import annotations

import os

from config.env import database, mail_server, pages_cache, proconnect, read_environment, secret_key, tiles

# What any of our programs writes is for its own account alone: addresses, a signing key, unpublished photos.
os.umask(0o077)

ENV = read_environment()

DATA = ENV["ACCROCHE_DATA"]
DATA.mkdir(parents=True, exist_ok=True)
MIN_FREE = ENV["ACCROCHE_MIN_FREE"]
BACKUP_DIR = ENV["ACCROCHE_BACKUP_DIR"]
BACKUP_KEYS = ENV["ACCROCHE_BACKUP_KEYS"]
# each node keeps its own, and makes it again when it is not there; None: the database answers alone
INDEX = DATA / "index" if ENV["ACCROCHE_INDEX"] == "" else ENV["ACCROCHE_INDEX"]
SECRET_KEY = secret_key(ENV["ACCROCHE_SECRET_KEY"], DATA)
DEBUG = ENV["ACCROCHE_DEBUG"]
ALLOWED_HOSTS = ENV["ACCROCHE_HOSTS"]
SITE_URL = ENV["ACCROCHE_SITE_URL"]
ORGANISATION = ENV["ACCROCHE_ORGANISATION"]
ADDRESS = ENV["ACCROCHE_ADDRESS"]
HOSTING = ENV["ACCROCHE_HOSTING"]
CONTACT = ENV["ACCROCHE_CONTACT"]
OFFICES_PUBLIC = ENV["ACCROCHE_OFFICES_PUBLIC"]
STATE_BRAND = ENV["ACCROCHE_STATE_BRAND"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "dsfr",
    "js_lib_leaflet",
    "accroche.commun",
    "accroche.annuaire",
    "accroche.comptes",
    "accroche.campagne",
    "accroche.actions",
    "accroche.dossier",
    "accroche.votes",
    "accroche.relecture",
    "accroche.pilotage",
    "accroche.evaluation",
    "accroche.tutorat",
    "accroche.redaction",
    "accroche.cockpit",
    "accroche.catalogue",
    "accroche.publications",
    "accroche.imports",
    "accroche.api",
    "accroche.aide",
    "accroche.exploitation",
    "accroche.portail",
]

MIDDLEWARE = [
    "accroche.commun.middleware.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    # outside whatever reads a cookie
    "accroche.catalogue.middleware.NoCookies",
    # outside all that makes a page: one that is kept is given as it left
    "accroche.commun.pages.KeptPages",
    # what many pages read alike
    "accroche.commun.memoire.Memoire",
    "accroche.commun.chemins.Montage",
    # outside WhiteNoise: a phone loads 24 KB of styles instead of 155
    "accroche.commun.middleware.Packing",
    "accroche.commun.middleware.StyleSheet",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accroche.commun.middleware.ContentSecurityPolicy",
    "django.middleware.http.ConditionalGetMiddleware",
    "accroche.commun.middleware.NoStore",
    "accroche.commun.middleware.ReadableRequest",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accroche.comptes.middleware.Identification",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accroche.actions.middleware.Liens",
    "accroche.comptes.middleware.DenyByDefault",
    # once it is known that the form comes from here, and that its sender may send it
    "accroche.commun.middleware.OnceOnly",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accroche.portail.middleware.PassingFailures",
]

AUTH_USER_MODEL = "comptes.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "comptes:connexion"
LOGIN_REDIRECT_URL = "portail:tableau"

# The code sent by e-mail is the embedded way in (comptes/operations/codes.py): nobody has a password to lose.
# allauth keeps who is who at ProConnect; none of its pages is served.
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"

# ProConnect beside it, once the instance is registered there; empty: nothing of it is served.
PROCONNECT = proconnect(ENV)

# What lies under the map, or nothing but outlines: then no page asks anything of another host.
TILES = tiles(ENV)

# A mail server, or none: mails then stay in the table of mails, to be read there.
MAIL_ENABLED = bool(ENV["ACCROCHE_MAIL_URL"])
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV["ACCROCHE_MAIL_FROM"] or CONTACT or "accroche@localhost"
# seconds: each answer of the server, then a whole message
EMAIL_TIMEOUT = 10
MAIL_PATIENCE = 60
for name, value in mail_server(ENV["ACCROCHE_MAIL_URL"]).items():
    globals()[name] = value
# seconds during which views of public pages are gathered before they are written; 0: at once
VIEWS_DELAY = 10
DEMO = ENV["ACCROCHE_DEMO"]
WORKER = ENV["ACCROCHE_WORKER"]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "accroche.commun.context.site",
            ],
            # after Django's own: {% csrf_token %} also gives a form the key that makes it count once
            # and {% url %} and {% static %} find each address once
            "builtins": [
                f"accroche.commun.templatetags.{name}" for name in ("envois", "chemins", "statiques")
            ],
        },
    },
]

DATABASES = {"default": database(ENV["DATABASE_URL"], DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Public pages as they left, beside nothing else (commun/pages.py); 0: each is made each time.
PAGES_KEPT = 0 if DEBUG else ENV["ACCROCHE_PAGES_KEPT"]
CDN_SECONDS = ENV["ACCROCHE_CDN_SECONDS"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": pages_cache(ENV["ACCROCHE_PAGES_FOLDER"], PAGES_KEPT),
}

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
# Files are served straight from the locked packages: nothing to collect, no STATIC_ROOT.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "accroche.commun.stockage.MediaStorage"},
    "staticfiles": {"BACKEND": "accroche.commun.stockage.StaticStorage"},
}
OUTPUTS_ROOT = DATA / "outputs"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# The largest request served: the twelve attachments of a sheet at once. docs/exploitation.md gives the same
# to the servers in front.
MAX_REQUEST_BYTES = 128 * 1024 * 1024

SECURE_SSL_REDIRECT = ENV["ACCROCHE_HTTPS"]
# asked by probes of the machine itself, which know no certificate
SECURE_REDIRECT_EXEMPT = [r"^sante$", r"^pret$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV["ACCROCHE_HTTPS"]
SECURE_HSTS_SECONDS = 31_536_000 if ENV["ACCROCHE_HTTPS"] else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV["ACCROCHE_HSTS"] != "host"
SECURE_HSTS_PRELOAD = ENV["ACCROCHE_HSTS"] == "preload"
# A browser takes a cookie of this name from this very host alone, over HTTPS: no other site of the domain
# can plant one.
COOKIE_PREFIX = "__Host-" if ENV["ACCROCHE_HTTPS"] else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
# what a browser is recognised by when its person signs in again (comptes/http.py)
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}appareil"
MESSAGE_COOKIE_NAME = f"{COOKIE_PREFIX}messages"
MESSAGE_STORAGE = "accroche.commun.messages.Storage"
CSRF_COOKIE_HTTPONLY = True  # forms hold the token; no script reads the cookie
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "accroche.portail.views.site.erreur_csrf"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "accroche.commun.logs.Plain"},
        "json": {"()": "accroche.commun.logs.Json"},
    },
    "filters": {"told_once": {"()": "accroche.commun.logs.ToldOnce"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": ENV["ACCROCHE_LOG"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "accroche": {"level": "INFO"},
        # Django's own prints, when DEBUG is on, what ours already tells
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"filters": ["told_once"]},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
