# What is special about some exchanges, wherever it is told.

caution-transfers_with_trading = ⚠️ <b>Transfers between your own { $exchange } accounts are part of trading there</b> and cannot be switched off. Money stays with you: this key cannot withdraw.
