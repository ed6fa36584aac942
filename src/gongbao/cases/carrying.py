"""Forms of pages that ask a service to do something: done, or refused with the reasons in the form."""

from collections.abc import Callable

from django.db import transaction

from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.problem import BadInput
from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.web.forms import Form
from gongbao.web.words import said


def carried_out(form: Form, service: Callable[[], object]) -> bool:
    """Do it in one transaction; False where it was refused, with the reasons in the form."""
    try:
        with transaction.atomic():
            service()
    except BadInput as bad:
        form.take(bad)
    except MoveRefused as refused:
        form.add_error(None, because(refused.refused))
    else:
        return True
    return False


def because(refused: Refused) -> str:
    """Why not, and under which clause."""
    if not refused.cite:
        return said(refused.because)
    ground = Text(f"。依据:{refused.cite}", f". Ground: {refused.cite}")
    return said(refused.because).rstrip("。.") + said(ground)
