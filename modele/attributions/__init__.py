"""Les attributions et le flux : ce que dit le droit des réservations, appliqué à ce que les bailleurs déclarent.

Rien ne s'y garde, rien n'y lit un dossier : des tableaux entrent, des nombres et leurs étapes sortent.
Ce qu'on y lit est la demande officielle et ses suites (CCH R441-2-2) ; ni voie, ni triage, ni note, ni fait protégé n'y
entre (norme « La sûreté des personnes », 2). Le droit est dans ``ressources/national/attributions.toml``.
Essais : ``tests/modele/attributions``.
"""
