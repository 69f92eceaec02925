from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Invalid, NotFound


class NoSuchEdition(NotFound):
    code = "edition-unknown"
    message = _("There is no edition {number} of the framework.")
    hint = _("The framework's page lists its editions.")


class NoSuchVocabulary(NotFound):
    code = "vocabulary-unknown"
    message = _("There is no vocabulary “{code}”.")
    hint = _("The page of vocabularies lists them all.")


class NoSuchTerm(NotFound):
    code = "term-unknown"
    message = _("There is no term “{code}” in the vocabulary “{vocabulary}”.")
    hint = _("The vocabulary's page lists its terms.")


class FrameworkFileInvalid(Invalid):
    code = "framework-file-invalid"
    message = _("The framework file {file} cannot be used: {reason}")
    hint = _("Correct the file at that place and load it again. Nothing was changed.")
