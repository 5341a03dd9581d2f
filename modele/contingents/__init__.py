"""Ce que tient qui gère un contingent : ses conventions, le passage en flux de ses communes. Ni base, ni écran.

Lit et écrit les documents des genres ``convention_reservation`` et ``passage_flux`` ; dit ce qui se contredit et ce qui
manque.
Ce qui se calcule du flux est dans ``modele.attributions``. Essais : ``tests/modele/contingents``.
"""
