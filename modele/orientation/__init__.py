"""Le conseil : triage, orientations, échéances. Connaît territoire, dossier et regles.

Essais : ``tests/modele/orientation``.
"""
