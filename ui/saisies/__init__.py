"""Les champs où se donne une réponse, et ce qui lit ce qui s'y tape. Connaît les composants ; ni écran, ni session.

Essais : ``tests/ui/saisies``.
"""
