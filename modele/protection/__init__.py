"""La protection : ce qui dit une violence, ce qui en est dit, qui peut le voir, ce que tait un dossier discret.

``discretion`` (le seul endroit qui lit et pose la discrétion), ``sensibles`` et ``violences`` (ce qui dit une
violence), ``adultes`` (qui d'autre lit le dossier), ``mur`` (ce qui ne s'écrit pas ensemble), ``distinct`` et
``commun`` (les dossiers neufs qu'il fait ouvrir), ``reunion`` (deux dossiers qui n'en font qu'un), ``etats`` (le mur
d'un état à plusieurs têtes), ``histoire`` (ce qui se lit de ce qui a changé),
``reserve`` (ce qui ne se dit que seul à seul), ``mots`` (ses phrases). Un écran demande
avant d'écrire ; le coffre et le registre appliquent. Connaît le dossier et la fusion. Essais :
``tests/modele/protection``.
"""
