"""Les résidences et quartiers à enjeu : leur liste, ce qui s'y attribue, ce qu'une attribution de plus y changerait.

Rien d'un dossier n'y entre. polars ne s'importe que dans les fonctions. Décision 0048.
"""
