"""Deuxième schéma : l'état d'un dossier s'écrit rangé par opération (``modele.fusion.etat_ecrit``).

Aucune table ne change, et les états d'avant se lisent tels quels. Mais un registre d'avant lirait vides ceux-ci : il
doit refuser cette base.
"""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Passe du schéma 1 au schéma 2 : rien à refaire, chaque état se récrit à sa prochaine opération."""
