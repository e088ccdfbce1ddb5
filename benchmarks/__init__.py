"""How fast TrustLedger is, beside how fast anything could be that keeps the same bytes.

``python -m benchmarks`` in the repository; see README.md here.
"""
