"""Ce que chaque système fait à sa façon : verrou d'instance, presse-papiers, impression, identité, couleurs.

Le reste de l'écran ne demande jamais sur quel système il tourne. Essais : ``tests/ui/systeme``.
"""
