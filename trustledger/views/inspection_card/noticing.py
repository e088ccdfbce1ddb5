"""What a reader of a card must know besides its results, and what of that lets no card pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from trustledger.record import NewerRecord
from trustledger.subject import subject_hashes
from trustledger.views.changes import text_of
from trustledger.views.inspection_card.judging import Measured, exceeds
from trustledger.views.inspection_card.model import Result
from trustledger.views.inspection_card.numbers import day_of
from trustledger.views.inspection_card.said import (
    REPORTS,
    Said,
    has_unreadable,
    measured_in,
    product_subject,
    text_in,
    texts_in,
)
from trustledger.views.inspection_card.samples import unanswered
from trustledger.views.inspection_card.scoring import Lot
from trustledger.views.inspection_card.standing import Report
from trustledger.views.model import Finding

_HOLDING_KINDS = frozenset(
    {"correction", "inspection", "processing", "product", "recall", "report_copy", "sample"}
)
"""Kinds of a later format that may say what a card must not be silent about."""


class Note(NamedTuple):
    """A finding, and whether it holds: what holds lets no card pass, though nothing measured failed."""

    finding: Finding
    holds: bool = False


def noticed(lot: Lot) -> Iterator[Note]:
    """Everything there is to know about a lot besides its results."""
    yield from _product(lot)
    yield from _coverage(lot)
    yield from _reports(lot)
    yield from _values(lot)
    yield from _elsewhere(lot)
    yield from _results(lot)
    yield from _sources(lot)
    yield from _strangers(lot)
    yield from map(Note, lot.made.findings)
    yield from map(Note, unanswered(lot.story, lot.lot, lot.rules.words, lot.lab_signed))
    yield from _unreadable(lot)
    yield from _recalls(lot)
    reached = _reached(lot)
    for subject in sorted(lot.story.gathered.cut):
        yield _note("inspection.cut", subject, "", holds=subject in reached)


def _note(
    code: str,
    subject: str,
    ref: str,
    said: Mapping[str, str] | None = None,
    *,
    holds: bool = False,
    **facts: str,
) -> Note:
    return Note(Finding(code, subject, ref, {**facts, **(said or {})}), holds)


def _reached(lot: Lot) -> tuple[str, ...]:
    """The lot and what it was made from, each with its product."""
    own = (lot.lot, *lot.sources)
    return tuple(dict.fromkeys([*own, *map(product_subject, own)]))


# --- the product ------------------------------------------------------------------------------------------------------


def _product(lot: Lot) -> Iterator[Note]:
    product = lot.product
    if product.said is None:
        yield _note("inspection.no_product", lot.lot, "", holds=True)
        return
    said, ref, about = product.said, product.said.counting.ref, product.said.subject
    category = text_in(said.data, "category")
    if not said.stands and said.by is not None:
        yield _note("inspection.product_withdrawn", about, ref, holds=True, by=said.by.ref)
    if not product.category:
        yield _note("inspection.category_unknown", about, ref, seen=category or "—", holds=True)
    if not lot.group:
        yield _note("inspection.no_framework", about, ref, seen=product.market or "—", holds=True)
    elif product.category and not lot.standards.ids:
        yield _note("inspection.not_covered", about, ref, seen=category, group=lot.group, holds=True)
    reported = min((one.said.original.entry for one in lot.words), default=None)
    if reported is not None and said.counting.entry > reported:
        yield _note("inspection.product_late", about, ref)
    for was_category, was_market, one in product.earlier:
        facts = {"category": was_category or "—", "market": was_market or "—"}
        facts["required"] = ", ".join(texts_in(one.data, "required")) or "—"
        yield _note("inspection.product_changed", about, one.counting.ref, facts, by=_by(one))
    for other in product.others:
        yield _note(
            "inspection.product_other", about, other.counting.ref, party=other.party, expected=said.party
        )


def _coverage(lot: Lot) -> Iterator[Note]:
    """How many of the parameters with a safety limit were tested. Where nothing is required, all of them must be."""
    if lot.product.said is None:
        return
    ref = lot.product.said.counting.ref
    safety = lot.standards.safety()
    untested = sorted(safety - {one.parameter for one in lot.results})
    if not lot.product.required:
        yield _note("inspection.nothing_required", lot.product.said.subject, ref, holds=bool(untested))
    if untested:
        seen, names = str(len(safety) - len(untested)), ", ".join(untested)
        yield _note(
            "inspection.coverage", lot.lot, ref, seen=seen, expected=str(len(safety)), parameters=names
        )


# --- reports ----------------------------------------------------------------------------------------------------------


def _reports(lot: Lot) -> Iterator[Note]:
    category = lot.product.category
    for report in lot.words:
        said, ref = report.said, report.said.counting.ref
        if not said.stands:
            code = "inspection.report_withdrawn" if said.withdrawn else "inspection.report_corrected"
            yield _note(code, lot.lot, ref, by=_by(said), party=said.party)
        if has_unreadable(said):
            yield _note("inspection.result_unreadable", lot.lot, ref, holds=True)
    for report in lot.reports:
        said, ref = report.said, report.said.counting.ref
        named = text_in(said.data, "category")
        if category and lot.rules.words.category(named) != category:
            yield _note("inspection.category_mismatch", lot.lot, ref, seen=named or "—", expected=category)
        if report.early:
            facts = {"seen": day_of(said.tested_at).isoformat(), "expected": lot.made.first.isoformat()}
            yield _note("inspection.tested_before", lot.lot, ref, facts)
        if report.doubted:
            held = any(one.record == ref and one.verdict == "pass" for one in lot.results)
            yield _note("inspection.key_compromised", lot.lot, ref, holds=held, party=said.party)
        if said.kind == "report_copy":
            yield _note("inspection.transcribed", lot.lot, ref, party=said.party)
        elif report.lab is None:
            yield _note("inspection.not_inspector", lot.lot, ref, party=said.party)


def _values(lot: Lot) -> Iterator[Note]:
    """Values that are no result, or a doubtful one: of an unknown name, or not to be held against the limit."""
    words = lot.rules.words
    for report in lot.words:
        ref = report.said.counting.ref
        for one in measured_in(report.said, words):
            if words.is_disguised(one.name):
                stands = report.said.stands
                yield _note("inspection.parameter_disguised", lot.lot, ref, holds=stands, parameter=one.name)
            elif one.parameter not in words.parameters:
                yield _note("inspection.parameter_unknown", lot.lot, ref, parameter=one.name)
            yield from _incomparable(lot, report, one)


def _incomparable(lot: Lot, report: Report, one: Measured) -> Iterator[Note]:
    for standard in lot.standards_for(report.said).ids:
        found = lot.judged(report, one, standard)
        if found is None or found.comparable or found.limit is None:
            continue
        yield _note(
            "inspection.incomparable",
            lot.lot,
            report.said.counting.ref,
            holds=exceeds(one, found.limit) and not _disproved(lot, report, one.parameter),
            parameter=one.parameter,
            seen=" ".join(filter(None, (_number(one), one.unit, one.basis))),
            expected=f"{found.limit.text} {found.limit.unit} ({', '.join(found.limit.bases)})",
        )


def _number(one: Measured) -> str:
    return one.value or (f"<{one.loq}" if one.loq else "ND")


def _disproved(lot: Lot, report: Report, parameter: str) -> bool:
    """Whether another, independent laboratory has since found the parameter within the limit."""
    groups = {one.said.counting.ref: (one.group, one.said.tested_at) for one in lot.reports}
    return any(
        result.parameter == parameter
        and result.verdict == "pass"
        and result.independent
        and groups[result.record][0] != report.group
        and groups[result.record][1] >= report.said.tested_at
        for result in lot.results
    )


def _results(lot: Lot) -> Iterator[Note]:
    for result in lot.results:
        for old in result.replaced:
            yield _note("inspection.retested", lot.lot, old, parameter=result.parameter, by=result.record)
        if result.limit is not None and not result.limit.verified:
            facts = {"parameter": result.parameter, "standard": result.limit.standard}
            yield _note("inspection.limit_unverified", lot.lot, result.record, facts)
    for edition in lot.standards.missing():
        yield _note("inspection.edition_missing", lot.lot, "", seen=edition)


def _elsewhere(lot: Lot) -> Iterator[Note]:
    """Reports on an item of the lot, on its product, or on something else that name the lot too: they score nothing.

    One that failed by the lot's limits holds; one on the product does not, since nobody knows which lot it was.
    """
    product = product_subject(lot.lot)
    found = {one.counting.ref: one for one in lot.story.beside(lot.lot, *REPORTS)}
    if product != lot.lot:
        found |= {one.counting.ref: one for one in lot.story.about(product, *REPORTS)}
    for ref, said in found.items():
        if not lot.holders.counts(said, lot.lot, lot.product.brand):
            continue
        named = lot.lot in getattr(said.original.record, "subjects", ())
        yield _note(
            "inspection.report_elsewhere", lot.lot, ref, holds=named and _fails(lot, said), about=said.subject
        )


def _fails(lot: Lot, said: Said) -> bool:
    return any(
        found is not None and found.verdict == "fail"
        for one in measured_in(said, lot.rules.words)
        for standard in lot.standards.ids
        for found in (lot.standards.judge(standard, one, lot.rules),)
    )


# --- what the lot was made from, and who speaks of it ---------------------------------------------------------------


def _sources(lot: Lot) -> Iterator[Note]:
    """A failing raw lot shows on what was made of it; only this lot's own independent result lets it pass."""
    for source, named in lot.sources.items():
        if not any(one.stands for one in named):
            ref = named[0].counting.ref
            yield _note("inspection.sources_changed", lot.lot, ref, lot=source, by=_by(named[0]))
        if not lot.story.words(source, *REPORTS):
            continue
        found = Lot(lot.story, source, lot.group, lot.rules, lot)
        for result in found.results:
            if result.verdict == "fail" and result.limit is not None:
                yield _input_failed(lot, source, result)
        yield from _unjudged(lot, source, found)


