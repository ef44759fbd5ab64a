"""Simulated exchanges: real HTTP, real signatures, real error bodies, toy money.

``binance.py`` is the gateway that judges a request; beside it, ``binance_paths.py`` says what each path costs and
answers, and ``binance_market.py`` what the order form refuses. What exchanges share is small, data or one mechanism:

* ``account``: a key, its switches, its IP list, and the person it belongs to;
* ``faults``: everything that can go wrong between a bot and an exchange, switched on and off by name;
* ``weight``: the request budget of one IP address, with its 429 and its ban;
* ``signature``: HMAC, RSA and Ed25519, checked without the library under test;
* ``panel``: what the control page sees of an exchange and may change;
* ``simulator``: what a simulator needs of the sandbox around it, and offers in return.

A second exchange is one more ``binance.py``, made of these.
"""
