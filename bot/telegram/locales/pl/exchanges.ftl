# Co jest szczególne na niektórych giełdach, gdziekolwiek się o tym mówi.

caution-transfers_with_trading = ⚠️ <b>Uprawnienia tego klucza obejmują transfery między Twoimi własnymi kontami na { $exchange }</b>; osobno nie da się ich tam wyłączyć. Pieniądze przeniesione w ten sposób zostają u Ciebie.
finding-line-inseparable = ⚠️ { $permission }: włączone, między Twoimi kontami; { $exchange } nie ma na to osobnego pola
