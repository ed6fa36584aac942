"""Words that pages of support share."""

from dataclasses import dataclass

from gongbao.gazette.selectors.resolve import revision_get
from gongbao.gazette.tables.skeletons import packaged_skeletons
from gongbao.kernel.citation import parse
from gongbao.kernel.text import Text
from gongbao.support.rules.facts import yuan
from gongbao.support.rules.programme import Catalogue, Material, Measure, Programme

PROMISES = {
    "exact": Text("金额确定", "a set amount"),
    "up_to": Text("最高限额", "an upper limit"),
    "unset": Text("给予资金,金额未列", "money, no figure given"),
    "none": Text("支持措施,未写资金", "support without a promise of money"),
}
STATUS = {
    "eligible": Text("符合", "eligible"),
    "needs": Text("还不能确定", "not decided yet"),
    "not_eligible": Text("不符合", "not eligible"),
}
SECTORS = {
    "consumption": Text("消费", "consumption"),
    "auto": Text("汽车", "cars"),
    "energy": Text("未来能源", "future energy"),
    "synbio": Text("合成生物制造", "synthetic biology"),
}
SCOPES = {"entity": Text("按单位申报", "for the entity"), "project": Text("按项目申报", "for each project")}
OUTSIDE = Text("公报未载,见原文件", "not in the gazette; see the document itself")


def promised(measure: Measure) -> Text:
    """The amount of a measure in a line."""
    kind = PROMISES[measure.promise]
    if measure.amount is None:
        return kind
    words = measure.amount.words()
    if measure.promise == "up_to":
        return Text(f"最高:{words.zh}", f"up to: {words.en}")
    return words


def worth(measure: Measure, fen: int) -> Text:
    """A value of a measure: 1,000,000.00元, "up to" where the text promises no more than that."""
    if measure.promise == "up_to":
        return Text(f"最高{yuan(fen)}元", f"up to {yuan(fen)} yuan")
    return Text(f"{yuan(fen)}元", f"{yuan(fen)} yuan")


def offices(measure: Measure, catalogue: Catalogue) -> list[Text]:
    """The offices in charge, the leading one first."""
    names = catalogue.programme_of[measure.code].offices
    return [Text(office, names[office]) for office in measure.offices]


@dataclass(frozen=True)
class Paper:
    """A paper that is asked for, on a page. notes: for each what, and when it is due."""

    name: Text
    cite: str
    notes: list[Text]


EACH = {"event": Text("每场活动", "for each event"), "store": Text("每家店铺", "for each store")}


def paper(material: Material) -> Paper:
    notes = [note for note in (EACH.get(material.each), material.only_if) if note]
    return Paper(material.name, material.cite, notes)


@dataclass(frozen=True)
class Leaning:
    """A document that a programme leans on. here: its text or its places are in the house."""

    document: str
    here: bool


def leaning(programme: Programme) -> list[Leaning]:
    return [Leaning(document, _known(document)) for document in programme.refers_to]


def _known(document: str) -> bool:
    return document in packaged_skeletons() or revision_get(parse(document)) is not None
