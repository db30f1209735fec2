"""French words that carry no subject: left out of a question when something else remains in it. No accents here."""

_WORDS = """
a afin ai aie aient ainsi alors appelle apres as au aucun aucune aupres auquel aurait aussi autour autre autres aux
auxquelles auxquels avaient avait avant avec avez avoir avons ayant bien c car ce ceci cela celle celles celui
cependant certain certaine certaines certains ces cet cette ceux chacun chacune chaque chez ci combien comme comment
contre d dans de dela depuis des desormais desquelles desquels dessous dessus deux devant dire doit doivent donc dont
du duquel durant elle elles en encore enfin entre environ es est et etaient etait etant etc ete etes etre eu eue
eurent eut eux existe faire faisait fait faut font furent fut grace hors hui il ils j je jusqu jusque l la laquelle le
lequel les lesquelles lesquels leur leurs lors lorsque lui m ma mais malgre me meme memes mes mien moi moins mon n ne
ni nomme non nos notre nous nul on ont or ou outre par parce parfois parmi pas pendant peu peut peuvent peux plus
plusieurs plutot pour pourquoi pourrait pouvait pres presque pu puis puisque qu quand quant que quel quelle quelles
quelqu quelque quelques quels qui quoi quoique s sa sans sauf se selon sera seraient serait seront sert ses si sien
signifie soi soient sois soit sommes son sont sous suis sur t ta tandis tant te tel telle telles tels tes toi ton
toujours tous tout toute toutefois toutes tres trop trouve tu un une va vers veut via voici voila vont vos votre vous
vu y
"""

STOP_WORDS = frozenset(_WORDS.split())