def _input_failed(lot: Lot, source: str, result: Result) -> Note:
    limit = result.limit
    return _note(
        "inspection.input_failed",
        lot.lot,
        result.record,
        holds=not _cleared(lot, result.parameter),
        lot=source,
        parameter=result.parameter,
        seen=f"{result.value} {result.unit}",
        expected=f"{limit.text} {limit.unit}" if limit is not None else "—",
    )


def _unjudged(lot: Lot, source: str, found: Lot) -> Iterator[Note]:
    """Reports on a source that nobody can hold against a limit: sealed, of unknown form, of no known category."""
    for report in found.words:
        values = list(measured_in(report.said, lot.rules.words))
        unknown = not found.standards_for(report.said).ids or has_unreadable(report.said)
        sealed = any(one.sealed and not _cleared(lot, one.parameter) for one in values)
        beyond = any(note.holds for one in values for note in _incomparable(found, report, one)) and not all(
            _cleared(lot, one.parameter) for one in values
        )
        if unknown or sealed or beyond:
            yield _note(
                "inspection.input_unjudged", lot.lot, report.said.counting.ref, holds=True, lot=source
            )


def _cleared(lot: Lot, parameter: str) -> bool:
    """Whether an independent laboratory found this lot itself within the limit."""
    return any(
        own.parameter == parameter and own.verdict == "pass" and own.independent for own in lot.results
    )


