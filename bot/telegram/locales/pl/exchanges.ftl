# Co jest szczególne na niektórych giełdach, gdziekolwiek się o tym mówi.

caution-transfers_with_trading = ⚠️ <b>Transfery między Twoimi własnymi kontami na { $exchange } są tam częścią handlu</b> i nie da się ich wyłączyć. Pieniądze zostają u Ciebie: ten klucz nie może wypłacać.
