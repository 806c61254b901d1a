"""Code lists of PLOVER, ACLED, CAMEO and UCDP as data, with the crosswalks between them."""
