"""What the clock does for joint handling besides moving cases."""

from datetime import datetime

from gongbao.firesafety.services.deliveries import notices_end
from gongbao.firesafety.services.draws import draw_days_commit, draw_days_reveal
from gongbao.firesafety.services.follow_ups import follow_ups_end
from gongbao.firesafety.services.outbox import outbox_send
from gongbao.firesafety.services.publications import publications_due
from gongbao.web.clock import at_every_turn


@at_every_turn
def fire_turn(now: datetime) -> None:
    """Secrets of the draw committed to and revealed, public notices ended, decisions published, systems told."""
    draw_days_commit(now=now)
    draw_days_reveal(now=now)
    notices_end(now=now)
    publications_due(now=now)
    follow_ups_end(now=now)
    outbox_send(now=now)
