"""A file that an editor sends in: chosen, read with what it would change, and only then taken in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from precedent.framework.yaml import LARGEST

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Taking:
    """The pages of one kind of file.

    `chosen` shows the form, with a refusal where there is one; `read` what a file (its name, its bytes) would
    change; `taken` makes the changes of a file whose text comes back from that page. `too_large` says {most} MB.
    """

    chosen: Callable[[HttpRequest, str, int], HttpResponse]
    read: Callable[[HttpRequest, str, bytes], HttpResponse]
    taken: Callable[[HttpRequest, str, bytes], HttpResponse]
    too_large: str | Promise

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Whichever of the pages is asked for."""
        if request.method != "POST":
            return self.chosen(request, "", 200)
        if request.POST.get("do") == "take":
            text = request.POST.get("text", "").encode("utf-8", "replace")
            return self.taken(request, request.POST.get("name", "")[:LONGEST_NAME], text)
        file = request.FILES.get("file")
        if not isinstance(file, UploadedFile):
            return self.chosen(request, _("Choose a file first."), 422)
        if (file.size or 0) > LARGEST:
            return self.chosen(request, str(self.too_large).format(most=LARGEST // 1_000_000), 422)
        return self.read(request, (file.name or "")[:LONGEST_NAME], file.read())
