"""Layouts: the steps that a brand owner expects of a product, held against what was recorded of a lot.

Learned from in-toto. ``choosing`` says which layout counts, ``deeds`` what records say was done, ``checking`` which
steps are met, ``model`` what comes out. All are folds over a trace.
"""

from trustledger.views.layouts.checking import check_layout, layout_of_trace
from trustledger.views.layouts.choosing import Choice, choose_layout
from trustledger.views.layouts.model import ExpectedStep, Layout, LayoutResult, StepResult
from trustledger.views.layouts.plain import layout_to_plain

__all__ = [
    "Choice",
    "ExpectedStep",
    "Layout",
    "LayoutResult",
    "StepResult",
    "check_layout",
    "choose_layout",
    "layout_of_trace",
    "layout_to_plain",
]
