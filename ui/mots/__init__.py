"""Les phrases des écrans, sans Qt : ce qui presse, où en sont les envois, ce qui diffère, qui a vu un dossier.

Essais : ``tests/ui/mots``.
"""
