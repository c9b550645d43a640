"""A certificate for a course: made for who asks, from what they type, and forgotten with the answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms import courses
from cms.above import above
from cms.forms import CertificateForm
from cms.menus import learning_elsewhere
from cms.models import CoursePage
from hrdplatform.web import clock


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, course_id: str) -> HttpResponse:
    """Asks for a name and answers a page to print. Writes nothing: no row, no log line, no name in an address."""
    request.alternates = learning_elsewhere()  # type: ignore[attr-defined]  # ours, see languages
    course = get_object_or_404(CoursePage.objects.live(), pk=course_id, locale__language_code=get_language())
    form = CertificateForm(request.POST if request.method == "POST" else None)
    context = {
        "course": course,
        "section": above(course).section,
        "outline": courses.outline_of(course),
        "form": form,
    }
    if not form.is_valid():
        return render(request, "cms/certificate_form.html", context, status=422 if form.is_bound else 200)
    context |= {"name": form.cleaned_data["name"], "on": timezone.localdate(clock.now())}
    return render(request, "cms/certificate.html", context)
