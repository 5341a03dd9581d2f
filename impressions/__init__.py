"""Le papier : fiches, mise en page, aperçu. Connaît ``modele`` ; ne recalcule rien, ne connaît ni l'écran ni l'horloge.

``document.composer`` rend les octets d'un PDF, ``apercu.pages`` ses images. Les fiches sont des données :
``ressources/fiches/<fiche>/`` (voir ``ressources/fiches/README.md``), que ``couches`` superpose à celles du territoire.
ReportLab, Jinja2, markdown-it et pypdfium2 ne s'importent qu'à la première impression.

Essais : ``tests/impressions``.
"""
