"""Profiles (单位和项目的情况) from JSON: known facts by name, everything wrong at once."""

from pathlib import Path

from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.rules.answers import Profile, Project
from gongbao.support.rules.facts import Value, Vocabulary, WrongValue
from gongbao.support.tables.json_files import Node, read_json


def read_profile(path: Path, vocabulary: Vocabulary) -> Profile:
    """The profile in a file. Raises BadInput with every problem."""
    problems: list[Problem] = []
    profile = profile_of(read_json(path), vocabulary, problems)
    if problems:
        raise BadInput(problems)
    return profile


def profile_of(document: object, vocabulary: Vocabulary, problems: list[Problem]) -> Profile:
    """A profile from a document; problems are added to the list."""
    top = Node(document, "profile", None, problems)
    top.only("entity", "projects")
    entity = read_facts(top.node("entity"), "entity", vocabulary)
    projects, seen = [], set[str]()
    for node in top.nodes("projects"):
        node.only("id", "name", "facts")
        number, name = node.text("id"), node.raw.get("name")
        if number and number in seen:
            node.wrong("id", number, "项目编号不能重复", "the id of a project must be unique")
        if name is not None and not isinstance(name, str):
            node.wrong("name", name, "应为文字", "a text is due")
        seen.add(number)
        given = node.raw.get("facts")
        facts = Node({} if given is None else given, f"projects {number}", node.row, problems)
        projects.append(Project(number, str(name or ""), read_facts(facts, "project", vocabulary)))
    return Profile(entity, tuple(projects))


def read_facts(node: Node, scope: str, vocabulary: Vocabulary) -> dict[str, Value]:
    """The known facts of an object; null is unknown."""
    found: dict[str, Value] = {}
    for key, value in node.raw.items():
        name = f"{scope}.{key}"
        if name not in vocabulary:
            node.wrong(
                key, value, "没有这个事实,见 gongbao support facts", "there is no such fact; see gongbao support facts"
            )
        elif value is not None:
            try:
                found[name] = vocabulary[name].read(value)
            except WrongValue as wrong:
                node.wrong(key, value, wrong.expected.zh, wrong.expected.en)
    return found
