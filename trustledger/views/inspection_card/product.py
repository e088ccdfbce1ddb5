"""What a lot's product is, by its brand owner, and which limits follow from that.

A product record that was changed or withdrawn once the lot's first report was on record is not believed alone: the
worst of what was said before and after counts, and every test that was ever required then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from trustledger.frameworks import CardPolicy, Framework, Frameworks, Vocabulary
from trustledger.frameworks.collection import Edition
from trustledger.views.inspection_card.judging import NO_EDITION, Judgement, Measured, judge, worst
from trustledger.views.inspection_card.parties import BRAND_OWNER, GroupOf, PartyAt, has_role
from trustledger.views.inspection_card.production import Produced
from trustledger.views.inspection_card.said import REPORTS, Said, Story, product_subject, text_in, texts_in


@dataclass(frozen=True, slots=True)
class Rules:
    """All that a card depends on besides the records.

    Attributes:
        frameworks: Standards.
        policy: House rules.
        as_of: The moment of the card, ms.
        parties: The ledger's word on parties.
        group_of: Groups of parties.
    """

    frameworks: Frameworks
    policy: CardPolicy
    as_of: int
    parties: PartyAt
    group_of: GroupOf

    @property
    def words(self) -> Vocabulary:
        """Names."""
        return self.frameworks.words


class Product(NamedTuple):
    """What the brand owner says of a lot's product.

    Attributes:
        said: The record; None if there is none.
        category: Canonical category; empty if unknown.
        market: Its code; empty if nobody said.
        required: Canonical parameters that must be tested, those of earlier versions too.
        others: Product records by other brand owners, which count for nothing.
        earlier: (category, market, record) as they were said when the first report came, or later, and differ from now.
    """

    said: Said | None
    category: str = ""
    market: str = ""
    required: frozenset[str] = frozenset()
    others: tuple[Said, ...] = ()
    earlier: tuple[tuple[str, str, Said], ...] = ()

    @property
    def brand(self) -> str:
        """URI of the brand owner; empty if there is none."""
        return self.said.party if self.said is not None else ""


class Case(NamedTuple):
    """A category on a day: the category with those above it, and the editions in force."""

    lineage: tuple[str, ...]
    editions: tuple[Edition, ...]


class Standards(NamedTuple):
    """The editions in force on the days on which a lot may have been made, for every category it may be of."""

    cases: tuple[Case, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The standards."""
        return tuple(sorted({one.id for case in self.cases for one in case.editions}))

    def editions(self) -> tuple[Framework, ...]:
        """The editions held against, each once."""
        found = {
            one.framework.sha256: one.framework
            for case in self.cases
            for one in case.editions
            if one.framework is not None
        }
        return tuple(sorted(found.values(), key=lambda one: (one.id, one.in_force)))

    def missing(self) -> tuple[str, ...]:
        """The editions that were not supplied."""
        every = [one for case in self.cases for one in case.editions]
        return tuple(sorted({one.missing for one in every if one.framework is None}))

    def safety(self) -> frozenset[str]:
        """The parameters that an edition here limits for safety's sake."""
        return frozenset(
            parameter
            for case in self.cases
            for one in case.editions
            if one.framework is not None
            for parameter in {name for _, name in one.framework.limits}
            if (limit := one.framework.limit(case.lineage, parameter)) is not None
            and limit.nature == "safety"
        )

    def judge(self, standard: str, measured: Measured, rules: Rules) -> Judgement | None:
        """A value under every edition of one standard that may apply, the worst first; None where none limits it."""
        found: list[Judgement] = []
        for case in self.cases:
            for one in case.editions:
                if one.id != standard:
                    continue
                if one.framework is None:
                    limited = _may_limit(case, standard, measured.parameter, rules)
                    found += [NO_EDITION] if limited else []
                else:
                    limit = one.framework.limit(case.lineage, measured.parameter)
                    found += [judge(measured, limit, rules.policy, rules.words)] if limit is not None else []
        return worst(found) if found else None


def _may_limit(case: Case, standard: str, parameter: str, rules: Rules) -> bool:
    """Whether an edition that was not supplied is likely to limit a parameter: another edition does."""
    own = (one for one in rules.frameworks.limits if one.id == standard)
    return any(one.limit(case.lineage, parameter) is not None for one in own)


def standards_of(rules: Rules, wanted: Iterable[tuple[str, str]], made: Produced) -> Standards:
    """The editions in force on the first possible day of production, and whenever one changed until the last.

    Args:
        rules: Frameworks.
        wanted: (side, category), each perhaps empty.
        made: When the lot was made.
    """
    cases: list[Case] = []
    for group, category in dict.fromkeys(wanted):
        lineage = rules.words.lineage(category)
        if not lineage:
            continue
        changes = (day for day in rules.frameworks.starts(group) if made.first < day <= made.last)
        days = (made.first, *changes)
        cases += [Case(lineage, rules.frameworks.on(group, lineage, day)) for day in days]
    return Standards(tuple(cases))


def product_of_lot(story: Story, lot: str, rules: Rules) -> Product:
    """The product's record: that of the first party that made one as a brand owner, whatever became of it since."""
    words = [
        one
        for one in story.words(product_subject(lot), "product")
        if has_role(one.party, BRAND_OWNER, one.original.entry, rules.parties)
    ]
    if not words:
        return Product(None)
    own = [one for one in words if one.party == words[0].party]
    said = next((one for one in own if one.stands), own[-1])
    reported = min((one.place for one in story.words(lot, *REPORTS)), default=None)
    earlier = [
        one
        for one in own
        if one.by is not None and reported is not None and (one.by.entry, one.by.position) > reported
    ]
    category, market = _meaning(said, rules)
    required = {
        rules.words.parameter(name) for one in (said, *earlier) for name in texts_in(one.data, "required")
    }
    now = _essence(said, rules)
    return Product(
        said,
        category,
        market,
        frozenset(required),
        tuple(one for one in words if one.stands and one.party != said.party),
        tuple(
            (*_meaning(one, rules), one) for one in earlier if one is not said and _essence(one, rules) != now
        ),
    )


def _meaning(said: Said, rules: Rules) -> tuple[str, str]:
    market = text_in(said.data, "market")
    return rules.words.category(text_in(said.data, "category")) or "", rules.words.market(
        market
    ) if market else ""


def _essence(said: Said, rules: Rules) -> tuple[str, str, frozenset[str]]:
    names = frozenset(map(rules.words.parameter, texts_in(said.data, "required")))
    return *_meaning(said, rules), names
