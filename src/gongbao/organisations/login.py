"""Logging in: by a password here, or through the city's own login; people come by invitation, never by signing up."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from gongbao.organisations.models import Person
from gongbao.organisations.selectors import may_log_in


class Backend(AuthenticationBackend):
    """Passwords, for people who may log in. Made-up people may where the installation is a demonstration."""

    def user_can_authenticate(self, user: Person) -> bool:
        return bool(super().user_can_authenticate(user)) and may_log_in(user)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are stored encrypted with the key of the installation."""

    def _fernet(self) -> Fernet:
        return Fernet(urlsafe_b64encode(sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()))

    def encrypt(self, text: str) -> str:
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._fernet().decrypt(encrypted_text.encode()).decode()


class SocialAdapter(DefaultSocialAccountAdapter):
    """The city's own login says who somebody is; what she may do is decided here, so she must have an account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """On the first time, join the login to the account of the same login name."""
        if sociallogin.is_existing:
            return
        told = sociallogin.account.extra_data
        name = (told.get("userinfo") or told.get("id_token") or {}).get("preferred_username", "")
        person = Person.objects.filter(username__iexact=name, is_active=True, demo=False).first() if name else None
        if person:
            sociallogin.connect(request, person)


def lockout_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """Under which name failures are counted: capitals make no difference."""
    name = (credentials or {}).get("username") or request.POST.get("login")
    return name.strip().lower() if name else None
