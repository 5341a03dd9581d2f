"""La conférence intercommunale du logement : ses indicateurs, leur définition, ce qui s'en publie et ce qui a changé.

Rien ne s'y garde, rien n'y lit un dossier : les tables des bailleurs entrent, des nombres et leur source sortent. Le
droit est dans ``ressources/national/conference.toml``. Essais : ``tests/modele/conference``.
"""
