"""The ways a file that somebody sends in is refused. What can be read is read, and what is wrong is a finding."""

from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Conflict, Invalid


class FileTooLarge(Invalid):
    code = "form-too-large"
    message = _("The file has {size} MB; at most {most} MB are taken.")
    hint = _("Leave out pictures and attachments: files can be added in the browser afterwards.")


class NotAWordFile(Invalid):
    code = "not-a-word-file"
    message = _("This is not a Word file (.docx): {reason}.")
    hint = _("Save it as “Word document (.docx)” and send that.")


class FileLocked(Invalid):
    code = "form-locked"
    message = _("The file is protected with a password, so it cannot be read.")
    hint = _("Take off the password in the program it was written with, save it, and send it again.")


class FileDamaged(Invalid):
    code = "file-damaged"
    message = _("The file is damaged or was cut off on its way: {reason}.")
    hint = _("Open it where it was written, save it anew, and send that.")


class FileUnsafe(Invalid):
    code = "file-unsafe"
    message = _("The file was not opened: {reason}.")
    hint = _("Copy your answers into a new form, and send that.")


class FileWithMacros(Invalid):
    code = "file-with-macros"
    message = _("The file carries macros, small programs that we do not take.")
    hint = _("Save it as “Word document (.docx)”, which has none, and send that.")


class NotOurForm(Invalid):
    code = "not-our-form"
    message = _("This Word file is not a form of ours: none of its questions was found in it.")
    hint = _("Download the form, copy your text into it, and send that.")


class NoSuchForm(Invalid):
    """What a form was to be filled from."""

    code = "form-source-invalid"
    message = _("The form cannot be filled from {source}: {reason}.")
    hint = _("Name a file with one entry in JSON, or an identifier such as PPD-000123.")


class FormNotWritten(Invalid):
    code = "form-not-written"
    message = _("{file} cannot be written: {reason}.")
    hint = _("Name a file in a folder that is there, and in which you may write.")


class FormExists(Conflict):
    code = "form-exists"
    message = _("{file} is there already.")
    hint = _("Choose another name, or add --force to replace it.")
