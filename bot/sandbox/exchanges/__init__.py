"""Simulated exchanges: real HTTP, real signatures, real error bodies, toy money.

One file per exchange (``bybit.py``): its ``Rules`` and the function that judges a request; ``catalogue.py`` lists them.
Binance, which people play with most, has more to it: ``binance_paths.py`` says what each path costs and answers,
``binance_market.py`` what the order form refuses. What exchanges share is small, data or one mechanism:

* ``venue``: the door, the log and the books around an exchange's own judgement;
* ``account``: a key, its switches, its IP list, and the person it belongs to;
* ``faults``: everything that can go wrong between a bot and an exchange, switched on and off by name;
* ``weight``: the request budget of one IP address, and the ban of who ignores it;
* ``signature``: HMAC, RSA and Ed25519, checked without the library under test;
* ``panel``: what the control page sees of an exchange and may change.
"""
