"""What support hangs into the common frame."""

from gongbao.kernel.text import Text
from gongbao.support import (
    gathered,
    office_permissions,  # noqa: F401 - as below
    permissions,  # noqa: F401 - its predicates enter by being loaded
)
from gongbao.support.views.desk import work_of
from gongbao.web.gathering import dates_from, search_in
from gongbao.web.provisions import runs_from
from gongbao.web.registry import Door, in_sitemap, on_the_desk, open_door


def enter() -> None:
    """Called once, when the application is ready."""
    says = Text("有哪些扶持政策,能得多少,找谁办", "which support there is, how much, and from whom")
    open_door(Door(3, gathered.NAME, says, "support"))
    search_in(gathered.found)
    dates_from(gathered.coming)
    runs_from(gathered.measures)
    in_sitemap(gathered.addresses)
    on_the_desk(work_of)
