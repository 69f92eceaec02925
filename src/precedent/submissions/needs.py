"""What a text must fulfil before it is sent, and before it is published."""

from django.utils.translation import gettext as _

from precedent.catalogue.document import EntryDocument
from precedent.forms import draft as drafts
from precedent.submissions import queries
from precedent.submissions.checklist import CHECKLIST
from precedent.submissions.records import Submission
from precedent.submissions.refusals import NotReadyToPublish, NotReadyToSend


def must_be_sendable(submission: Submission) -> None:
    """Raises NotReadyToSend, with what a reviewer cannot do without."""
    findings = drafts.to_send(submission.draft)
    if findings:
        named = ", ".join(drafts.place_label(finding.field, submission.draft) for finding in findings)
        raise NotReadyToSend(named=named, findings=findings)


def for_publication(submission: Submission) -> list[str]:
    """What stands against publication, in words; empty where nothing does."""
    draft = submission.draft
    stands = [f"{drafts.place_label(f.field, draft)}: {f.message}" for f in drafts.judge(draft).findings]
    made = queries.checked(submission)
    stands += [
        _("Not checked yet: {check}").format(check=check.label) for check in CHECKLIST if check.code not in made
    ]
    if submission.second and not submission.approved_by:
        stands.append(_("A second reviewer has not approved it yet."))
    return stands


def must_be_publishable(submission: Submission) -> EntryDocument:
    """The document it makes. Raises NotReadyToPublish, with what stands against it."""
    stands = for_publication(submission)
    document = drafts.judge(submission.draft).document
    if stands or document is None:
        raise NotReadyToPublish(first=stands[0], needs=stands)
    return document
