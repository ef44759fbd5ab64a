"""A world on loopback for the demo and for tests: a Bot API server, simulated exchanges, and a page to chat on.

Everything speaks real HTTP and keeps state: messages have an age, members have rights, updates wait in a queue until
they are confirmed. Nothing here knows the service; the service meets it only through its URLs.
Start with `world.Sandbox`, then `control.person.Person`, which is how tests and the tour speak.
"""
