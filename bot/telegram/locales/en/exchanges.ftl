# What is special about some exchanges, wherever it is told.

caution-transfers_with_trading = ⚠️ <b>The rights of this key take in transfers between your own { $exchange } accounts</b>; there they cannot be switched off by themselves. Money that is moved so stays with you.
finding-line-inseparable = ⚠️ { $permission }: on, between your own accounts; { $exchange } has no box to turn it off
