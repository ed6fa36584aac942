"""The answers of support for people: tables on a terminal."""

from collections.abc import Iterable, Sequence
from datetime import date

import click
from rich.console import Console
from rich.table import Table

from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.support.rules.answers import Match
from gongbao.support.rules.combination import Best, Combination
from gongbao.support.rules.facts import Vocabulary, yuan
from gongbao.support.rules.ledger import Assessment
from gongbao.support.rules.programme import Catalogue, Measure, Programme
from gongbao.support.tables.answer_json import SHOWN_PLACES, Json, material_words, offices

STATUS = {
    "eligible": Text("符合", "eligible"),
    "needs": Text("待补充", "needs to know"),
    "not_eligible": Text("不符合", "not eligible"),
}
PROMISE = {
    "exact": Text("金额确定", "exact"),
    "up_to": Text("最高", "up to"),
    "unset": Text("金额未列", "no figure given"),
    "none": Text("未写资金", "no money promised"),
}
ASKED = 3  # facts that are named in a row; --json has them all
MET = {True: "✓", False: "✗", None: "?"}


def _table(title: str, *heads: str) -> Table:
    table = Table(title=title, title_justify="left")
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def _print(table: Table) -> None:
    Console(markup=False, highlight=False).print(table)


def print_facts(facts: Sequence[Json], language: str) -> None:
    """Facts with their questions."""
    heads = ("事实", "类型", "问题", "条款") if language == "zh" else ("fact", "type", "question", "clause")
    table = _table(f"{len(facts)} 项事实 · {len(facts)} facts", *heads)
    table.columns[0].no_wrap = True  # names are there to be copied
    for fact in facts:
        unit, question = fact["unit"], fact["question"]
        kind = str(fact["type"]) + (f" ({unit[language]})" if isinstance(unit, dict) else "")
        options = fact["options"]
        if isinstance(options, dict) and options:
            kind += ": " + ", ".join(options)
        table.add_row(
            str(fact["name"]), kind, question[language] if isinstance(question, dict) else "", str(fact["clause"])
        )
    _print(table)


def _amount(measure: Measure) -> Text:
    promise = PROMISE[measure.promise]
    if measure.amount is None:
        return promise
    words = measure.amount.words()
    return Text(f"{promise.zh}:{words.zh}", f"{promise.en}: {words.en}")


def print_programme(programme: Programme, language: str) -> None:
    """A programme with all its measures."""
    window = programme.window
    title = f"{programme.id} · {programme.document} {programme.name.get(language)} · {window.first} – {window.last}"
    heads = ("措施", "名称", "条款", "金额") if language == "zh" else ("measure", "name", "clause", "amount")
    table = _table(title, *heads)
    for measure in programme.measures:
        clause = measure.cite.removeprefix(programme.document).strip()
        table.add_row(measure.code, measure.name.get(language), clause, _amount(measure).get(language))
    _print(table)


def print_measure(measure: Measure, catalogue: Catalogue, language: str) -> None:
    """A measure with everything that stands behind it, each beside its clause."""
    programme = catalogue.programme_of[measure.code]
    click.echo(f"{measure.code} {measure.name.get(language)} · {measure.cite}")
    click.echo(measure.digest.get(language))
    click.echo(_amount(measure).get(language))
    click.echo("、".join(offices(measure, catalogue, language)))
    click.echo(f"{measure.window.first} – {measure.window.last} ({measure.window.cite})")
    if readings := (*programme.readings, *measure.readings):
        click.echo(" ".join(dict.fromkeys(readings)))
    heads = ("条件", "条款") if language == "zh" else ("condition", "clause")
    table = _table("", *heads)
    for condition in measure.conditions:
        table.add_row(condition.words().get(language), condition.cite)
    _print(table)
    if measure.materials:
        table = _table("", *(("材料", "条款") if language == "zh" else ("paper", "clause")))
        for material in measure.materials:
            table.add_row(material_words(material).get(language), material.cite)
        _print(table)


