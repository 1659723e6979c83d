"""The editor of a formula of one's own: a rule, a schedule or a surface, in the language of the catalogue."""
