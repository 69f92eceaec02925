from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Conflict, Invalid, NotFound


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


class NoSuchItem(NotFound):
    code = "framework-item-unknown"
    message = _("There is no question or heading “{code}” here.")
    hint = _("Somebody may have merged, split or retired it meanwhile. Read the edition again.")


class NothingToMergeInto(Invalid):
    code = "merge-into-nothing"
    message = _("“{code}” cannot be merged into “{into}”.")
    hint = _("Choose another question or heading that the edition has.")


class NotOfOneKind(Invalid):
    code = "merge-of-two-kinds"
    message = _("“{code}” and “{into}” are not of one kind.")
    hint = _("Merge a question into a question, a heading into a heading.")


class PartOfSplit(Invalid):
    code = "merge-part-of-split"
    message = _(
        "“{code}” is a part of “{whole}” and cannot be merged into “{into}”, which the edition before has."
    )
    hint = _("Merge it into another new one; or bring “{whole}” back first, and merge that.")


class LastOfArea(Invalid):
    code = "area-without-question"
    message = _("“{code}” is the last question of its issue area.")
    hint = _("Add another question there first: an issue area needs at least one.")


class TooFewParts(Invalid):
    code = "split-too-few"
    message = _("“{code}” needs at least two parts and at most {most}.")
    hint = _("Write a text for each part.")


class DraftChanged(Conflict):
    code = "draft-edition-changed"
    message = _("Somebody changed {place} while you worked on it.")
    hint = _("Read how it stands now; what you typed is kept on this page. Then change it again.")


class DraftPending(Conflict):
    code = "draft-edition-pending"
    message = _("Edition {number} is being prepared already.")
    hint = _("Work on that draft, or discard it first.")


class DraftDiffers(Conflict):
    code = "draft-edition-differs"
    message = _("Edition {number} is being prepared already, with another text.")
    hint = _("Export it and compare the two. With --replace the file takes its place.")


class DraftWasInForce(Conflict):
    code = "draft-edition-was-in-force"
    message = _("Edition {number} was in force, so its draft is kept: entries may carry its codes.")
    hint = _("Change its text, and publish it again.")


class NoDraft(NotFound):
    code = "draft-edition-missing"
    message = _("No edition is being prepared.")
    hint = _("Begin one beside the edition in force.")


class EditionIncomplete(Invalid):
    code = "edition-incomplete"
    message = _("The edition cannot be published: {place}: {reason}")
    hint = _("Mend that place; the page of the draft lists every such place. Nothing was changed.")


class DecisionsOpen(Conflict):
    code = "edition-decisions-open"
    message = _("{count} decisions are still open; the first is {entry} under “{code}”.")
    hint = _("Decide each of them on the page of effects. Nothing was changed.")


class NothingToTakeBack(Conflict):
    code = "edition-not-taken-back"
    message = _("Edition {number} cannot be taken back.")
    hint = _("Only the edition in force can, where there is one before it and no other is being prepared.")


class DecisionUnknown(Invalid):
    code = "edition-decision-unknown"
    message = _("“{code}” is nothing that {entry} could answer here.")
    hint = _("Choose among those that the page offers.")


class DecisionChanged(Conflict):
    code = "edition-decision-changed"
    message = _("Somebody else decided on {entry} while you did.")
    hint = _("Read what they decided; what you chose is kept on this page. Then save again.")


class TermInvalid(Invalid):
    """`term` and `field` name the place, `said` the reason alone."""

    code = "term-invalid"
    message = _("{vocabulary}, {term}: {said}")
    hint = _("Mend that place and send it again. Nothing was changed.")


class VocabularyChanged(Conflict):
    code = "vocabulary-changed"
    message = _("Somebody changed the vocabulary “{vocabulary}” while you worked on it.")
    hint = _("Read how it stands now; what you typed is kept on this page. Then send it again.")


class VocabulariesChanged(Conflict):
    code = "vocabularies-changed"
    message = _("Somebody changed a vocabulary after your file was read.")
    hint = _("Export the vocabularies again, put your changes into that file, and import it.")
