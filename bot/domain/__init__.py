"""The rules of Latchkey, standard library only: no clock, no network, no store. Everything here can be read aloud."""
