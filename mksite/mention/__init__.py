"""Names of the registry recognized in running text, Russian, Kyrgyz and English.

A text is cut into tokens with their offsets (`token`). Every name becomes patterns: one table of
word forms a token, made by the rules of grammar (`russian`, `kyrgyz`), persons with initials
(`person`). `names` keeps all patterns under the forms of their first token, so that a text costs a
look-up a word, whatever the number of names. `recognize` takes the longest match at each place and
decides what is ambiguous, unsupported or switched off; `candidate` counts unknown names.

A text is recognized without its Record being parsed again: what is recognized depends on the text,
the patterns, the ids that the front matter names and the date, nothing else.
"""
