"""A policy is read strictly: every key known, every number in its place, and none of them against another."""

from importlib.resources import files

import pytest

from trustledger.errors import FormatError
from trustledger.messages import catalogue
from trustledger.views import trust_score
from trustledger.views.trust_score import parse_score_policy, shipped_score_policy

TEXT = (files(trust_score) / "policies" / "house-trust.toml").read_text("utf-8")


def test_the_shipped_policy():
    found = shipped_score_policy()
    assert dict(found.weights) == {"quality": 40, "reviews": 30, "after_sales": 20, "merchant_credit": 10}
    assert found.standing.threshold == 3
    assert found.standing.reply_days == 7
    assert (found.standing.safety, found.standing.low_score) == ("hold", "notice")
    assert len(found.sha256) == 64
    assert found == parse_score_policy(TEXT.encode())
    assert parse_score_policy(TEXT.encode() + b"\n").sha256 != found.sha256


def test_everything_unknown_begins_below_what_an_honest_pass_earns():
    found = shipped_score_policy()
    total = sum(found.reviews.prior)
    assert sum(k * one for k, one in enumerate(found.reviews.prior, 1)) / total < 3
    assert found.quality.unknown + found.quality.coverage < found.quality.passed


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("quality = 40", "quality = 41", "score.weights"),
        ("quality = 40", "quality = -1", "frameworks.type"),
        ("quality = 40", "", "frameworks.missing"),
        ("quality = 40", "quality = 40\nspeed = 0", "frameworks.unknown"),
        ("quality = 40", "quality = 40.0", "frameworks.float"),
        ("quality = 40", 'quality = "40"', "frameworks.type"),
        ('passed = "3.0"', 'passed = "3.1"', "score.points"),
        ('unknown = "1.5"', 'unknown = "3.0"', "score.points"),
        ('z = "1.65"', 'z = "0"', "frameworks.type"),
        ('z = "1.65"', 'z = "-1"', "frameworks.type"),
        ('z = "1.65"', 'z = "1e3"', "frameworks.type"),
        ('attested_by = ["platform"]', 'attested_by = ["friend"]', "frameworks.type"),
        ('attested_by = ["platform"]', "attested_by = []", "score.trade"),
        ("per_buyer = [100, 50, 25]", "per_buyer = [50, 100]", "score.trade"),
        ("per_buyer = [100, 50, 25]", "per_buyer = []", "score.trade"),
        ("per_buyer = [100, 50, 25]", "per_buyer = [101]", "frameworks.type"),
        ('prior = ["3", "2", "2", "2", "1"]', 'prior = ["3"]', "score.prior"),
        ('prior = ["3", "2", "2", "2", "1"]', 'prior = ["0", "0", "0", "0", "0"]', "score.prior"),
        ('default = "0.02"', "", "frameworks.missing"),
        ('default = "0.02"', 'default = "0.4"', "score.baseline"),
        ("half_life_days = 360", "half_life_days = 359", "score.decay"),
        ("weights = [\n    1000000, 996157", "weights = [\n    1000001, 996157", "frameworks.type"),
        ("weights = [\n    1000000, 996157", "weights = [\n    999999, 996157", "score.decay"),
        ('relist_score = "3.3"', 'relist_score = "3.0"', "score.hysteresis"),
        ('relist_lower = "3.2"', 'relist_lower = "2"', "score.hysteresis"),
        ('safety = "hold"', 'safety = "nothing"', "frameworks.type"),
        ("reply_days = 7", "reply_days = 0", "frameworks.type"),
        ("score-policy@1", "score-policy@2", "frameworks.type"),
        ("since = 2026-11-22", 'since = "2026-11-22"', "frameworks.type"),
    ],
)
def test_what_is_no_policy(old, new, code):
    assert old in TEXT
    with pytest.raises(FormatError) as error:
        parse_score_policy(TEXT.replace(old, new).encode())
    assert error.value.code == code
    assert all("?" not in error.value.text(language) for language in ("en", "zh")), str(error.value)


def test_credit_never_rises_faster_than_it_falls():
    rise = TEXT[TEXT.index("[merchant_credit.rise]") : TEXT.index("[merchant_credit.fall]")]
    fall = TEXT[TEXT.index("[merchant_credit.fall]") : TEXT.index("# --- What follows")]
    swapped = TEXT.replace(rise + fall, fall.replace(".fall", ".rise") + rise.replace(".rise", ".fall"))
    with pytest.raises(FormatError, match="forgotten sooner"):
        parse_score_policy(swapped.encode())


def test_no_sentence_is_idle():
    source = "".join(path.read_text() for path in files(trust_score).iterdir() if path.name.endswith(".py"))
    known = {code for code in catalogue() if code.startswith("score.")}
    assert {code for code in known if f'"{code}"' not in source and f'"{code[6:]}"' not in source} == set()
