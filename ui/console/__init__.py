"""Perron sans écran : les mêmes calculs, en commandes, pour l'import, les essais et l'administration.

N'importe pas Qt, sauf la démonstration. Essais : ``tests/ui/console``.
"""
