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
    """One finding for each sample of a lot whose parameters are not all reported on.

    Only the report of the very laboratory that the sample names answers it, signed by itself: else whoever hides a
    failure would type the answer.
    """
    reports = story.about(lot, *REPORTS)
    for sample in story.about(lot, SAMPLE):
        number = text_in(sample.data, "sample")
        lab = text_in(sample.data, "lab")
        answers = [
            one
            for one in reports
            if number and text_in(one.data, "sample") == number and one.party == lab and lab_signed(one)
        ]
        reported = {measured.parameter for one in answers for measured in measured_in(one, words)}
        wanted = {words.parameter(name) for name in texts_in(sample.data, "parameters")}
        missing = sorted(wanted - reported)
        if missing or not answers:
            facts = {
                "sample": number or "—",
                "lab": lab or "—",
                "taken": day_of(sample.occurred_at).isoformat(),
                "parameters": ", ".join(missing) or "—",
            }
            yield Finding("inspection.sample_unanswered", lot, sample.counting.ref, facts)