def print_matches(on: date, matches: Iterable[Match], vocabulary: Vocabulary, language: str) -> None:
    """Every row with its status, its amount, and what stands against it or is still needed."""
    heads = (
        ("项目", "措施", "结果", "金额", "说明")
        if language == "zh"
        else ("project", "measure", "status", "amount", "why")
    )
    table = _table(on.isoformat(), *heads)
    for match in matches:
        measure = match.measure
        value = PROMISE[measure.promise].get(language)
        if match.value is not None:
            value = yuan(match.value) if measure.promise == "exact" else f"{value} {yuan(match.value)}"
        table.add_row(
            match.project or "–",
            f"{measure.code} {measure.name.get(language)}",
            STATUS[match.status].get(language),
            value,
            _why(match, vocabulary, language),
        )
    _print(table)


def _why(match: Match, vocabulary: Vocabulary, language: str) -> str:
    if match.status == "needs":
        return _asked([vocabulary[name].label.get(language) for name in match.needs], language)
    if match.status == "eligible":
        return "; ".join(step.get(language) for step in match.steps)
    against = next(because for because in match.because if because.met is False)
    return f"{against.text.get(language)} · {against.cite}"


def _asked(labels: Sequence[str], language: str) -> str:
    """The first facts that would decide it, and how many more."""
    shown, more = labels[:ASKED], len(labels) - ASKED
    if language == "zh":
        return "、".join(shown) + (f"等{len(labels)}项" if more > 0 else "")
    return ", ".join(shown) + (f", and {more} more" if more > 0 else "")


def print_best(best: Best, language: str) -> None:
    """The best combination, and the next best."""
    _print(_combination(Text("最优组合", "Best combination"), best.chosen, language))
    if best.runner_up:
        loses = yuan(best.chosen.total - best.runner_up.total)
        title = Text(f"次优组合(少{loses}元)", f"Runner-up ({loses} yuan less)")
        _print(_combination(title, best.runner_up, language))


def _combination(title: Text, combination: Combination, language: str) -> Table:
    heads = ("项目", "措施", "金额") if language == "zh" else ("project", "measure", "yuan")
    table = _table(f"{title.get(language)}: {yuan(combination.total)}", *heads)
    for row in combination.rows:
        measure = row.match.measure
        table.add_row(row.match.project or "–", f"{measure.code} {measure.name.get(language)}", yuan(row.value))
    return table


def print_lost(best: Best, language: str) -> None:
    """Why each other row is not in the best combination."""
    if not best.lost:
        return
    heads = ("项目", "落选", "让位于", "差额") if language == "zh" else ("project", "lost", "to", "difference")
    table = _table("", *heads)
    for lost in best.lost:
        by = " + ".join(dict.fromkeys(row.measure.code for row in lost.by))
        table.add_row(lost.match.project or "–", lost.match.measure.code, by, yuan(lost.difference))
    _print(table)


def print_assessment(assessment: Assessment, language: str) -> None:
    """The verdict of each row, the conditions, and what it comes to."""
    heads = ("表", "编号", "计入", "说明", "条款") if language == "zh" else ("table", "no", "counted", "why", "clause")
    table = _table("", *heads)
    for row in assessment.verdicts:
        table.add_row(row.table, row.no, yuan(row.counted), row.because.get(language), row.cite)
    _print(table)
    table = _table("", *(("", "条件", "条款") if language == "zh" else ("", "condition", "clause")))
    for because in assessment.because:
        table.add_row(MET[because.met], because.text.get(language), because.cite)
    _print(table)
    share = from_fixed(assessment.paid_share(SHOWN_PLACES), SHOWN_PLACES)
    lines = [
        Text(f"可计入投资 {yuan(assessment.countable)} 元", f"Countable investment: {yuan(assessment.countable)} yuan"),
        Text(f"支付率 {share}", f"Paid share: {share}"),
        *assessment.steps,
        Text(f"补助最高 {yuan(assessment.subsidy)} 元", f"Subsidy: up to {yuan(assessment.subsidy)} yuan"),
    ]
    if assessment.needs:
        needs = " ".join(assessment.needs)
        lines.append(Text(f"还需:{needs}", f"Still needed: {needs}"))
    for line in lines:
        click.echo(line.get(language))
