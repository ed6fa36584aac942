"""The simulator: one question a page, then the result. Answers travel with each form and are kept nowhere here."""

import json
from collections.abc import Callable, Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongbao.kernel.problem import BadInput
from gongbao.support.rules.answers import Match, match_profile
from gongbao.support.rules.facts import Vocabulary
from gongbao.support.rules.programme import Catalogue
from gongbao.support.rules.questions import Key, Question, open_questions
from gongbao.support.selectors.programmes import catalogue_on
from gongbao.support.tables import answers as kept
from gongbao.support.tables.answers import Answers
from gongbao.support.views.asking import AnswerForm
from gongbao.support.views.outcome import outcome
from gongbao.support.views.starting import StartForm, problem_words

Step = Callable[["Visit"], HttpResponse]


class Visit:
    """One request of somebody who simulates. answers: what the browser brought along."""

    def __init__(self, request: HttpRequest, answers: Answers, known: Catalogue, today: date) -> None:
        self.request, self.answers, self.known, self.today = request, answers, known, today

    @property
    def vocabulary(self) -> Vocabulary:
        return self.known.vocabulary

    def matches(self) -> tuple[Match, ...]:
        """Every measure that is checked."""
        found = match_profile(self.answers.profile, self.known, self.today)
        only = self.answers.only
        return tuple(match for match in found if only in ("", match.measure.code))

    def key(self) -> Key:
        """The question that the form names: project and fact."""
        sent = self.request.POST
        project, _, name = (sent.get("change") or sent.get("key", "")).partition("|")
        projects = {one.id for one in self.answers.profile.projects}
        whose = projects if name.startswith("project.") else {""}
        if name not in self.vocabulary or project not in whose:
            raise Http404
        return project or None, name


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def simulator(request: HttpRequest) -> HttpResponse:
    """GET: the first page, for all measures or for ?measure=. POST: what the pressed button says (go)."""
    today = timezone.localdate()
    known = catalogue_on(today)
    if request.method != "POST" or request.POST.get("go") in ("start", "load"):
        return _start(request, known, today)
    step = STEPS.get(request.POST.get("go", ""))
    if step is None:
        raise Http404
    try:
        answers = kept.read_answers(request.POST.get("answers", ""), known.vocabulary)
    except BadInput as bad:
        form = StartForm({})
        form.add_error(None, problem_words(bad))
        return _first_page(request, known, form, "")
    return step(Visit(request, answers, known, today))


def _start(request: HttpRequest, known: Catalogue, today: date) -> HttpResponse:
    only = (request.POST if request.method == "POST" else request.GET).get("measure", "")
    if only and only not in known.by_code:
        raise Http404
    form = StartForm(request.POST, request.FILES) if request.method == "POST" else StartForm()
    if request.method != "POST" or not form.is_valid():
        return _first_page(request, known, form, only)
    names = form.cleaned_data["projects"]
    if only and known.by_code[only].scope == "project" and not names:
        names = [""]
    try:
        loaded = form.loaded()
        if request.POST["go"] == "load":
            answers = kept.profile_answers(loaded, known.vocabulary, only=only)
        else:
            answers = kept.new_answers(names, known.vocabulary, only)
    except BadInput as bad:
        form.add_error("file" if request.POST["go"] == "load" else "projects", problem_words(bad))
        return _first_page(request, known, form, only)
    return _next(Visit(request, answers, known, today))


def _first_page(request: HttpRequest, known: Catalogue, form: StartForm, only: str) -> HttpResponse:
    context = {
        "form": form,
        "only": known.by_code.get(only),
        "of_projects": len(known.of_scope("project")),
        "of_entity": len(known.of_scope("entity")),
    }
    return render(request, "support/public/start.html", context, status=422 if form.errors else 200)


def _next(visit: Visit) -> HttpResponse:
    """The next question, or the result where none is left."""
    matches = visit.matches()
    questions = open_questions(matches, visit.answers.profile, visit.answers.trail)
    return _ask(visit, questions[0], matches, len(questions)) if questions else _result(visit)


def _ask(
    visit: Visit, question: Question, matches: tuple[Match, ...], left: int, form: AnswerForm | None = None
) -> HttpResponse:
    shown = form or _form(visit, question)
    conditions = [c for measure in question.measures for c in measure.conditions if c.fact == question.fact]
    context = {
        "question": question,
        "project": _name(visit, question.project),
        "form": shown,
        "clauses": list(dict.fromkeys(c.cite for c in conditions)) or [m.cite for m in question.measures],
        "answers": visit.answers.text(),
        "decided": sum(match.status != "needs" for match in matches),
        "total": len(matches),
        "left": left,
        "may_go_back": bool(visit.answers.trail),
    }
    return render(visit.request, "support/public/question.html", context, status=422 if shown.errors else 200)


