"""The exchanges, and the only home of ccxt: one file per exchange, and what they all share.

``gateway`` is what the use cases see. It asks ``registry`` for the exchange's adapter (``binance``, …) and gives it a
``conversation``: signed questions and judged answers, over ``client`` (ccxt signs and classifies), ``http`` (one shared
session), ``pace`` (the exchange's limits) and ``failures`` (what an answer means). Nothing that ccxt says leaves here.
"""
