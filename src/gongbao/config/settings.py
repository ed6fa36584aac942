"""Settings. Everything that differs between a trial and a city comes from the environment (GONGBAO_*)."""

import os
from pathlib import Path

import dj_database_url

PACKAGE = Path(__file__).resolve().parent.parent

# All data of an installation (SQLite file, uploads, keys) lives in one folder, so that it can be backed up as one.
HOME = Path(os.environ.get("GONGBAO_HOME", "var")).resolve()
DEBUG = False
SECRET_KEY = os.environ.get("GONGBAO_SECRET_KEY", "only-for-trying-out-on-this-machine")
ALLOWED_HOSTS = os.environ.get("GONGBAO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "gongbao.organisations",
    "gongbao.archive",
    "gongbao.documents",
    "gongbao.cases",
    "gongbao.gazette",
    "gongbao.rating",
    "gongbao.firesafety",
    "gongbao.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"  # the days of the law are Beijing days
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# A PKCS #12 file with which papers are signed; empty: they are not.
SIGNING_KEY = os.environ.get("GONGBAO_SIGNING_KEY", "")
SIGNING_PASSWORD = os.environ.get("GONGBAO_SIGNING_PASSWORD", "")

# A function (telephone, text) of a gateway for short messages, by its dotted name; empty: none are sent.
SHORT_MESSAGES = os.environ.get("GONGBAO_SHORT_MESSAGES", "")
