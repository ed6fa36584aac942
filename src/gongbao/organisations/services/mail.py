"""Letters about invitations."""

from django.conf import settings
from django.core.mail import send_mail

from gongbao.organisations.models import Invitation


def invitation_send(*, invitation: Invitation, link: str) -> None:
    """Send the link of an invitation; in both languages, for the person's own is not known yet."""
    role, where = invitation.role_of.name, invitation.organisation
    until = invitation.expires_at.strftime("%Y-%m-%d")
    body = (
        f"{invitation.name}:\n\n{where}邀请您担任“{role.zh}”。请在 {until} 之前打开以下链接:\n{link}\n\n"
        f"{where.text.en} invites you as “{role.en}”. Please open the link above before {until}.\n"
    )
    subject = f"{where}邀请您加入公报 · An invitation to Gongbao"
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email])