def _strangers(lot: Lot) -> Iterator[Note]:
    """What they say who never held the lot: an alarm for people, no verdict; one for each party and kind."""
    first: dict[tuple[str, str], Said] = {}
    for one in (*lot.strange, *lot.holders.strange_makers(lot.lot, lot.product.brand)):
        first.setdefault((one.party, one.kind), one)
    for one in first.values():
        yield _note("inspection.stranger", lot.lot, one.counting.ref, party=one.party, kind=one.kind)


def _unreadable(lot: Lot) -> Iterator[Note]:
    """What is erased or of a later format may have been a failure: where it is about the goods itself, it holds."""
    for subject in _reached(lot):
        (own,) = subject_hashes((subject,))
        for placed, state in lot.story.unreadable(subject):
            record = placed.record
            telling = not isinstance(record, NewerRecord) or record.kind in _HOLDING_KINDS
            about = record.subject_hashes[0] == own
            if about or subject == lot.lot:
                yield _note(f"views.{state}", subject, placed.ref, holds=about and telling)


def _recalls(lot: Lot) -> Iterator[Note]:
    """Recalls of the lot, of its product, and of what it was made from."""
    brand, reached = lot.product.brand, frozenset(_reached(lot))
    for subject in _reached(lot):
        for recall in lot.story.naming(subject, "recall"):
            lots = {amount.lot for amount in recall.goods.touched}
            if lots and recall.subject not in (lot.lot, *lot.sources) and lots.isdisjoint(reached):
                continue  # a recall of the product that names other lots of it
            ref = recall.counting.ref
            if not lot.holders.counts(recall, lot.lot, brand) and not lot.holders.held(recall.party, subject):
                yield _note("inspection.stranger", subject, ref, party=recall.party, kind=recall.kind)
                continue
            said = [text_of(recall.data.get(name)) for name in ("reference", "reason")]
            yield _note("views.recall", subject, ref, holds=True, reference=said[0], reason=said[1])


def _by(said: Said) -> str:
    return said.by.ref if said.by is not None else "—"
