"""Ce que tous les écrans lisent : la session et son coffre, le bilan tenu à jour, les envois, les réglages du poste.

Ne connaît aucun écran. Tout ce qui touche au disque passe par ``travaux``. Essais : ``tests/ui/etat``.
"""
