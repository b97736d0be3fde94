"""Views: frozen values that hold everything one page's template may read.

A template names its View in its first line. Two equal Views give equal pages, so a View's
canonical encoding decides whether a page is rendered again (DESIGN §3). Bodies stand in a View
by digest and are loaded only to render. Texts are in the page's language unless a `lang` says
otherwise; dates are EDTF text and are worded by the template (`| date`); codes such as a role or
an event type are worded by the interface catalogues (`| label('role')`).
"""
