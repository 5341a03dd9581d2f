"""Ce qui pose Perron sur un poste : son icône, son entrée de menu, ce qu'il faut à l'installateur de Windows.

Rien ici ne tourne au guichet ; le Makefile l'appelle. Essais : ``tests/installation``.
"""
