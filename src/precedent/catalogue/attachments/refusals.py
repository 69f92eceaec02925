"""Why a file is not taken in, each with what to do about it."""

from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Invalid, NotFound


class FileTooLarge(Invalid):
    code = "file-too-large"
    message = _("“{name}” is larger than {limit} MB.")
    hint = _("Export it with smaller pictures, or attach only the pages that matter.")


class PictureTooLarge(Invalid):
    code = "picture-too-large"
    message = _("“{name}” is, or has in it, a picture of more than {limit} million pixels.")
    hint = _("Make the picture smaller, save the file, and attach that.")


class FileKindUnknown(Invalid):
    """Also a file named .pdf that is none."""

    code = "file-kind-unknown"
    message = _("“{name}” is not what can be attached, whatever its name says.")
    hint = _(
        "Attach a PDF, a Word document (.docx) or a picture (JPEG, PNG, WebP). Most programs can save as PDF."
    )


class FileBroken(Invalid):
    code = "file-broken"
    message = _("“{name}” cannot be read: it is empty, cut or damaged.")
    hint = _("Open it in the program it was made with, save it under another name, and attach that.")


class FileLocked(Invalid):
    code = "file-locked"
    message = _("“{name}” is protected with a password.")
    hint = _("Save a copy without password and without restrictions, and attach that.")


class FileHasMacros(Invalid):
    code = "file-has-macros"
    message = _("“{name}” contains macros.")
    hint = _("Save it in Word as “Word document (.docx)”, or as PDF, and attach that.")


class FileSuspicious(Invalid):
    """It would unpack to far more than a document of its size holds, or keep the service busy for too long."""

    code = "file-suspicious"
    message = _("“{name}” is not built as a document of its kind should be, and was not opened.")
    hint = _("Open it in the program it was made with, export it as PDF, and attach that.")


class FileMissing(NotFound):
    code = "file-missing"
    message = _("This file is no longer kept.")
    hint = _("Those who attached it can attach it again.")
