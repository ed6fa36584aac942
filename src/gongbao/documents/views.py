"""Checking a paper by its code, for anybody; and handing out stored files, to those who may read them."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongbao.documents.models import Paper, StoredFile
from gongbao.documents.selectors import file_content, paper_by_code
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow

STATES = {
    Paper.State.VALID: Text("有效", "valid"),
    Paper.State.REPLACED: Text("已被替换", "replaced"),
    Paper.State.ANNULLED: Text("已撤销", "annulled"),
    Paper.State.REVOKED: Text("已吊销", "revoked"),
}


@never_cache
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """What the paper with a code says, and whether it still holds."""
    code = request.GET.get("code", "").strip()
    paper = paper_by_code(code) if code else None
    context = {"code": code, "paper": paper, "state": STATES[Paper.State(paper.state)] if paper else None}
    return render(request, "documents/papers.html", context, status=404 if code and not paper else 200)


@never_cache
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A stored file as a download. For whoever may not read it, it does not exist."""
    allow(request, "organisations.desk.see")
    found = get_object_or_404(StoredFile, pk=pk)
    try:
        content = file_content(found, actor(request).person)
    except PermissionError:
        raise Http404 from None
    return HttpResponse(
        content,
        content_type=found.media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}"},
    )