def _form(visit: Visit, question: Question, *, sent: bool = False) -> AnswerForm:
    codes = {code for measure in visit.known.measures for c in measure.conditions if c.fact == question.fact
             for code in getattr(c, "codes", ())}  # fmt: skip
    data = visit.request.POST if sent else None
    return AnswerForm(question.fact, sorted(codes), data, visit.answers.value(question.key))


def _name(visit: Visit, project: str | None) -> str:
    """What a project is called; its number where it has no name."""
    return next((one.name or one.id for one in visit.answers.profile.projects if one.id == project), "")


def _question(visit: Visit, key: Key) -> Question:
    """The question that a form names, whatever is open."""
    project, name = key
    fact, only = visit.vocabulary[name], visit.answers.only
    asking = (one for one in visit.known.measures if fact in one.facts and only in ("", one.code))
    return Question(project, fact, tuple(asking))


def _answer(visit: Visit) -> HttpResponse:
    key = visit.key()
    question = _question(visit, key)
    form = _form(visit, question, sent=True)
    if form.is_valid():
        value = kept.typed(question.fact, visit.request.POST.getlist("answer"))
        try:
            visit.answers = kept.answer_given(visit.answers, key, value, visit.vocabulary)
            return _next(visit)
        except BadInput as bad:
            form.add_error("answer", problem_words(bad))
    return _again(visit, key, form)


def _unknown(visit: Visit) -> HttpResponse:
    visit.answers = kept.answer_given(visit.answers, visit.key(), None, visit.vocabulary)
    return _next(visit)


def _back(visit: Visit) -> HttpResponse:
    if not visit.answers.trail:
        return _first_page(visit.request, visit.known, StartForm(), visit.answers.only)
    visit.answers, key = kept.answer_forgotten(visit.answers, visit.vocabulary)
    return _again(visit, key)


def _change(visit: Visit) -> HttpResponse:
    return _again(visit, visit.key())


def _again(visit: Visit, key: Key, form: AnswerForm | None = None) -> HttpResponse:
    matches = visit.matches()
    left = len(open_questions(matches, visit.answers.profile, visit.answers.trail))
    return _ask(visit, _question(visit, key), matches, left, form)


def _add(visit: Visit) -> HttpResponse:
    name = visit.request.POST.get("name", "").strip()[:200]
    try:
        visit.answers = kept.project_added(visit.answers, name, visit.vocabulary)
    except BadInput as bad:
        return _result(visit, problem_words(bad))
    return _next(visit)


def _drop(visit: Visit) -> HttpResponse:
    visit.answers = kept.project_dropped(visit.answers, visit.request.POST.get("project", ""), visit.vocabulary)
    return _result(visit)


def _all(visit: Visit) -> HttpResponse:
    """From one measure to all, with the answers that are there."""
    visit.answers = kept.profile_answers(visit.answers.document, visit.vocabulary, visit.answers.trail)
    return _next(visit)


def _result(visit: Visit, errors: Sequence[str] = ()) -> HttpResponse:
    matches = visit.matches()
    open_ = open_questions(matches, visit.answers.profile, visit.answers.trail)
    context = {
        **outcome(matches, visit.answers, visit.known),
        "answers": visit.answers.text(),
        "only": visit.known.by_code.get(visit.answers.only),
        "today": visit.today,
        "left": len(open_),
        "errors": errors,
    }
    return render(visit.request, "support/public/result.html", context, status=422 if errors else 200)


STEPS: dict[str, Step] = {
    "answer": _answer,
    "unknown": _unknown,
    "back": _back,
    "change": _change,
    "next": _next,
    "result": _result,
    "add": _add,
    "drop": _drop,
    "all": _all,
}


@never_cache
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """The answers as the profile that `gongbao support match` reads."""
    try:
        answers = kept.read_answers(request.POST.get("answers", ""), catalogue_on(timezone.localdate()).vocabulary)
    except BadInput as bad:
        raise Http404 from bad
    text = json.dumps(answers.document, ensure_ascii=False, indent=2) + "\n"
    named = {"Content-Disposition": 'attachment; filename="profile.json"'}
    return HttpResponse(text, content_type="application/json", headers=named)
