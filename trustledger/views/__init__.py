"""Views: folds over verified records that answer a person's question.

No I/O of their own, no clock, no float: the same records give the same answer anywhere.
"""
