"""The answers of a simulator (测算答案) as the browser carries them: a profile, and the questions in the order asked.

What is in them is checked like a file: the browser is not believed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.rules.answers import Profile
from gongbao.support.rules.facts import Fact, Vocabulary, WrongValue
from gongbao.support.rules.questions import Key
from gongbao.support.tables.json_files import Node, json_of
from gongbao.support.tables.profiles import profile_of

Json = dict[str, object]
LARGEST = 500_000  # bytes: hundreds of projects
MOST_PROJECTS = 100


@dataclass(frozen=True)
class Answers:
    """document: the profile as JSON, as `gongbao support match` reads it. trail: what was asked, the newest last, "I
    don't know" among it. only: the measure that is checked, "" for all."""

    document: Json
    profile: Profile
    trail: tuple[Key, ...] = ()
    only: str = ""

    def text(self) -> str:
        """What the browser carries."""
        trail = [[project or "", fact] for project, fact in self.trail]
        return json.dumps({"profile": self.document, "trail": trail, "only": self.only}, ensure_ascii=False)

    def value(self, key: Key) -> object:
        """The answer as JSON; None where it is unknown."""
        project, name = key
        facts = self.document["entity"] if project is None else self._project(project)["facts"]
        return facts.get(name.split(".")[1]) if isinstance(facts, dict) else None

    def _project(self, number: str) -> Json:
        return next(one for one in _list(self.document["projects"]) if one["id"] == number)


def new_answers(names: Sequence[str], vocabulary: Vocabulary, only: str = "") -> Answers:
    """The first page: nothing is known but the names of the projects."""
    projects = [{"id": f"p{at}", "name": name, "facts": {}} for at, name in enumerate(names, 1)]
    return profile_answers({"entity": {}, "projects": projects}, vocabulary, only=only)


def profile_answers(document: object, vocabulary: Vocabulary, trail: Sequence[Key] = (), only: str = "") -> Answers:
    """Answers from the document of a profile. Raises BadInput with every problem."""
    problems: list[Problem] = []
    profile = profile_of(document, vocabulary, problems)
    if len(profile.projects) > MOST_PROJECTS:
        zh, en = f"最多 {MOST_PROJECTS} 个项目", f"{MOST_PROJECTS} projects at most"
        problems.append(Problem("projects", None, "", str(len(profile.projects)), zh, en))
    if problems or not isinstance(document, dict):
        raise BadInput(problems)
    projects = [
        {"id": one["id"], "name": one.get("name") or "", "facts": _known(one.get("facts"))}
        for one in _list(document.get("projects"))
    ]
    held: Json = {"entity": _known(document["entity"]), "projects": projects}
    known = {None, *(project.id for project in profile.projects)}
    return Answers(held, profile, tuple(k for k in trail if k[0] in known and k[1] in vocabulary), only)


def _list(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _known(facts: object) -> Json:
    return {name: value for name, value in facts.items() if value is not None} if isinstance(facts, dict) else {}


def read_answers(text: str, vocabulary: Vocabulary) -> Answers:
    """What a browser carried. Raises BadInput."""
    problems: list[Problem] = []
    top = Node(answers_json(text.encode()), "answers", None, problems)
    if problems:
        raise BadInput(problems)
    trail, only = top.raw.get("trail"), top.raw.get("only")
    pairs = [pair for pair in trail if isinstance(pair, list) and len(pair) == 2] if isinstance(trail, list) else []
    keys = [(str(project) or None, str(name)) for project, name in pairs]
    return profile_answers(top.raw.get("profile"), vocabulary, keys, only if isinstance(only, str) else "")


def answers_json(content: bytes) -> object:
    """A document of at most LARGEST bytes. Raises BadInput."""
    if len(content) > LARGEST:
        zh, en = "不超过 500 kB 的文件", "a file of 500 kB at most"
        raise BadInput([Problem("answers", None, "", str(len(content)), zh, en)])
    return json_of(content, "answers")


def answer_given(answers: Answers, key: Key, value: object, vocabulary: Vocabulary) -> Answers:
    """The same with one more answer; None: not known. Raises BadInput where the fact cannot take the value."""
    project, name = key
    fact, short = vocabulary[name], name.split(".")[1]
    try:
        if value is not None:
            fact.read(value)
    except WrongValue as wrong:
        raise BadInput([Problem("answers", None, short, str(value), wrong.expected.zh, wrong.expected.en)]) from wrong

    def changed(facts: object) -> Json:
        return _known({**(facts if isinstance(facts, dict) else {}), short: value})

    document = dict(answers.document)
    if project is None:
        document["entity"] = changed(document["entity"])
    else:
        document["projects"] = [
            {**one, "facts": changed(one["facts"])} if one["id"] == project else one
            for one in _list(document["projects"])
        ]
    trail = (*(one for one in answers.trail if one != key), key)
    return profile_answers(document, vocabulary, trail, answers.only)


def answer_forgotten(answers: Answers, vocabulary: Vocabulary) -> tuple[Answers, Key]:
    """One question back: the newest answer is taken out and asked again. Raises IndexError where there is none."""
    key = answers.trail[-1]
    forgotten = answer_given(answers, key, None, vocabulary)
    return replace(forgotten, trail=answers.trail[:-1]), key


def project_added(answers: Answers, name: str, vocabulary: Vocabulary) -> Answers:
    """The same with one more project. Raises BadInput where there are too many."""
    taken = {project.id for project in answers.profile.projects}
    number = next(f"p{at}" for at in range(1, len(taken) + 2) if f"p{at}" not in taken)
    projects = [*_list(answers.document["projects"]), {"id": number, "name": name, "facts": {}}]
    return profile_answers({**answers.document, "projects": projects}, vocabulary, answers.trail, answers.only)


def project_dropped(answers: Answers, number: str, vocabulary: Vocabulary) -> Answers:
    """The same without a project."""
    projects = [one for one in _list(answers.document["projects"]) if one["id"] != number]
    return profile_answers({**answers.document, "projects": projects}, vocabulary, answers.trail, answers.only)


def typed(fact: Fact, values: Sequence[str]) -> object:
    """What was typed or ticked for a fact as JSON; a share may be given in per cent, numbers with separators."""
    text = (values[0] if values else "").strip()
    match fact.type:
        case "choices" | "codes":
            return [value for value in values if value]
        case "bool":
            return {"true": True, "false": False}.get(text, text)
        case "text" | "choice" | "date":
            return text
        case "share" if text.endswith(("%", "%")):
            return _hundredth(text[:-1].strip())
        case _:
            return text.replace(",", "").replace(",", "").replace(" ", "")


def _hundredth(percent: str) -> str:
    """75.5 → 0.755; anything but a plain number stays as it is, to be refused with its words."""
    whole, _, part = percent.partition(".")
    if not (whole + part).isdigit():
        return percent + "%"
    digits = whole.rjust(3, "0")
    return f"{digits[:-2]}.{digits[-2:]}{part}"
