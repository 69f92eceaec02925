"""Which call an example answers, wherever the example is shown."""

from precedent.calls import queries
from precedent.calls.records import Call
from precedent.submissions.records import Submission


def call_of(submission: Submission) -> Call | None:
    """The call that an example answers, if it answers one. No database query, once the calls are remembered."""
    return queries.call(submission.call) if submission.call else None
