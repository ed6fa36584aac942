"""Settings. Everything that differs between a trial and a city comes from the environment (GONGBAO_*)."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from gongbao.config.secret import secret_key

PACKAGE = Path(__file__).resolve().parent.parent

# All data of an installation (SQLite file, uploads, keys) lives in one folder, so that it can be backed up as one.
HOME = Path(os.environ.get("GONGBAO_HOME", "var")).resolve()
DEMO = os.environ.get("GONGBAO_DEMO") == "1"  # made-up people may log in
HTTPS = os.environ.get("GONGBAO_HTTPS") == "1"  # served behind a proxy that speaks TLS
DEBUG = False
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = os.environ.get("GONGBAO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GONGBAO_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "gongbao.web",  # first: its pages go before those of the parts
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "gongbao.organisations",
    "gongbao.archive",
    "gongbao.documents",
    "gongbao.cases",
    "gongbao.gazette",
    "gongbao.rating",
    "gongbao.firesafety",
    "gongbao.permits",
    "gongbao.support",
    "gongbao.portal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongbao.web.middleware.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongbao.web.middleware.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongbao.organisations.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

AUTH_USER_MODEL = "organisations.Person"

ROOT_URLCONF = "gongbao.config.urls"
WSGI_APPLICATION = "gongbao.config.wsgi.application"

DATABASES = {
    "default": dj_database_url.parse(os.environ.get("GONGBAO_DATABASE_URL", f"sqlite:///{HOME / 'gongbao.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets people read while one writes; IMMEDIATE takes the write lock at once, so that two clerks
    # queue for it instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }

# Throttles count for all processes together. On SQLite in files: counting a reader must not wait for the one writer.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
if not DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    CACHES["default"] |= {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "gongbao_cache"}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"  # the days of the law are Beijing days
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # files are served from the packages they belong to; nothing is collected
WHITENOISE_MAX_AGE = 3600
FORM_RENDERER = "gongbao.web.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["gongbao.web.templatetags.gongbao"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongbao.web.context.frame",
            ],
        },
    }
]

# Pages load nothing from elsewhere and run no script that stands in them.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's icons and the code of the second factor
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 8 * 3600  # a working day
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "gongbao.web.errors.csrf_failure"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("GONGBAO_MAIL_FROM", "gongbao@localhost")
if "GONGBAO_MAIL_HOST" in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["GONGBAO_MAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("GONGBAO_MAIL_PORT", "25"))
    EMAIL_HOST_USER = os.environ.get("GONGBAO_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("GONGBAO_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("GONGBAO_MAIL_TLS") == "1"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# After how many days the nightly work forgets: logged calls of the API, idempotency keys, files of forms never sent.
KEEP_CALLS = int(os.environ.get("GONGBAO_KEEP_CALLS", "365"))
KEEP_KEYS = int(os.environ.get("GONGBAO_KEEP_KEYS", "7"))
KEEP_DRAFTS = int(os.environ.get("GONGBAO_KEEP_DRAFTS", "30"))

# Where people find this installation; printed on papers.
ADDRESS = os.environ.get("GONGBAO_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

# A PKCS #12 file with which papers are signed; empty: they are not.
SIGNING_KEY = os.environ.get("GONGBAO_SIGNING_KEY", "")
SIGNING_PASSWORD = os.environ.get("GONGBAO_SIGNING_PASSWORD", "")
# A function (telephone, text) of a gateway for short messages, by its dotted name; empty: none are sent.
SHORT_MESSAGES = os.environ.get("GONGBAO_SHORT_MESSAGES", "")

from gongbao.config.settings_api import *  # noqa: E402, F403
from gongbao.config.settings_login import *  # noqa: E402, F403
