"""Samples that were taken, sealed and sent before the result was known, and never answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trustledger.frameworks import Vocabulary
from trustledger.views.inspection_card.numbers import day_of
from trustledger.views.inspection_card.said import REPORTS, Said, Story, measured_in, text_in, texts_in
from trustledger.views.model import Finding

SAMPLE = "sample"


def unanswered(
    story: Story, lot: str, words: Vocabulary, lab_signed: Callable[[Said], bool]
) -> Iterator[Finding]:
    """One finding for each sample of a lot whose parameters are not all reported on, and for each withdrawn one.

    Only the report of the very laboratory that the sample names answers it, signed by itself: else whoever hides a
    failure would type the answer. A sample stays what it was said to be at first: no correction makes it forgotten.
    """
    reports = story.about(lot, *REPORTS)
    parameters: dict[str, set[str]] = {}
    for said in story.words(lot, SAMPLE):
        names = texts_in(said.data, "parameters")
        parameters.setdefault(said.original.ref, set()).update(map(words.parameter, names))
    for sample in story.words(lot, SAMPLE):
        number = text_in(sample.data, "sample")
        lab = text_in(sample.data, "lab")
        answers = [
            one
            for one in reports
            if number and text_in(one.data, "sample") == number and one.party == lab and lab_signed(one)
        ]
        reported = {measured.parameter for one in answers for measured in measured_in(one, words)}
        missing = sorted(parameters[sample.original.ref] - reported)
        facts = {"sample": number or "—", "lab": lab or "—", "taken": day_of(sample.occurred_at).isoformat()}
        if not sample.stands and sample.by is not None:
            yield Finding(
                "inspection.sample_withdrawn", lot, sample.counting.ref, facts | {"by": sample.by.ref}
            )
        if missing or not answers:
            facts["parameters"] = ", ".join(missing) or "—"
            yield Finding("inspection.sample_unanswered", lot, sample.counting.ref, facts)
