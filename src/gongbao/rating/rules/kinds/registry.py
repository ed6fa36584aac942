"""The kinds of calculation by the name that a standard calls them."""

from gongbao.rating.rules.kinds.area_tiers import AreaTiers
from gongbao.rating.rules.kinds.base import RatingKind
from gongbao.rating.rules.kinds.column_level import ColumnLevel
from gongbao.rating.rules.kinds.column_share import ColumnShare
from gongbao.rating.rules.kinds.events import Events
from gongbao.rating.rules.kinds.first_filings import FirstFilings
from gongbao.rating.rules.kinds.latest_not_lower import LatestNotLower
from gongbao.rating.rules.kinds.latest_score import LatestScore
from gongbao.rating.rules.kinds.latest_share import LatestShare
from gongbao.rating.rules.kinds.quiet_months import QuietMonths
from gongbao.rating.rules.kinds.rank_bands import RankBands
from gongbao.rating.rules.kinds.taken_on import TakenOn

KINDS: dict[str, type[RatingKind]] = {
    kind.kind: kind
    for kind in (
        ColumnShare,
        AreaTiers,
        ColumnLevel,
        FirstFilings,
        TakenOn,
        Events,
        LatestShare,
        LatestNotLower,
        LatestScore,
        QuietMonths,
        RankBands,
    )
}
