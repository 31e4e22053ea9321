"""Django settings; everything that differs between machines comes from the environment.

See docs/reference/settings.md for each variable.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from achemap.library.loading import STARTER
from achemap_site.config import environment as env


HERE = Path(__file__).resolve().parents[1]
VAR = env.var_folder()
PRODUCTION = env.is_production()

# The compiled finder is kept beside the database, not in somebody's home.
os.environ.setdefault("ACHEMAP_CACHE", str(VAR / "cache"))

DEBUG = env.switch("ACHEMAP_DEBUG")
SECRET_KEY = env.secret_key(VAR)
ALLOWED_HOSTS = env.listed(
    "ALLOWED_HOSTS",
    None if PRODUCTION else "localhost,127.0.0.1,[::1],testserver",
    hint="set it to the site's host names, e.g. export ALLOWED_HOSTS=achemap.example",
)
SITE_ADDRESS = env.variable(
    "SITE_ADDRESS",
    None if PRODUCTION else f"http://127.0.0.1:{env.variable('PORT', '8000')}",
    hint="set it to the public address, e.g. export SITE_ADDRESS=https://achemap.example",
).rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

INSTALLED_APPS = [
    "achemap_site.patterns",
    "achemap_site.authoring",
    "achemap_site.delivery",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    # Brings modelsearch along; listing that one too breaks at the first delete.
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "achemap_site.delivery.middleware.Headers",
    "achemap_site.delivery.middleware.PolicyByPath",
    "django.middleware.gzip.GZipMiddleware",
    "achemap_site.delivery.middleware.SessionForEditors",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "achemap_site.authoring.desk.addresses.NumberedPosts",
    "achemap_site.authoring.desk.addresses.OldAddresses",
]

ROOT_URLCONF = "achemap_site.config.urls"
WSGI_APPLICATION = "achemap_site.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "achemap_site.delivery.surroundings.surroundings",
            ],
        },
    },
]

DATABASES = {
    "default": env.database(
        env.variable("DATABASE_URL", f"sqlite:///{VAR / 'achemap.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "achemap_site.delivery.errors.form_out_of_date"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = env.variable("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static-built"
STATICFILES_DIRS = [
    HERE / "static",
    # The body's plates, which pictures and the body map share.
    ("achemap/plates", STARTER / "atlas" / "plates"),
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "achemap_site.delivery.statics.HashedStatics"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

locals().update(env.mail(env.variable("MAIL_URL", "console:")))
DEFAULT_FROM_EMAIL = env.variable("MAIL_FROM", "achemap@localhost")

WAGTAIL_SITE_NAME = "Achemap"
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_I18N_ENABLED = False
# Nothing about an editor or the site leaves the server.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_AUTOSAVE_INTERVAL = 0
# No picture without words for those who cannot see it.
WAGTAILIMAGES_IMAGE_FORM_BASE = (
    "achemap_site.patterns.editing.images.DescribedImageForm"
)
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILDOCS_EXTENSIONS = ["csv", "pdf", "txt", "xml", "zip"]

# Strict for readers; the editor needs inline scripts and styles, and a nonce
# would make browsers ignore 'unsafe-inline', so it has none.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
EDITOR_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
# Proxies whose word for a reader's address is believed.
TRUSTED_PROXIES = env.listed("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if SITE_ADDRESS.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = env.switch("SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.variable("LOG_LEVEL", "WARNING")},
    # What readers search for or type stays out of the log, whatever goes wrong.
    "loggers": {"django.request": {"level": "ERROR"}},
}

# How many reader messages one visitor may send an hour, and how long (seconds)
# a person needs at least to write one.
FEEDBACK_PER_HOUR = 5
FEEDBACK_SECONDS = int(env.variable("FEEDBACK_SECONDS", "3"))

# Exports of an old site: the largest upload (bytes), and whether they are read in
# the request itself (tests) or in a process of their own.
LARGEST_EXPORT = int(env.variable("LARGEST_EXPORT", "1000000000"))
IMPORT_AT_ONCE = env.switch("IMPORT_AT_ONCE")
# Hosts of the old site that may be asked for pictures; none unless they are named.
FETCH_PICTURES_FROM = env.listed("FETCH_PICTURES_FROM", "")

# Whether what is published is compiled in the background, to be found.
REFRESH_FINDER = env.switch("REFRESH_FINDER", True)
