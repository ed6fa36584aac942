"""Settings of logging in: local accounts, lock-out, second factor, and a city's own login by OpenID Connect."""

import os
from typing import Any

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: locked out means locked out
    "gongbao.organisations.login.Backend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "front"

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "gongbao.organisations.login.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up: people come by invitation
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation's link went to the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login_failed": False}  # axes keeps count, in the database
ACCOUNT_ALLOW_CONTROL_CHARACTERS_IN_PASSWORDS = False
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = os.environ.get("GONGBAO_CLIENT_IP_HEADER") or None

MFA_ADAPTER = "gongbao.organisations.login.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Gongbao 公报"
MFA_RECOVERY_CODE_COUNT = 10

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "gongbao.organisations.login.lockout_name"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Who logs in through the city's own login must have an account of the same login name here: rights are given here.
SOCIALACCOUNT_ADAPTER = "gongbao.organisations.login.SocialAdapter"
SOCIALACCOUNT_ONLY = False
OIDC_SERVER = os.environ.get("GONGBAO_OIDC_SERVER", "")
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "city",
                "name": os.environ.get("GONGBAO_OIDC_NAME", "统一身份认证 Single sign-on"),
                "client_id": os.environ["GONGBAO_OIDC_CLIENT"],
                "secret": os.environ["GONGBAO_OIDC_SECRET"],
                "settings": {"server_url": OIDC_SERVER},
            }
        ],
    }
