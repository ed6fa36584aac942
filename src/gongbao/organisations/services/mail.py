"""Letters about invitations and addresses."""

from django.conf import settings
from django.core.mail import send_mail

from gongbao.organisations.models import Invitation, Person


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


def email_confirm_send(*, person: Person, email: str, link: str) -> None:
    """Ask at the new address whether it is hers."""
    zh, en = (
        "请在 24 小时内打开以下链接,确认这是您的邮箱",
        "please open this link within 24 hours to confirm the address",
    )
    body = f"{person.name}:\n\n{zh}:\n{link}\n\n{person.name}: {en}.\n"
    send_mail("确认电子邮箱 · Confirm your e-mail address", body, settings.DEFAULT_FROM_EMAIL, [email])


def email_changed_send(*, person: Person, before: str) -> None:
    """Tell the address that was used until now, in case somebody else did this."""
    body = (
        f"{person.name}:\n\n您账号 {person.username} 的邮箱已更换。如非本人操作,请立即联系系统管理员。\n\n"
        f"The e-mail address of your login {person.username} was changed. If that was not you, tell an administrator.\n"
    )
    send_mail("邮箱已更换 · Your e-mail address was changed", body, settings.DEFAULT_FROM_EMAIL, [before])
