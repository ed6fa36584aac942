"""Ways out of the house for notices: e-mail, and short messages through whatever gateway an installation names.

A channel takes a notice and says whether it is done with it: sent, or nothing to send. It never raises for a network.
"""

import logging
import smtplib
from collections.abc import Callable

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string

from gongbao.cases.models import Notice
from gongbao.kernel.text import Text

log = logging.getLogger(__name__)


def body(notice: Notice) -> str:
    """The notice in the person's language: what to do, until when, and which case."""
    lines = [Text(notice.todo, notice.todo_en)]
    if notice.due:
        lines.append(Text(f"期限:{notice.due}(含当日)", f"By: {notice.due} (that day included)"))
    if notice.case:
        url = f"{settings.ADDRESS}/desk/cases/{notice.case.number}/"
        lines.append(Text(f"编号:{notice.case.number}\n{url}", f"Number: {notice.case.number}\n{url}"))
    return "\n".join(line.get(notice.person.language) for line in lines)


def title(notice: Notice) -> str:
    return Text(notice.title, notice.title_en).get(notice.person.language)


def email(notice: Notice) -> bool:
    """By e-mail, to whoever has an address."""
    if not notice.person.email:
        return True
    try:
        send_mail(title(notice), body(notice), None, [notice.person.email])
    except (OSError, smtplib.SMTPException):
        log.exception("notice %s could not be sent by e-mail", notice.pk)
        return False
    return True


def short_message(notice: Notice) -> bool:
    """Urgent ones as a short message, where SHORT_MESSAGES names a function (telephone, text) of a gateway."""
    if not (settings.SHORT_MESSAGES and notice.urgent and notice.person.phone):
        return True
    try:
        import_string(settings.SHORT_MESSAGES)(notice.person.phone, title(notice))
    except OSError:
        log.exception("notice %s could not be sent as a short message", notice.pk)
        return False
    return True


CHANNELS: tuple[Callable[[Notice], bool], ...] = (email, short_message)
