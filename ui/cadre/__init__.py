"""Ce qui entoure les écrans : la fenêtre, ses barres, la palette, F12 et le verrou, les gestes, les pannes.

Aucun écran ne connaît le cadre. Essais : ``tests/ui/cadre``.
"""
